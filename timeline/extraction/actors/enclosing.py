"""Longer names of which a known one is only a part: "Ivanka Trump", "Bank of England", "Trump Tower"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from timeline.extraction.actors.lines import SUFFIXES, Line
from timeline.extraction.actors.pieces import Piece
from timeline.extraction.actors.sightings import institutions, no_names
from timeline.extraction.knowledge import Found
from timeline.extraction.names import first_names, fold, word_list
from timeline.vocabulary import ActorKind, MentionForm

_SWALLOWS = {"ORG", "FAC", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT"}
# Words behind a body's name that leave it the same body: "BP Plc", "CNN News".
_SAME_BODY = frozenset(
    ["Co", "Corp", "Corporation", "Group", "Inc", "Limited", "Ltd", "News", "PLC", "Plc", "SA", "AG"]
)
_DIRECTIONS = frozenset(["eastern", "western", "northern", "southern", "central", "east", "west", "north", "south"])


def enclosing_name(line: Line, found: Found, pieces: list[Piece], known: list[Found]) -> Piece | None:
    """The longer name that a known one is only a part of."""
    if not found.hits:
        return None
    if all(hit.alias.alone for hit in found.hits):
        given = _with_given_name(line, found) or _with_given_names(line, found, pieces)
        if given is not None:
            return given
        if _is_given_name(line, found) and line.is_tagged_as_name(found.last):
            return Piece(found.first, line.surname_end(found.last), "PERSON")
    if _campaigns(line, found):
        return None
    if _is_numbered(line, found):
        return Piece(found.first, found.last + 1, "PRODUCT")
    for piece in pieces:
        longer = piece.first <= found.first and found.last <= piece.last
        if longer and piece.last - piece.first > found.last - found.first and _wins(line, piece, found, known):
            return piece
    named = _named_after(line, found)
    if named is None and found.hits[0].entry.kind is ActorKind.GROUP and _is_given_name(line, found):
        return Piece(found.first, found.last + 1, "PERSON")  # "Christian Dior"
    return named


def _is_numbered(line: Line, found: Found) -> bool:
    """Whether a body's name is only the beginning of a craft's: "Air Force One"."""
    behind = line.words[found.last].text if found.last < len(line.words) else ""
    body = all(hit.entry.kind is ActorKind.ORGANISATION for hit in found.hits)
    return body and behind in ("One", "Two") and line.gap(found.last) == " "


def _campaigns(line: Line, found: Found) -> bool:
    """Whether a campaign is written in capitals: "Clinton Campaign" names a person as "Clinton campaign" does."""
    behind = line.words[found.last].text if found.last < len(line.words) else ""
    person = all(hit.entry.kind is ActorKind.PERSON for hit in found.hits)
    return person and behind in ("Campaign", "Camp") and line.gap(found.last) == " "


def _wins(line: Line, piece: Piece, found: Found, known: list[Found]) -> bool:
    """Whether what the model reads around a known name is another name."""
    kind = found.hits[0].entry.kind
    alone = all(hit.alias.alone for hit in found.hits)
    before, after = piece.first < found.first, piece.last > found.last
    others = [k for k in known if k is not found and piece.first <= k.first and k.last <= piece.last]
    following = line.words[found.last] if after else None
    if piece.label == "PERSON":
        if kind is ActorKind.PERSON:
            if alone and after and not before and not others:
                return _is_given_name(line, found)
            return alone and before and not others and line.gap(found.first) == " "
        if kind is ActorKind.GROUP and found.first == piece.first and after and _is_given_name(line, found):
            return True  # "Christian Horner"
        if any(hit.alias.form is MentionForm.DEMONYM for hit in found.hits) or found.last - found.first > 1 or others:
            return False
        own = fold(line.words[found.first].text)
        return fold(line.words[piece.first].text) in first_names() and (before or own in first_names())
    if following is not None and following.text in _landforms() and piece.label in ("GPE", "LOC", "FAC"):
        return not _is_known_further(line, found, piece)  # "Indian Shores", "Prince William Sound"
    if kind is ActorKind.PERSON and not alone:
        return following is not None and following.text in institutions() and piece.label in ("ORG", "FAC")
    if piece.label in ("GPE", "LOC", "FAC") and before and not others and not _is_direction(line, piece, found):
        return kind is ActorKind.STATE or alone
    if piece.label not in _SWALLOWS:
        return alone and following is not None and following.is_capitalised
    if following is not None:
        if kind is ActorKind.STATE and following.text.lower() in _nation_words():
            return False
        if kind in (ActorKind.PERSON, ActorKind.STATE):
            return following.is_capitalised or following.text.lower() in ("of", "for", "and", "&")
        rest = line.words[found.last + 1 : piece.last]
        if following.text in ("of", "for"):
            return any(word.is_capitalised for word in rest)
        behind = {word.text for word in line.words[found.last : piece.last]}
        body = word_list("en", "body_words.txt") | institutions()
        return following.is_capitalised and not (body - _SAME_BODY).isdisjoint(behind)
    return before and not others and not _is_direction(line, piece, found)


def _is_known_further(line: Line, found: Found, piece: Piece) -> bool:
    """Whether a longer name is itself known, as "Russian Federation" is."""
    return any(longer.last > found.last for longer in line.knowledge.find(line.words[found.first : piece.last]))


def _is_given_name(line: Line, found: Found) -> bool:
    """Whether a known surname is somebody else's given name here: "Haley" in "Haley Barbour"."""
    if found.last >= len(line.words) or fold(line.words[found.first].text) not in first_names():
        return False
    behind = line.words[line.surname_end(found.last) - 1]
    other = behind.text in institutions() or behind.text in no_names() or line.is_title(found.last)
    plain = behind.text.istitle() and line.gap(found.last) == " " and not behind.text.endswith("s")
    return plain and not other and not line.knowledge.find(line.words[found.last : found.last + 1])


