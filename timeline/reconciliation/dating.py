"""Which of several claimed dates to believe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from timeline.vocabulary import PartialDate


def preferred_date(claims: Sequence[PartialDate], *, otherwise: PartialDate) -> PartialDate:
    """The date to believe among what independent sources claim, `otherwise` where none claims any.

    The most precise wins; among those the one that most sources state; among equals the one claimed first.
    """
    if not claims:
        return otherwise
    finest = max(claim.precision.rank for claim in claims)
    fine = [claim for claim in claims if claim.precision.rank == finest]
    votes = Counter((claim.earliest, claim.latest) for claim in fine)
    most = max(votes.values())
    return next(claim for claim in fine if votes[claim.earliest, claim.latest] == most)


def exclude_each_other(claims: Sequence[PartialDate]) -> bool:
    """Whether two of the claims cannot both be true."""
    return any(not one.overlaps(other) for one in claims for other in claims)
