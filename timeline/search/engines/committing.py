"""The last thing before a transaction is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Wrapper = BaseDatabaseWrapper
else:
    Wrapper = object


class Committing(Wrapper):
    """Brings the index up to date before every commit.

    A statement outside of any transaction is kept without: then the next transaction, or the next reader, does it.
    """

    has_index = False

    def commit(self) -> None:
        # Django loads this before there are models.
        from timeline.search import upkeep

        self.has_index = self.has_index or upkeep.is_laid_out(self)
        if self.has_index:
            upkeep.catch_up(self)
        super().commit()
