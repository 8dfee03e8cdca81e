"""Runs of words that the language model takes for names, cut to what is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from timeline.extraction.actors.lines import Line
from timeline.extraction.actors.national import body_words
from timeline.extraction.actors.sightings import PARTICLES, institutions, no_names, surnames_too
from timeline.extraction.names import first_names, fold, honorifics, name_titles, word_list
from timeline.extraction.places.gazetteer import is_place

NAMING = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_ARTICLES = frozenset({"the", "a", "an"})
_LOOSE_ENDS = frozenset({"to", "of", "for", "and", "in", "on", "at", "the", "from", "with", "by"})
# Titles that are only ever a person's, whatever the model makes of the name behind them.
_ROYAL = frozenset(["prince", "princess", "king", "queen", "sultan", "emir", "pope", "mr", "mrs", "ms", "sir"])
_FIRMS = frozenset({"Co", "Company", "Sons", "Partners", "Associates", "Brothers"})
# Bodies called by a number: "6th Circuit Court of Appeals".
_NUMBERED = frozenset({"Circuit", "District", "Precinct"})
_ILLNESSES = frozenset(["disease", "syndrome", "lymphoma", "sarcoma", "palsy"])
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, first to last (exclusive), that the model takes for a name."""

    first: int
    last: int
    label: str


def cut(line: Line, label: str, first: int, last: int) -> Iterator[Piece]:
    """An entity without articles, titles and possessives, cut in two at "X's Y"."""
    if label in ("ORG", "GPE", "FAC") and (_is_titled(line, first, last) or _is_introduced(line, first, last)):
        label = "PERSON"
    begin = first
    last = next((n for n in range(first + 1, last) if line.words[n].text in "()<>"), last)
    for n in range(first, last):
        if line.is_possessive(n) and not _is_collective(line, label, n, last):
            named_after = _is_eponym(line, n)
            if not named_after:
                yield from trimmed(line, label, begin, n)
            begin = n + 2 + named_after
    if begin < last and not (last < len(line.words) and _is_eponym(line, last)):
        yield from trimmed(line, label, begin, last)


def _is_eponym(line: Line, n: int) -> bool:
    """Whether a possessive only names a law or an illness after its owner: "Megan's Law", "Parkinson's disease"."""
    behind = line.words[n + 2].text if line.is_possessive(n) and n + 2 < len(line.words) else ""
    return behind == "Law" or behind.lower() in _ILLNESSES


def _is_titled(line: Line, first: int, last: int) -> bool:
    """Whether a royal title or form of address opens a name that says of itself that it is no body's."""
    names = {word.text for word in line.words[first + 1 : last]}
    body = names & (word_list("en", "body_words.txt") | institutions())
    return line.words[first].text.lower() in _ROYAL and 0 < len(names) < 4 and not body


def _is_introduced(line: Line, first: int, last: int) -> bool:
    """Whether a title and a first name open a name: "Model Chrissy Teigen"."""
    if last - first != 3 or not line.is_title(first) or line.words[first].text in ("General", "Major"):
        return False
    given, surname = line.words[first + 1].text, line.words[first + 2].text
    return fold(given) in first_names() and surname not in body_words()


def _is_collective(line: Line, label: str, n: int, last: int) -> bool:
    """Whether a possessive belongs to a body's name: "Longshoremen's Association", "King's College"."""
    owner = line.words[n - 1].text.lower()
    collective = owner.endswith(("men", "women", "children", "people")) or owner in ("king", "queen", "bishop")
    return label != "PERSON" and collective and line.words[last - 1].text in word_list("en", "body_words.txt")


def trimmed(line: Line, label: str, first: int, last: int) -> Iterator[Piece]:
    """A run of words without what the model glued to the name in it; nothing where no name is left."""
    while first < last and _is_no_beginning(line, label, first):
        first += 1
    first, last = _without_saying(line, first, last)
    first, last = _person(line, first, last) if label == "PERSON" else (first, _end_of_body(line, first, last))
    if last <= first or not _may_name(line, first, last):
        return
    firm = _end_of_firm(line, last)
    if label == "PERSON" and _ends_a_title(line, first):
        label, first = "ORG", first - 2
    if label == "ORG" and first and _ORDINAL.fullmatch(line.words[first - 1].text):
        first -= line.words[first].text in _NUMBERED
    if firm > last or (label == "PERSON" and _is_no_person(line, first, last)):
        label = "ORG"
    yield Piece(first, firm, label)


def _without_saying(line: Line, first: int, last: int) -> tuple[int, int]:
    """Without the verb of saying that a line of capitals has glued to a name: "Trevor Noah Says"."""
    while last - first > 1 and _says(line.words[last - 1].text):
        if line.words[last - 1].text == "Said" and not line.is_followed_by_a_name(last):
            break  # "Edward Said"
        last -= 1
    return first + (last - first > 1 and line.opens_sentence(first) and _says(line.words[first].text)), last


