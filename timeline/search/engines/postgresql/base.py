"""Django's own backend, but for one thing: what changes the rows changes the index in the same transaction."""

from __future__ import annotations

from django.db.backends.postgresql import base

from timeline.search.engines.committing import Committing


class DatabaseWrapper(Committing, base.DatabaseWrapper):
    pass
