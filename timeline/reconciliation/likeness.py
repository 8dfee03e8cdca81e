"""How two entries are like each other, and which likenesses are worth a person's time.

From `LIKELY` on a pair is asked about; one that is weaker only where it stands alone. Nothing is merged by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

LIKELY, WEAK = 0.6, 0.5
# So many for one entry: who has more doubles needs another tool.
MOST = 5
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """`score` is from 0 to 1; `reason` says in a reporter's words why two may be one."""

    score: float
    reason: str


def choose(like: Mapping[Pair, Likeness], most: int = MOST) -> dict[Pair, Likeness]:
    """Of all that are like each other the pairs worth asking about, so many for one entry, the likeliest first: a weak
    likeness to several is one to nobody."""
    weak = Counter(one for pair, found in like.items() if found.score < LIKELY for one in pair)
    number: Counter[int] = Counter()
    chosen: dict[Pair, Likeness] = {}
    for pair, found in sorted(like.items(), key=lambda item: (-item[1].score, item[0])):
        likely = found.score >= LIKELY
        alone = all(weak[one] == 1 and not number[one] for one in pair)
        if (likely or alone) and all(number[one] < most for one in pair):
            chosen[pair] = found
            number.update(pair)
    return chosen
