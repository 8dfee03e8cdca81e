"""What follows from a date that a person sets: its instant, its basis, its place in the chronology."""

from __future__ import annotations

from timeline.admin.history import Edit, record
from timeline.admin.when import moment, write_when
from timeline.ingest.derived import refresh
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Claim, Event
from timeline.models.dated import Dated
from timeline.vocabulary import DateBasis


def settle(thing: Dated, *, basis: DateBasis, why: str) -> None:
    """Make the columns that no form shows agree with those a person has set. The caller saves.

    The words a reading found stand behind the date no longer; the person's reason does.
    """
    thing.date_raw = ""
    thing.instant = moment(thing.earliest, thing.clock, thing.timezone)
    thing.basis = basis
    thing.date_reason = why


def let_others_follow(event: Event, edit: Edit) -> None:
    """After a person has changed an event: order it among those related to it, give its statements its date, where they
    have none of their own, and find anew what it may be the same as. What contradicts it has been seen."""
    before = {statement.pk: statement.date for statement in event.statements.all()}
    Event.objects.filter(pk=event.pk, contradicted=True).update(contradicted=False)
    refresh([event.pk])
    suggest_anew(event)
    for statement in event.statements.all():
        if statement.date != before[statement.pk]:
            record(statement, "~", edit)


def choices(event: Event, limit: int = 20) -> list[tuple[Claim, bool]]:
    """Where articles give several dates: one claim for each, and whether its date is the one believed.

    What is believed may be chosen too, as long as no person has: then no further article outvotes it.
    """
    first: dict[str, Claim] = {}
    for claim in event.claims.select_related("article__publisher")[:limit]:
        first.setdefault(write_when(claim.date), claim)
    if not first:
        return []
    # As it is stored: a form that was refused has its values in the event at hand.
    stored = Event.objects.get(pk=event.pk)
    believed = write_when(stored.date)
    if set(first) == {believed}:
        return []
    chosen = stored.is_locked("date")
    return [(claim, words == believed) for words, claim in first.items() if words != believed or not chosen]
