"""The cast of a document: its actors, and who stands behind the words at any place of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from timeline.extraction.mentions import ActorMention, Mention


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    actor: ActorMention
    mention: Mention


class Cast:
    """The actors of one document, looked up by the offsets of its text. Names, pronouns and nominals alike."""

    def __init__(self, actors: Iterable[ActorMention]) -> None:
        self._seat(actors)

    def _seat(self, actors: Iterable[ActorMention]) -> None:
        self.actors = tuple(actors)
        self.by_key = {actor.key: actor for actor in self.actors}
        self._places = sorted(
            (_Place(m.span.start, m.span.end, actor, m) for actor in self.actors for m in actor.mentions),
            key=lambda place: (place.start, -place.end),
        )
        self._starts = [place.start for place in self._places]

    def add(self, actor: ActorMention) -> str:
        """Take in somebody whom only an event makes an actor, and give back the key."""
        self._seat((*self.actors, actor))
        return actor.key

    def at(self, offset: int) -> tuple[ActorMention, Mention] | None:
        """The actor whose mention covers an offset, and the mention; the innermost where several do."""
        for place in reversed(self._places[: bisect_right(self._starts, offset)][-8:]):
            if place.start <= offset < place.end:
                return place.actor, place.mention
        return None

    def between(self, start: int, end: int) -> list[tuple[ActorMention, Mention]]:
        """The mentions that begin in a stretch of text, in text order."""
        first = bisect_right(self._starts, start - 1)
        last = bisect_right(self._starts, end - 1)
        return [(place.actor, place.mention) for place in self._places[first:last]]