def _person(line: Line, first: int, last: int) -> tuple[int, int]:
    """A person's name without a nation's before it, as far as its words go on; with the surname the model left out."""
    while last - first > 1 and line.knowledge.is_demonym(line.words[first].text):
        first += 1
    end = next((n for n in range(first, last) if not line.continues_a_person(n, first)), last)
    end = _bare_end(line, first, end)
    while end - first > 1 and not line.words[end - 1].is_capitalised and not line.is_joined(end - 1):
        end -= 1
    if end - first == 1 and _goes_on(line, end) and fold(line.words[first].text) in first_names():
        end += 1
    return first, end


def _end_of_body(line: Line, first: int, last: int) -> int:
    """Where a body's name ends: before loose small words, and before the words between several numbers."""
    last = _bare_end(line, first, last)
    while last - first > 1 and line.words[last - 1].text in _LOOSE_ENDS:
        last -= 1
    if sum(word.text.isdigit() for word in line.words[first:last]) > 1:
        while last - first > 1 and not line.words[last - 1].is_capitalised:
            last -= 1
    return last


def _bare_end(line: Line, first: int, last: int) -> int:
    while last > first and not (line.words[last - 1].text[0].isalnum() or line.closes_an_initial(last - 1, first)):
        last -= 1
    return last


def _ends_a_title(line: Line, first: int) -> bool:
    """Whether a word is the end of a foreign paper's or body's name behind an article: "the Jornal do Brasil"."""
    if first < 3 or line.words[first - 1].text not in ("do", "da", "de", "del", "di", "du", "des"):
        return False
    article = line.words[first - 3].text.lower() == "the" and line.gap(first - 1) == line.gap(first - 2) == " "
    return article and line.words[first - 2].is_capitalised


def _end_of_firm(line: Line, last: int) -> int:
    """Where a firm's name ends: behind "and Co", else where it was."""
    following = [word.text for word in line.words[last : last + 2]]
    firm = len(following) == 2 and following[0] in ("and", "&") and following[1] in _FIRMS
    return last + 2 if firm else last


def _goes_on(line: Line, last: int) -> bool:
    """Whether a capitalised word that may be a surname follows a lone first name: "Tom" before "DeLay"."""
    if last >= len(line.words) or not line.words[last].is_capitalised or line.gap(last) != " ":
        return False
    token = line.token(line.words[last].start)
    known = line.knowledge.find(line.words[last : last + 1])
    return token is not None and token.pos_ == "PROPN" and line.words[last].text not in no_names() and not known


def _is_no_person(line: Line, first: int, last: int) -> bool:
    """ "the Utah Jazz", "Los Angeles Dodgers", "Scott County": a team or a body, not a person."""
    bodies = institutions() | word_list("en", "body_words.txt")
    if last - first > 1 and line.words[last - 1].text in bodies and line.words[last - 1].text not in surnames_too():
        return True
    if fold(line.words[first].text) in first_names():
        return False
    if last - first > 1 and first and line.words[first - 1].text in ("the", "The"):
        return True
    return last - first > 1 and is_place(" ".join(word.text for word in line.words[first : last - 1]))


def _is_no_beginning(line: Line, label: str, n: int) -> bool:
    word = line.words[n].text
    lower = word.lower()
    if not word[0].isalnum() or (lower in _ARTICLES and (lower == "the" or line.gap(n + 1) == " ")):
        return True
    if word in _openings() and n + 1 < len(line.words) and line.words[n + 1].text[0].isalpha():
        return True
    if word in _labels() and n + 1 < len(line.words) and line.words[n + 1].is_capitalised:
        return True
    if label == "PERSON":
        if lower in name_titles() and _is_called_so(line, n):
            return False
        return lower in honorifics() or lower in name_titles() or (not word[0].isupper() and lower not in PARTICLES)
    return label in NAMING and not any(sign.isupper() or sign.isdigit() for sign in word)


def _is_called_so(line: Line, n: int) -> bool:
    """Whether a title is a first name here: one surname behind it, and then who this is: "Dean Zerbe, a lawyer"."""
    behind = [word.text for word in line.words[n + 1 : n + 4]]
    introduced = len(behind) == 3 and behind[1] == "," and (behind[2] in ("a", "an", "who") or behind[2].isdigit())
    return introduced and line.words[n].text in first_names() and behind[0].istitle()


def _may_name(line: Line, first: int, last: int) -> bool:
    capitals = [word.text for word in line.words[first:last] if word.is_capitalised]
    if not capitals or all(word in no_names() or len(word) == 1 for word in capitals):
        return False
    return line.words[first].text not in no_names() or (last - first > 1 and line.words[first].text.istitle())


def _says(word: str) -> bool:
    return word in word_list("en", "said.txt")


@cache
def _labels() -> frozenset[str]:
    """Words of a page's furniture that the model glues to the name behind them: "Watch", "Image"."""
    return word_list("en", "labels.txt")


@cache
def _openings() -> frozenset[str]:
    """Small words that a headline capitalises and the model glues to the name behind them: "Between Clinton"."""
    return word_list("en", "openings.txt")