def _named_after(line: Line, found: Found) -> Piece | None:
    """What bears the name of a person or nation: "Trump Tower", "Smith Jr."."""
    behind = line.words[found.last] if found.last < len(line.words) else None
    if behind is None or line.gap(found.last) != " " or not behind.is_capitalised:
        return None
    person = any(hit.entry.kind is ActorKind.PERSON for hit in found.hits)
    if behind.text in SUFFIXES and person:
        return Piece(line.name_start(found.first), found.last + 1, "PERSON")
    day = behind.text == "Day" and not any(hit.alias.alone for hit in found.hits)
    if (behind.text not in institutions() and not day) or any(
        hit.alias.form is MentionForm.DEMONYM for hit in found.hits
    ):
        return None
    if not all(hit.entry.kind in (ActorKind.PERSON, ActorKind.STATE) for hit in found.hits):
        return None
    last = found.last + 1
    while last < len(line.words) and line.words[last].is_capitalised and line.gap(last) == " ":
        last += 1
    if any(line.is_title(n) for n in range(found.last, last)):
        return None  # "U.S. District Judge X"
    return Piece(found.first, last, "ORG")


def _is_direction(line: Line, piece: Piece, found: Found) -> bool:
    return all(
        line.words[n].text.lower() in _DIRECTIONS or not line.words[n].text[0].isalnum()
        for n in range(piece.first, found.first)
    )


def _with_given_name(line: Line, found: Found) -> Piece | None:
    """Another bearer of a known surname: a given name stands before it that is not the known one's."""
    first = line.name_start(found.first)
    if first == found.first or line.gap(found.first) == "-":
        return None
    given = fold(line.words[first].text)
    own = {fold(part) for hit in found.hits for alias in hit.entry.aliases for part in alias.text.split()[:1]}
    return None if given in own or len(given) == 1 else Piece(first, found.last, "PERSON")


def _with_given_names(line: Line, found: Found, pieces: Sequence[Piece]) -> Piece | None:
    """The same where the model reads the given names alone: "John Bel" before "Edwards"."""
    own = {fold(part) for hit in found.hits for alias in hit.entry.aliases for part in alias.text.split()[:1]}
    for piece in pieces:
        given = fold(line.words[piece.first].text)
        beside = piece.last == found.first and line.gap(found.first) == " " and piece.label == "PERSON"
        if beside and piece.last - piece.first == 2 and given in first_names() and given not in own:
            return Piece(piece.first, found.last, "PERSON")
    return None


@cache
def _landforms() -> frozenset[str]:
    """Words that make a place of the name before them: "Sound", "Springs"."""
    return word_list("en", "landforms.txt")


@cache
def _nation_words() -> frozenset[str]:
    """Words that leave a nation's name what it is: "UK government", "Russia forces"."""
    return word_list("en", "nation_words.txt")
