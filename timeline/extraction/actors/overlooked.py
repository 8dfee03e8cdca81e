"""People whom the language model overlooks: named behind a title, or by a first name that is known."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.extraction.actors.lines import Line
from timeline.extraction.actors.national import body_words
from timeline.extraction.actors.pieces import Piece, trimmed
from timeline.extraction.actors.sightings import no_names
from timeline.extraction.names import Word, first_names, fold, titles, word_list


def people_by_title(line: Line, taken: set[int]) -> Iterator[Piece]:
    """People the model has overlooked behind a capitalised title: "Colonel Radim Vesecky"."""
    for n, word in enumerate(line.words[:-2]):
        first = n + 1 + (line.words[n + 1].text == ".")
        if not word.is_capitalised or first in taken or not line.is_title(n):
            continue
        last = first
        while last < len(line.words) and last not in taken and line.continues_a_person(last, first):
            last += 1
        names = [word for word in line.words[first:last] if word.is_capitalised]
        if 2 <= len(names) <= 3 and all(_may_be_part_of_a_person(line, word) for word in names):
            yield from trimmed(line, "PERSON", first, last)


def people_by_first_name(line: Line, taken: set[int]) -> list[Piece]:
    """People the model has overlooked: a first name, perhaps initials, and a capitalised word after it."""
    found = []
    for n, word in enumerate(line.words[:-1]):
        if fold(word.text) not in first_names():
            continue
        if _has_nickname(line, n):
            found.append(Piece(n, n + 5, "PERSON"))
            taken = taken | set(range(n, n + 5))
        if n in taken:
            continue
        last = n + 1
        while last < len(line.words) and last not in taken and line.continues_a_person(last, n) and last - n < 5:
            last += 1
        piece = next(trimmed(line, "PERSON", n, last), None)
        if piece is None or piece.last - piece.first < 2 or len(line.words[piece.last - 1].text) < 3:
            continue
        tokens = [line.token(w.start) for w in line.words[n : piece.last]]
        if all(token is not None and (token.pos_ == "PROPN" or not token.text[0].isalpha()) for token in tokens):
            found.append(piece)
            taken = taken | set(range(piece.first, piece.last))
    return found


def _may_be_part_of_a_person(line: Line, word: Word) -> bool:
    token = line.token(word.start)
    lower = word.text.lower()
    plain = word.text in no_names() | word_list("en", "no_people.txt") | body_words() or lower in titles()
    return token is not None and token.pos_ == "PROPN" and not plain and not word.text.isupper()


def _has_nickname(line: Line, n: int) -> bool:
    """Whether a first name, a nickname in brackets or quotation marks and a surname stand here: "James (Jim) X"."""
    if n + 4 >= len(line.words) or line.words[n + 1].text + line.words[n + 3].text not in ("()", '""', "''"):
        return False
    return line.words[n + 2].is_capitalised and line.words[n + 4].is_capitalised and line.gap(n + 4) == " "
