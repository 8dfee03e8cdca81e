"""How a name sounds, whichever alphabet it was carried over from and into which language: keys for its spellings."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

# What languages write for one sound when they carry a name over, longest first: "Selenskyj", "Zelensky"; "Qaddafi",
# "Gadhafi"; "Romanoff", "Romanov". Source: the tables of transliteration of Cyrillic and Arabic into English, French
# and German, as far as they differ in consonants.
_WRITTEN = (
    ("schtsch", "s"), ("shch", "s"), ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("chr", "kr"), ("ch", "s"),
    ("sh", "s"), ("zh", "s"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "v"), ("ck", "k"), ("cz", "s"),
    ("sz", "s"), ("ts", "s"), ("tz", "s"), ("ks", "x"), ("ff", "v"), ("f", "v"), ("w", "v"), ("z", "s"), ("c", "k"),
    ("q", "k"), ("g", "k"),
)  # fmt: skip
# Vowels, and what stands between them and consonants; at the start of a word they are one letter.
_OPEN = re.compile(r"[aeiouyjh]+")
_DOUBLE = re.compile(r"(.)\1+")
# From this closeness of the letters two words of one sound are spellings of one name: "jane" and "john" are not; a
# sound of many consonants is seldom two names'. Of words of few letters every one counts: "Li" and "Lu".
CLOSE, CLOSE_OF_LONG, LONG, FEW = 0.6, 0.5, 4, 4


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The consonants of a word of a normal form, those alike made one: "slnsk" for "zelenskyy" and "selenskyj"."""
    for written, heard in _WRITTEN:
        word = word.replace(written, heard)
    word = _DOUBLE.sub(r"\1", word)
    return ("a" if _OPEN.match(word) else "") + _OPEN.sub("", word)


def closeness(one: str, other: str) -> float:
    """How many letters two texts share in order, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def sounds_the_same(one: str, other: str) -> bool:
    """Whether two words of normal forms can be spellings of one name."""
    if min(len(one), len(other)) < FEW:
        return one == other
    heard = sound(one)
    return heard == sound(other) and closeness(one, other) >= (CLOSE_OF_LONG if len(heard) >= LONG else CLOSE)
