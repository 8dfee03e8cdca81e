"""Bodies that many nations have: whose a "Coast Guard" is by the word for a nation before or behind it.

A known body is only meant where its own nation is named there, or none. "Philippine Coast Guard" and "Supreme Court of
Kenya" are bodies of their own, and so is what a nation's name opens: "United States Maritime Alliance".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from timeline.extraction.knowledge import Found, Hit
from timeline.extraction.names import Word, first_names, fold, honorifics, name_titles, table, titles, word_list
from timeline.vocabulary import ActorKind, MentionForm

_LONGEST = 6  # words behind a nation's in the name of a body
_JOINTS = frozenset({"of", "for"})


@dataclass(frozen=True, slots=True)
class NationalBody:
    """The words first to last (exclusive) that name one body; `hits` where it is a known one.

    Where they are no name after all ("Democratic" in "an Italian Democratic senator") they name nobody.
    """

    first: int
    last: int
    hits: tuple[Hit, ...] = ()
    is_name: bool = True


def national_bodies(text: str, words: Sequence[Word], known: Sequence[Found]) -> Iterator[NationalBody]:
    """The bodies of nations among the known names of a text, and those named for what they stand for, in text order."""
    starts = {found.first: found for found in known}
    nations = {found.first: found for found in known if _is_nation(found)}
    ends = {found.last: found for found in nations.values()}
    done = 0
    for found in known:
        if found.first < done or not found.hits:
            continue
        following = starts.get(found.last)
        body = None
        if _is_common(found):
            body = (
                _of_its_nation(text, words, found, nations, ends)
                or _part_of_a_cause(text, words, found, starts)
                or _another_party(text, words, found)
            )
        elif found.hits[0].entry.trade in ("outlet", "agency"):
            body = _edition(text, words, found, nations)
        elif found.first in nations and (following is None or not _is_common(following)):
            body = _opened_by(text, words, found, starts)
        if body is not None:
            done = body.last
            yield body


def _is_nation(found: Found) -> bool:
    return any(hit.entry.kind is ActorKind.STATE and not hit.alias.capital for hit in found.hits)


def _is_common(found: Found) -> bool:
    """Whether a known name is a body's that others have too, as it only says what the body is."""
    if not found.hits:
        return False
    hit = found.hits[0]
    if hit.entry.kind is not ActorKind.ORGANISATION or hit.entry.trade:
        return False
    if hit.alias.generic or hit.alias.form is MentionForm.DEMONYM or hit.alias.text in _branches():
        return True
    parts = hit.alias.text.split()
    return hit.entry.country is not None and len(parts) > 1 and parts[-1] in body_words() and "of" not in parts


def _of_its_nation(
    text: str, words: Sequence[Word], found: Found, nations: Mapping[int, Found], ends: Mapping[int, Found]
) -> NationalBody | None:
    """A body whose nation stands before it, or behind an "of"."""
    first, last, owner = found.first, found.last, None
    before = ends.get(first)
    if before is not None and _gap(text, words, first) == " ":
        first, owner = before.first, before
    elif first > 2 and words[first - 1].text == "s" and words[first - 2].text == "'":
        owner = ends.get(first - 2)
    elif last + 1 < len(words) and words[last].text == "of":
        owner = nations.get(last + 1 + (words[last + 1].text == "the"))
        last = owner.last if owner is not None else last
    if owner is None:
        return None
    countries = {hit.entry.country for hit in owner.hits if hit.entry.kind is ActorKind.STATE}
    own = tuple(hit for hit in found.hits if hit.entry.country in countries)
    end = last
    while not own and end < len(words) and words[end].text in body_words() and _gap(text, words, end) == " ":
        end += 1
    adjective = found.hits[0].alias.form is MentionForm.DEMONYM and not words[last - 1].text.endswith("s")
    if adjective and end == last:
        return None if own else NationalBody(found.first, found.last, is_name=False)
    return NationalBody(first, end, own)


