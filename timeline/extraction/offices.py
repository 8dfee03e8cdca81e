"""What an office as written says: of which field of work it is, and where it is held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from timeline.extraction.knowledge import load
from timeline.extraction.names import fold, table, words

# What is held no longer, or not yet, may be anything else meanwhile.
_OTHER_TIMES = frozenset({"former", "formerly", "ex", "late", "then", "retired", "outgoing", "onetime", "designate",
                          "elect", "candidate", "nominee", "hopeful", "contender"})  # fmt: skip
_LINKS = frozenset({"of", "for", "at", "in"})
_NO_PLACES = _LINKS | _OTHER_TIMES | {"the", "and", "a", "an", "s", "vice", "deputy", "acting", "interim", "republican",
                                      "democratic", "labour", "conservative", "liberal"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`noun` is the word that names it, `field` its field of work or ''; `seat` the country ids and words that say
    where it is held, of offices that one person holds in one place only; `now` whether it is held."""

    noun: str
    field: str
    seat: frozenset[str]
    now: bool

    def is_beside(self, other: Office) -> bool:
        """Whether nobody holds both at a time: "mayor of Leeds" and "striker", or two mayors of two towns."""
        if not (self.now and other.now):
            return False
        if self.noun == other.noun:
            return bool(self.seat and other.seat) and self.seat.isdisjoint(other.seat)
        return bool(self.field and other.field) and self.field != other.field


@lru_cache(maxsize=10_000)
def office_of(role: str) -> Office | None:
    """The office that a role as written names ("Ukrainian President", "mayor of Leeds"), None where it names none that
    the lexicon has."""
    text = words(role)
    keys = [fold(word.text).casefold() for word in text]
    link = next((n for n, key in enumerate(keys) if key in _LINKS), len(keys))
    head = next((n for n in reversed(range(link)) if keys[n] in _fields()), None)
    if head is None:
        return None
    field, *held = _fields()[keys[head]]
    nations = load().nations(text) if held else {}
    seat = set(nations.values())
    for n, key in enumerate(keys) if "seat" in held else ():
        told = n > link or (n < head and text[n].is_capitalised)
        if told and n not in nations and key not in _NO_PLACES and key.isalnum():
            seat.add(key)
    return Office(noun=keys[head], field=field, seat=frozenset(seat), now=_OTHER_TIMES.isdisjoint(keys))


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    """Of each noun its field of work, and "seat" or "nation" where it is held in one place or country at a time."""
    return {row[0]: tuple(row[1:]) for row in table("en", "fields.tsv")}
