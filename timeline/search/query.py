"""What is asked of the index, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from timeline.models.identity import DAY_SHIFT
from timeline.search.tags import EXACT, OPEN_END, OPEN_START, Facet, around, hexed, number_of, tag
from timeline.search.words import words_of
from timeline.vocabulary import StatementKind

SHORT_KINDS = {StatementKind.DIRECT: "d", StatementKind.INDIRECT: "i", StatementKind.MIXED: "m"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the list between two places, the second exclusive; in it every document has one of some tags, if any
    are named."""

    low: int | None = None
    high: int | None = None
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Documents with all these words and, of each group of tags, at least one, whose bounds touch a range of days.

    `words` is None where something was typed that is no word: it stands nowhere.
    """

    words: tuple[str, ...] | None = ()
    tags: tuple[tuple[str, ...], ...] = ()
    first: int | None = None
    last: int | None = None

    def containing(self, typed: str) -> Self:
        """Every word stands in the text, or one that begins with it."""
        words = tuple(dict.fromkeys((*(self.words or ()), *words_of(typed))))
        return replace(self, words=words or None)

    def tagged(self, *one_of: str) -> Self:
        return replace(self, tags=(*self.tags, one_of))

    def between(self, first: date | None, last: date | None) -> Self:
        """Whose bounds touch a range of days; an open bound touches everything on its side."""
        return replace(
            self, first=number_of(first) if first else self.first, last=number_of(last) if last else self.last
        )

    @property
    def is_everything(self) -> bool:
        return self.words == () and not self.tags and self.first is None and self.last is None

    @property
    def only_tag(self) -> str | None:
        """The tag, where one tag is all that is asked for."""
        if self.words == () and self.first is None and self.last is None and len(self.tags) == 1:
            [group] = self.tags
            return group[0] if len(group) == 1 else None
        return None

    def stretches(self) -> list[Stretch]:
        """The parts of the list in which documents are, oldest first; they do not overlap.

        A document stands at its earliest day, or, where that is open, at its latest. So the middle is all that stands
        in the range; before it are those that reach into it, after it those that may have been any time before.
        """
        if self.words is None:
            return []
        low = None if self.first is None else self.first << DAY_SHIFT
        high = None if self.last is None else (self.last + 1) << DAY_SHIFT
        found = [Stretch(low, high)]
        if (EXACT,) in self.tags:
            return found
        if self.first is not None:
            found.insert(0, Stretch(None, low, (OPEN_END, *around(self.first))))
        if self.last is not None:
            found.append(Stretch(high, None, (OPEN_START,)))
        return found


class EventQuery(Query):
    """Events, asked for in the words of `EventQuerySet`."""

    __slots__ = ()

    def involving(self, actor: int) -> Self:
        return self.tagged(tag(Facet.ACTOR, actor))

    def quoting(self, speaker: int | None = None, kinds: Iterable[StatementKind] = ()) -> Self:
        """Events with a statement by a speaker (anyone, where none is named) of one of these kinds."""
        shorts = [SHORT_KINDS[kind] for kind in kinds]
        if speaker is None:
            return self.tagged(*(tag(Facet.QUOTED, short) for short in shorts or SHORT_KINDS.values()))
        return self.tagged(*(tag(Facet.SPEAKER, speaker, short) for short in shorts or [""]))

    def at(self, place: int) -> Self:
        return self.tagged(tag(Facet.PLACE, place))

    def reported_by(self, publisher: int) -> Self:
        return self.tagged(tag(Facet.PUBLISHER, publisher))

    def of_running_story(self, head: int) -> Self:
        return self.tagged(tag(Facet.STORY, head))

    def of_kind(self, kind: str) -> Self:
        return self.tagged(tag(Facet.KIND, kind))

    def marked(self, mark: str) -> Self:
        return self.tagged(tag(Facet.MARK, mark))

    def exact(self) -> Self:
        return self.tagged(EXACT)


class StatementQuery(Query):
    """Statements, asked for in the words of `StatementQuerySet`."""

    __slots__ = ()

    def by(self, speaker: int) -> Self:
        return self.tagged(tag(Facet.SPEAKER, speaker))

    def of_kinds(self, kinds: Iterable[StatementKind]) -> Self:
        wanted = list(kinds)
        return self.tagged(*(tag(Facet.KIND, kind) for kind in wanted)) if wanted else self

    def in_medium(self, medium: str) -> Self:
        return self.tagged(tag(Facet.MEDIUM_FOLDED, hexed(medium.lower())))