def _part_of_a_cause(text: str, words: Sequence[Word], found: Found, known: Mapping[int, Found]) -> NationalBody | None:
    """A name that goes on over "for": "the Umbrella for Democratic Change", no matter of the Democratic Party."""
    at = found.first - 1
    if at < 1 or words[at].text != "for" or found.hits[0].alias.form is not MentionForm.DEMONYM:
        return None
    last = found.last
    while last < len(words) and words[last].is_capitalised and _gap(text, words, last) == " " and last not in known:
        last += 1
    first = at
    while first and words[first - 1].is_capitalised and words[first - 1].text != "The":
        first -= 1
        if _gap(text, words, first) != " ":
            break
    if last == found.last or first == at or any(_is_office(word.text) for word in words[first:last]):
        return None
    return NationalBody(first, last)


def _another_party(text: str, words: Sequence[Word], found: Found) -> NationalBody | None:
    """The "Social Democrats", who are no Democrats of the United States."""
    at = found.first - 1
    if at < 0 or words[at].text not in _party_words() or _gap(text, words, found.first) != " ":
        return None
    if found.hits[0].alias.form is not MentionForm.DEMONYM:
        return None
    plural = words[found.last - 1].text.endswith("s")
    return NationalBody(at, found.last) if plural else NationalBody(found.first, found.last, is_name=False)


def _edition(text: str, words: Sequence[Word], outlet: Found, nations: Mapping[int, Found]) -> NationalBody | None:
    """An outlet's edition of a country, "CNN Philippines"; none at the end of another name, "The Last Guardian"."""
    nation = nations.get(outlet.last)
    if nation is not None and _gap(text, words, outlet.last) == " ":
        named = nation.hits[0].alias.form is MentionForm.NAME
        office = nation.last < len(words) and _is_office(words[nation.last].text)
        return NationalBody(outlet.first, nation.last) if named and not office else None
    before = outlet.first - 1
    if outlet.last - outlet.first > 1 or outlet.hits[0].entry.trade != "outlet" or before < 1:
        return None
    ends = words[before].is_capitalised and _gap(text, words, outlet.first) == _gap(text, words, before) == " "
    if ends and words[outlet.first].text.istitle() and words[before].text != "The" and words[before - 1].text == "The":
        return NationalBody(outlet.first, outlet.last, is_name=False)
    return None


def _opened_by(text: str, words: Sequence[Word], nation: Found, known: Mapping[int, Found]) -> NationalBody | None:
    """A nation's name and capitalised words behind it, the last of which say that all is a body's."""
    last = end = nation.last
    while last < len(words) and last - nation.last < _LONGEST and _gap(text, words, last) == " ":
        if words[last].text in _JOINTS and end == last > nation.last and last + 1 < len(words):
            if not words[last + 1].is_capitalised or last + 1 in known:
                break
            last += 1
        other = known.get(last)
        if not words[last].is_capitalised or _is_office(words[last].text) or (other and not _is_common(other)):
            break
        joined = words[last - 1].text in _JOINTS
        last = other.last if other else last + 1
        if joined or words[last - 1].text in body_words():
            end = last
    if end == nation.last or (end == nation.last + 1 and words[nation.last].text.lower() in _leave_the_nation()):
        return None
    if end < len(words) and _gap(text, words, end) == " " and _is_office(words[end].text):
        return None  # "U.S. District Court Judge X"
    royal = nation.first and words[nation.first - 1].text == "Royal" and _gap(text, words, nation.first) == " "
    return NationalBody(nation.first - bool(royal), end)


def _is_office(word: str) -> bool:
    lower = word.lower()
    return lower in titles() or lower in name_titles() or lower in honorifics() or fold(word) in first_names()


def _gap(text: str, words: Sequence[Word], n: int) -> str:
    return text[words[n - 1].end : words[n].start] if 0 < n < len(words) else "\n"


@cache
def body_words() -> frozenset[str]:
    """Words that make a body of the name before them, and are nobody's surname."""
    return word_list("en", "body_words.txt") | {row[0] for row in table("en", "institutions.txt") if len(row) == 1}


@cache
def _branches() -> frozenset[str]:
    """Names of bodies that have a branch in many countries: "Red Cross"."""
    return word_list("en", "branches.txt")


@cache
def _party_words() -> frozenset[str]:
    """Words before "Democrats" and the like that make another party of them."""
    return word_list("en", "party_words.txt")


@cache
def _leave_the_nation() -> frozenset[str]:
    return word_list("en", "nation_words.txt")
