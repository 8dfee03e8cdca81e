"""What a word is: what is typed finds what is written, whatever the case and the accents, by its beginning."""

from __future__ import annotations

import re
import unicodedata

# A document keeps so many characters of its words: PostgreSQL takes no more than a megabyte.
LONGEST_TEXT = 200_000
LONGEST_WORD = 200
# What is shorter is looked for as a whole word: nearly every word begins with any one letter.
SHORTEST_BEGINNING = 2

QUOTES_AND_DASHES = re.compile("[‘’“”«»–—…\u00a0]")
ACCENTS = re.compile("[\u0300-\u036f]")
BETWEEN = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text in one case without accents. Its words are its runs of letters and digits; every other character is
    ASCII."""
    if not text.isascii():
        text = QUOTES_AND_DASHES.sub(" ", text)
        if not text.isascii():
            text = ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
            return BETWEEN.sub(" ", text)
    return text.lower()


def words_of(text: str) -> list[str]:
    """The words of a text, folded, each cut where it is longer than any word."""
    return [word[:LONGEST_WORD] for word in BETWEEN.split(fold(text)) if word]


def begins(word: str) -> bool:
    """Whether a word that is looked for finds the words that begin with it."""
    return len(word) >= SHORTEST_BEGINNING
