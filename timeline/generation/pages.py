"""An article as it grows: text with blocks, and the places in it where something is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from timeline.extraction.mentions import Block, Span
from timeline.vocabulary import BlockRole

SLOT = re.compile(r"\{(\w+)\}")


class Page:
    """Blocks of text, one after another, an empty line between them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self._block: int | None = None

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def begin(self) -> None:
        if self.blocks:
            self._add("\n\n")
        self._block = self._length

    def end(self, role: BlockRole) -> None:
        assert self._block is not None
        self.blocks.append(Block(self._block, self._length, role))

    def write(self, text: str, role: BlockRole) -> Span:
        """A block of its own."""
        self.begin()
        span = self._add(text)
        self.end(role)
        return span

    def say(self, pattern: str, slots: Mapping[str, str]) -> tuple[Span, dict[str, Span]]:
        """A sentence within a block, from a pattern whose slots are filled: where it stands, and where each slot."""
        if self._length != self._block:
            self._add(" ")
        start, found = self._length, {}
        for literal, slot in _pieces(pattern):
            if literal:
                self._add(literal)
            if slot:
                found[slot] = self._add(slots[slot])
        text = "".join(literal + (slots[slot] if slot else "") for literal, slot in _pieces(pattern))
        return Span(start, self._length, text), found

    def _add(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length, text)


@cache
def _pieces(pattern: str) -> tuple[tuple[str, str], ...]:
    """Literal and slot in turns; the last slot may be ""."""
    parts = SLOT.split(pattern)
    return tuple(zip(parts[::2], [*parts[1::2], ""], strict=True))
