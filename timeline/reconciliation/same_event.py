"""Which two events may be one that readings left apart: found for a person to answer, never merged by a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from timeline.reconciliation.identity import title_words
from timeline.reconciliation.likeness import LIKELY, Likeness
from timeline.reconciliation.matching import MANIFOLD, PAIRED, SLIP
from timeline.vocabulary import DateBasis, EventKind, PartialDate

# The share of the shorter title's words from which two titles are alike, higher where the kinds differ or people do
# many things of the kind in a day; a single word in common counts only where several people are, too.
ALIKE, ALIKE_OF_OTHERS, FEW = 0.5, 0.75, 2
# An event that is told without its day is news of the week.
NEAR = timedelta(days=7)
SAME_DAY = "the same day"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSide:
    """One of two events: `actors` by id, the one who acts first, `names` what they are called; `sources` the articles
    that tell it."""

    title: str
    kind: EventKind
    date: PartialDate
    actors: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()
    country: str = ""
    sources: frozenset[str] = frozenset()

    @property
    def deed(self) -> frozenset[str]:
        """The stems of the title but for the names of those who take part."""
        return title_words(self.title) - title_words(" ".join(self.names))

    def acts_with(self, other: EventSide) -> bool:
        """Whether the one who acts first in one telling takes part in the other, where both name anybody."""
        return not (self.actors and other.actors) or self.actors[0] in other.actors or other.actors[0] in self.actors


def compare_events(one: EventSide, other: EventSide) -> Likeness | None:
    """Why two events that readings left apart may be one, or None. An article that tells both tells of two."""
    if one.sources & other.sources or (one.country and other.country and one.country != other.country):
        return None
    days = _days(one.date, other.date)
    if days is None or not one.acts_with(other):
        return None
    shared = set(one.actors) & set(other.actors)
    people = len(shared) / max(min(len(set(one.actors)), len(set(other.actors))), 1)
    same_kind = one.kind is other.kind
    common, shorter = len(one.deed & other.deed), min(len(one.deed), len(other.deed))
    alike = common / shorter if common >= FEW or (common and same_kind and len(shared) >= FEW) else 0.0
    met = same_kind and one.kind in PAIRED and len(shared) >= FEW and days == SAME_DAY
    if alike < (ALIKE if same_kind and one.kind not in MANIFOLD else ALIKE_OF_OTHERS) and not met:
        return None
    if not shared and (alike < 1 or not same_kind):
        return None
    score = 0.5 * alike + 0.2 * people + 0.15 * same_kind + (0.15 if days == SAME_DAY else 0.05)
    reasons = (
        "titles alike" if alike else "",
        ("the same people" if people == 1 else "people in common") if shared else "",
        "the same kind" if same_kind else "",
        days,
    )
    return Likeness(score=round(score, 3), reason=", ".join(filter(None, reasons))) if score >= LIKELY else None


def _days(one: PartialDate, other: PartialDate) -> str | None:
    """How two dates go together, in words; None where they are days apart or too wide to say anything."""
    if one.is_exact and other.is_exact and one.earliest and other.earliest:
        apart = abs(one.earliest - other.earliest)
        return SAME_DAY if not apart else "a day apart" if apart <= SLIP else None
    if not one.overlaps(other):
        return None
    bounded = DateBasis.PUBLICATION_BOUND in (one.basis, other.basis)
    near = one.best_day and other.best_day and abs(one.best_day - other.best_day) <= NEAR
    return "days overlap" if near or not bounded else None
