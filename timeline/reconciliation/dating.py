"""Which of several claimed dates to believe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from timeline.vocabulary import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """What one article says a date is. `printed` and `newsroom` as of the article's account of the event."""

    printed: tuple[str, ...]
    newsroom: str
    date: PartialDate


def preferred_date(claims: Sequence[Dating], *, otherwise: PartialDate) -> PartialDate:
    """The date to believe among those claimed, in whatever order they came; `otherwise` where none is claimed.

    The most precise wins; among those the one that most newsrooms state; among equals the one printed first.
    """
    if not claims:
        return otherwise
    finest = max(claim.date.precision.rank for claim in claims)
    fine = sorted(
        (claim for claim in claims if claim.date.precision.rank == finest), key=lambda one: (one.printed, str(one.date))
    )
    votes: defaultdict[tuple[date | None, date | None], set[str]] = defaultdict(set)
    for claim in fine:
        votes[claim.date.earliest, claim.date.latest].add(claim.newsroom)
    most = max(len(newsrooms) for newsrooms in votes.values())
    return next(claim.date for claim in fine if len(votes[claim.date.earliest, claim.date.latest]) == most)


def exclude_each_other(claims: Sequence[PartialDate]) -> bool:
    """Whether two of the claims cannot both be true."""
    return any(not one.overlaps(other) for one in claims for other in claims)
