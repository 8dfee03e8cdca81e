"""What follows from a date that a person sets: its instant, its basis, its place in the chronology."""

from __future__ import annotations

from django.db.models import Q

from timeline.admin.when import moment
from timeline.models import Event, Statement
from timeline.models.dated import Dated
from timeline.vocabulary import DateBasis, PartialDate


def settle(thing: Dated, *, basis: DateBasis | None, why: str) -> None:
    """Make the columns that no form shows agree with those a person has set. The caller saves.

    The words a reading found stand behind the date no longer; the person's reason does.
    """
    thing.date_raw = ""
    thing.instant = moment(thing.earliest, thing.clock, thing.timezone)
    if basis is not None:
        thing.basis = basis
        thing.date_reason = why


def let_statements_follow(event: Event, before: PartialDate) -> None:
    """Give the statements of an event its new bounds, unless a person has dated them or an article says when.

    A statement without a date of its own has its event's bounds, or those of its article's publication.
    """
    bounds = Q(earliest=before.earliest, latest=before.latest)
    undated = event.statements.filter(bounds | Q(basis=DateBasis.PUBLICATION_BOUND))
    followers = [statement for statement in undated if not statement.is_locked("date")]
    for statement in followers:
        statement.date = event.date
        statement.place_in_time()
    Statement.objects.bulk_update(followers, [*Dated.DATE_FIELDS, "chrono"])
