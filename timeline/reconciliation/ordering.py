"""Order among events that share a place in time: what their relations ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from timeline.vocabulary import PartialDate, RelationKind


def order_of(events: Mapping[str, PartialDate], relations: Iterable[tuple[RelationKind, str, str]]) -> dict[str, int]:
    """The rank of each event among those of the same day and precision: how many stand before it in a chain.

    Relations between events that differ in day or precision have no say: their dates decide. A circle ("A before B, B
    before A") is cut where it closes.
    """
    later: dict[str, set[str]] = {uid: set() for uid in events}
    for kind, source, target in relations:
        first, second = (source, target) if kind is RelationKind.BEFORE else (target, source)
        if kind is RelationKind.SAME_DAY or first not in events or second not in events:
            continue
        one, other = events[first], events[second]
        if one.best_day == other.best_day and one.precision.rank == other.precision.rank:
            later[first].add(second)
    earlier: dict[str, set[str]] = {uid: set() for uid in events}
    for first, following in later.items():
        for second in following:
            earlier[second].add(first)
    ranks: dict[str, int] = {}

    def rank(uid: str, above: frozenset[str]) -> int:
        if uid in ranks:
            return ranks[uid]
        before = [
            rank(other, above | {uid}) + 1 for other in sorted(earlier[uid]) if other not in above and other != uid
        ]
        value = max(before, default=0)
        if not above & earlier[uid]:
            ranks[uid] = value
        return value

    for uid in sorted(events):
        rank(uid, frozenset())
    return {uid: ranks.get(uid, 0) for uid in events}
