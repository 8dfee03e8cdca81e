"""Which two actors may be one, though nothing makes sure: found for a person to answer, never merged by a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from timeline.extraction.knowledge import load
from timeline.extraction.names import first_names, gender_of, is_short_for, nicknames, normal_form, words
from timeline.extraction.offices import Office, office_of
from timeline.reconciliation.identity import STOP_WORDS
from timeline.reconciliation.likeness import LIKELY, WEAK, Likeness
from timeline.reconciliation.spelling import LONG, closeness, sound, sounds_the_same
from timeline.vocabulary import ActorKind

# Two spellings of a whole name, a letter of which was mistyped.
MISTYPED = 0.9
# Where nothing else speaks for it: bodies have few spellings, and a surname alone is borne by many.
CLOSE_OF_BODIES, CLOSE_OF_SURNAMES = 0.8, 0.75
# What a firm or an office is called beside its name.
LEGAL = frozenset({
    "ag", "bank", "bv", "co", "company", "corp", "corporation", "foundation", "gmbh", "group", "holding", "holdings",
    "inc", "incorporated", "institute", "international", "limited", "llc", "lp", "ltd", "nv", "party", "plc", "sa",
    "se", "spa",
})  # fmt: skip
GOVERNING = frozenset({"administration", "cabinet", "government", "presidency"})
SHORTEST_ACRONYM, LONGEST_ACRONYM = 3, 7
# Words of a name with a country in it, by which it is found.
INDEXED = 5
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorSide:
    """One of two actors: the names it was met under, what it is and was called, its ids in the knowledge file."""

    names: frozenset[str]
    kind: ActorKind
    roles: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()

    @property
    def is_person(self) -> bool:
        return self.kind is ActorKind.PERSON

    @property
    def whole_names(self) -> frozenset[Name]:
        """The words of the normal forms; of a person's the surname alone only where nothing else is known."""
        forms = frozenset(tuple(form.split()) for text in self.names if (form := normal_form(text)))
        full = frozenset(form for form in forms if len(form) > 1)
        return full or forms if self.is_person else forms

    @property
    def offices(self) -> tuple[Office, ...]:
        return tuple(office for role in self.roles if (office := office_of(role)))


def name_keys(side: ActorSide) -> frozenset[str]:
    """The keys under which an actor meets those who may be the same: indexed, and compared by `compare_actors`."""
    keys = _person_keys(side) if side.is_person else _body_keys(side)
    return frozenset(key[:100] for key in keys)


def compare_actors(one: ActorSide, other: ActorSide) -> Likeness | None:
    """Why two actors may be one, or None. The knowledge file tells those apart whom it has under two ids."""
    if one.is_person is not other.is_person or (one.known and other.known):
        return None
    found = _compare_persons(one, other) if one.is_person else _compare_bodies(one, other)
    return max(found, key=lambda each: (each.score, each.reason), default=None)


# --- persons -------------------------------------------------------------------------------------------------------


def _person_keys(side: ActorSide) -> Iterator[str]:
    for name in side.whole_names:
        first, last = name[0], name[-1]
        yield f"surname {sound(last)}"
        for office in side.offices:
            held = f"{office.noun} {' '.join(sorted(office.seat))}"
            yield f"office {held} {sound(last)}"
            if len(name) > 1 and office.seat:
                yield f"first {held} {sound(first)}"
        for later in name[1:] if len(name) > 1 else ():
            yield f"name {sound(first)[:1]} {sound(later)}"
        if len(name) > 1:
            yield f"typed {first} {last[:1]}"


def _compare_persons(one: ActorSide, other: ActorSide) -> Iterator[Likeness]:
    beside = bool(one.offices and other.offices) and all(a.is_beside(b) for a, b in product(one.offices, other.offices))
    same_office = next((a for a, b in product(one.offices, other.offices) if _is_one_office(a, b)), None)
    for a, b in product(one.whole_names, other.whole_names):
        if _are_two_genders(a, b):
            continue
        if a == b and beside:
            yield Likeness(score=LIKELY, reason="the same name, but offices that nobody holds together")
        elif not beside:
            yield from _compare_names(a, b, same_office)


def _compare_names(a: Name, b: Name, office: Office | None) -> Iterator[Likeness]:
    also = ", and the same office" if office else ""
    more = 0.1 if office else 0.0
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        if _is_surname(short[0]) and (short[-1] == long[-1] or _is_rare_sound(short[0], long[-1])):
            once = "surname, once alone" if len(long) > 1 else "surname alone"
            yield Likeness(score=WEAK + 2 * more, reason=f"the same {once}{also}")
    elif a == b:
        yield Likeness(score=0.9, reason=f"the same name{also}")
    elif len(a) == len(b) and all(map(sounds_the_same, a, b)):
        yield Likeness(score=0.85 + more, reason=f"the same name in another spelling{also}")
    elif is_short_for(short, long) or is_short_for(long, short):
        form = "initials" if 1 in (len(a[0]), len(b[0])) else "a shorter form"
        yield Likeness(score=0.75 + more, reason=f"{form} of the same name{also}")
    elif _is_one_word(a[0], b[0]) and all(any(_is_one_word(one, other) for other in long[1:]) for one in short[1:]):
        yield Likeness(score=0.65 + more, reason=f"the same first name, and one surname of several{also}")
    elif _is_initial_of(a[0], b[0]) and _is_one_word(a[-1], b[-1]):
        yield Likeness(score=LIKELY + more, reason=f"initials of the same name{also}")
    elif _is_mistyped(a, b):
        yield Likeness(score=LIKELY + more, reason=f"nearly the same spelling{also}")
    elif office and office.seat and a[-1] == b[-1]:
        yield Likeness(score=LIKELY, reason="the same surname and office, another first name")
    elif office and office.seat and a[0] == b[0]:
        yield Likeness(score=LIKELY, reason="the same first name and office, another surname")


