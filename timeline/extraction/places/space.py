"""Places beyond the Earth, which no map has: the Moon, Mars, the space station."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOON = r"(?<=\b(?:on|to) the )moon\b(?! (?:mission|landing))|(?<=\b(?:from|near) the )moon\b|(?<=\baround the )moon\b"
_MARS = r"(?<=\b(?:on|to|of) )Mars\b|(?<=\bfor )Mars\b|(?<=\bfrom )Mars\b|(?<=\b(?:orbit|reach|round) )Mars\b"
_NAMES = {
    "far side of the Moon": r"\b(?:far|dark) side of (?:the )?moon\b|\blunar far side\b",
    "Moon": _MOON,
    "Mars": rf"(?:{_MARS})(?! (?:Inc|bar|Wrigley)\b)",
    "International Space Station": r"\bInternational Space Station\b|(?<=\baboard the )ISS\b",
}
_PATTERNS = {name: re.compile(pattern.replace("moon", "[Mm]oon")) for name, pattern in _NAMES.items()}
# The side of the Moon before the Moon.
BEYOND = tuple(_NAMES)


def find_beyond(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text names a place in space, as start, end and the place's name: "landed on the moon", no "full moon"."""
    taken: list[tuple[int, int]] = []
    for name, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield *match.span(), name
