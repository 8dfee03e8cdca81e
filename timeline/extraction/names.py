"""Names as words: how a text is cut into them, when two spellings are one, and what a first name says of its bearer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from timeline.extraction.lexicon import LEXICON

# An abbreviation with its dots ("U.S."), a run of letters and digits, or one sign.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+|[^\w\s]")


NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()


def words(text: str) -> list[Word]:
    """The words and signs of a text with their offsets."""
    return [Word(match[0], match.start(), match.end()) for match in WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Without accents, case kept: "Erdoğan" and "Erdogan" are one key."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.translate(LETTERS))
    return plain if plain.isascii() else NOT_ASCII.sub(_uncombined, plain)


def _uncombined(sign: re.Match[str]) -> str:
    return "" if unicodedata.combining(sign[0]) else sign[0]


# Letters that do not decompose into a base letter and an accent.
LETTERS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae",
                         "œ": "oe", "’": "'", "‘": "'", "ʼ": "'"})  # fmt: skip


def normal_form(name: str) -> str:
    """A name as a key: casefolded, without accents, punctuation and the titles before it.

    "President Volodymyr Zelenskyy’s" and "Volodymyr Zelenskyy" have one form; "U.S." is "us".
    """
    plain = fold(name).casefold()
    plain = re.sub(r"(?:'s|s')$", lambda end: "s" if end[0] == "s'" else "", plain.strip())
    parts = re.sub(r"[^\w\s]", "", re.sub(r"[-–—/_]", " ", plain)).split()
    while len(parts) > 1 and (parts[0] in honorifics() or parts[0] == "the" or parts[0] in name_titles()):
        parts = parts[1:]
    return " ".join(parts)


@cache
def word_list(*path: str) -> frozenset[str]:
    """The entries of a lexicon file, one a line; lines that begin with # are comments."""
    lines = LEXICON.joinpath(*path).read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def table(*path: str) -> list[list[str]]:
    """The rows of a tab-separated lexicon file; lines that begin with # are comments."""
    lines = LEXICON.joinpath(*path).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def titles() -> frozenset[str]:
    """Nouns of office in lower case, the heads of a role: "president", "secretary", "spokeswoman"."""
    return frozenset(row[0] for row in table("en", "titles.txt"))


@cache
def name_titles() -> frozenset[str]:
    """Titles that stand directly before a name and are no part of it: "president", "senator", "pope"."""
    return frozenset(row[0] for row in table("en", "titles.txt") if "before" in row[1:])


@cache
def kin() -> frozenset[str]:
    """Nouns that tell a person's gender or relation to somebody but no office: "wife", "rival"."""
    return frozenset(row[0] for row in table("en", "titles.txt") if "kin" in row[1:])


@cache
def gendered_titles() -> dict[str, str]:
    """What a title says of its bearer: "spokeswoman" female, "king" male."""
    return {row[0]: gender for row in table("en", "titles.txt") for gender in ("male", "female") if gender in row[1:]}


@cache
def honorifics() -> dict[str, str]:
    """Forms of address with the gender they tell, or '': "mr" male, "ms" female, "dr" ''."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in table("en", "honorifics.tsv")}


@cache
def first_names() -> dict[str, str]:
    """First names with the gender they nearly always tell; "" where they are given to all."""
    return {row[0]: row[1] if len(row) > 1 else "" for row in table("en", "first_names.tsv")}


def gender_of(name: str) -> str | None:
    """What the first name of a full name tells: "male", "female", or None."""
    first, *rest = name.replace("-", " ").split() or [""]
    return (first_names().get(fold(first)) or None) if rest else None


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Short forms of first names in lower case, with what they are short for: "bob" -> "robert"."""
    return {row[0].casefold(): frozenset(name.casefold() for name in row[1:]) for row in table("en", "nicknames.tsv")}


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    shorts: dict[str, set[str]] = {}
    for short, names in nicknames().items():
        for name in names:
            shorts.setdefault(name, set()).add(short)
    return {name: frozenset(forms) for name, forms in shorts.items()}


def short_forms(first_name: str) -> frozenset[str]:
    """What people called so are called for short, in lower case: "bob" for "robert"."""
    return _short_forms().get(first_name, frozenset())


def is_short_for(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a name, as the words of its normal form, is a shorter way to write another of at least two words.

    A further surname may be missing ("john luk" for "john luk jok"), the first name may be an initial ("h wada") or
    short ("mike purdy" for "michael purdy"). Equal names are none for each other.
    """
    if len(full) > 2:
        full = [full[0], *(part for part in full[1:] if len(part) > 1)]  # without initials
    if len(short) < 2 or len(full) < 2 or tuple(short) == tuple(full):
        return False
    if len(full) == len(short) + 1 and tuple(full[1:]) == tuple(short) and full[1] in short_forms(full[0]):
        return True  # "James (Jim) Hedges"
    if len(full) > len(short):
        return (
            tuple(full[: len(short)]) == tuple(short)
            and len(short[-1]) > 2
            and full[-1] not in ("jr", "sr", "ii", "iii")
        )
    if short[-1] != full[-1] or len(short) != 2 or len(full) != 2:
        return False
    initial = len(short[0]) == 1 and full[0].startswith(short[0])
    return initial or full[0] in nicknames().get(short[0], ())


def is_slip_of(word: str, other: str) -> bool:
    """Whether a long word is another but for one slip of the keys: a letter too many, too few, wrong or out of order.

    The first letter is the same, and both have at least six ("Giulini" for "Giuliani").
    """
    short, long = sorted((word, other), key=len)
    if len(short) < 6 or len(long) - len(short) > 1 or short == long or short[0] != long[0]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2][::-1] == long[at : at + 2] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]