def _is_one_word(one: str, other: str) -> bool:
    return sounds_the_same(one, other) or one in nicknames().get(other, ()) or other in nicknames().get(one, ())


def _is_surname(word: str) -> bool:
    """Whether a word alone is no first name, which many bear."""
    return word.title() not in first_names()


def _is_rare_sound(one: str, other: str) -> bool:
    """Whether two words are spellings of one that seldom sounds like a third."""
    return len(sound(one)) >= LONG and sounds_the_same(one, other) and closeness(one, other) >= CLOSE_OF_SURNAMES


def _is_initial_of(one: str, other: str) -> bool:
    return one != other and min(len(one), len(other)) == 1 and one[0] == other[0]


def _is_mistyped(one: Name, other: Name) -> bool:
    """Whether two names of as many words differ by a letter or two; not those of two known first names."""
    if len(one) != len(other) or one[0][0] != other[0][0] or closeness(" ".join(one), " ".join(other)) < MISTYPED:
        return False
    return one[0] == other[0] or not all(name[0].title() in first_names() for name in (one, other))


def _is_one_office(one: Office, other: Office) -> bool:
    return one.noun == other.noun and (bool(one.seat & other.seat) or not (one.seat or other.seat))


def _are_two_genders(one: Name, other: Name) -> bool:
    told = {gender_of(" ".join(name).title()) for name in (one, other)} - {None}
    return len(told) == 2


# --- bodies, states and groups -------------------------------------------------------------------------------------


def _body_keys(side: ActorSide) -> Iterator[str]:
    for name in side.names:
        parts = _body_words(name)
        own = [part for part in parts if part not in LEGAL]
        if own and side.kind is not ActorKind.STATE:
            yield f"body {' '.join(sorted(map(sound, own)))}"
            yield f"begins {sound(own[0])}"
            nations = set(load().nations(words(name)).values())
            yield from (f"nation {nation} {part}" for nation in nations for part in own[:INDEXED] if part != nation)
    yield from (f"acronym {short}" for short in _acronyms(side) | {i for name in side.names for i in _initials(name)})
    if nation := _seat_of_government(side) or _government(side):
        yield f"government {nation}"


def _compare_bodies(one: ActorSide, other: ActorSide) -> Iterator[Likeness]:
    for short, long in ((one, other), (other, one)):
        if len(_acronyms(short)) == len(short.names) and any(_initials(name) & _acronyms(short) for name in long.names):
            yield Likeness(score=0.75, reason="the initials of the other’s name")
        if (nation := _seat_of_government(short)) and nation == _government(long):
            yield Likeness(score=LIKELY, reason="a seat of government, and the government that sits there")
    for a, b in product(map(_body_words, one.names), map(_body_words, other.names)):
        if a and b and ActorKind.STATE not in (one.kind, other.kind):
            yield from _compare_words(a, b)


def _compare_words(a: Name, b: Name) -> Iterator[Likeness]:
    short, long = sorted((frozenset(a), frozenset(b)), key=len)
    if a == b:
        yield Likeness(score=0.85, reason="a name in common")
    elif short == long:
        yield Likeness(score=0.8, reason="the same name in another form")
    elif short < long and long - short <= LEGAL:
        yield Likeness(score=0.75, reason="a shorter form of the same name")
    elif short < long and long - short <= set(load().countries):
        yield Likeness(score=WEAK, reason="perhaps a shorter form of the same name")
    elif (
        len(a) == len(b) and all(map(sounds_the_same, a, b)) and closeness(" ".join(a), " ".join(b)) >= CLOSE_OF_BODIES
    ):
        yield Likeness(score=0.75, reason="the same name in another spelling")


def _body_words(name: str) -> Name:
    """The content words of a name in order, countries and their peoples by the country's id."""
    text = words(name)
    nations = load().nations(text)
    found = (nations.get(at) or normal_form(word.text) for at, word in enumerate(text))
    return tuple(dict.fromkeys(word for word in found if word and word not in STOP_WORDS))


def _acronyms(side: ActorSide) -> frozenset[str]:
    bare = (name.replace(".", "") for name in side.names)
    return frozenset(
        name.lower()
        for name in bare
        if name.isupper() and name.isalnum() and SHORTEST_ACRONYM <= len(name) <= LONGEST_ACRONYM
    )


def _initials(name: str) -> frozenset[str]:
    """The first letters of a name's words, with and without the small ones."""
    every = [word.text[0].lower() for word in words(name) if word.text[0].isalpha() and word.text.lower() != "the"]
    large = [
        word.text[0].lower() for word in words(name) if word.text[0].isalpha() and word.text.lower() not in STOP_WORDS
    ]
    return frozenset("".join(letters) for letters in (every, large) if len(letters) >= SHORTEST_ACRONYM)


def _seat_of_government(side: ActorSide) -> str | None:
    """The country of a house that stands for its government: "White House"."""
    if any(word.text.lower() in GOVERNING for name in side.names for word in words(name)):
        return None
    entries = (load().by_id.get(known) for known in side.known)
    return next((one.country for one in entries if one and one.kind is ActorKind.GOVERNMENT), None)


def _government(side: ActorSide) -> str | None:
    """The country whose government a name is: "US government", "Trump administration"."""
    for name in side.names:
        text = words(name)
        if len(text) > 1 and text[-1].text.lower() in GOVERNING and not side.known:
            nation = next(iter(load().nations(text).values()), None)
            led = (hit.entry.country for found in load().find(text) for hit in found.hits)
            return nation or next(led, None)
    return None
