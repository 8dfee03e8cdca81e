"""Which pairs are worth asking a person about, and in what words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.reconciliation.likeness import LIKELY, MOST, WEAK, Likeness, choose
from timeline.reconciliation.same_actor import ActorSide, compare_actors, name_keys
from timeline.reconciliation.same_event import EventSide, compare_events
from timeline.reconciliation.spelling import sounds_the_same
from timeline.vocabulary import ActorKind, EventKind, PartialDate

DAY = date(2025, 2, 28)


def person(*names: str, role: str = "", known: str = "") -> ActorSide:
    return side(*names, kind=ActorKind.PERSON, role=role, known=known)


def body(*names: str, known: str = "") -> ActorSide:
    return side(*names, kind=ActorKind.ORGANISATION, known=known)


def side(*names: str, kind: ActorKind, role: str = "", known: str = "") -> ActorSide:
    roles = (role,) if role else ()
    return ActorSide(names=frozenset(names), kind=kind, roles=roles, known=frozenset({known} if known else ()))


# --- actors --------------------------------------------------------------------------------------------------------

ALIKE = [
    (person("Olena Marchuk"), person("Olena Martschuk"), "the same name in another spelling"),
    (person("Sergei Romanov"), person("Sergey Romanoff"), "the same name in another spelling"),
    (person("Wolodymyr Selenskyj"), person("Volodymyr Zelensky"), "the same name in another spelling"),
    (person("Zelensky", role="President of Ukraine"), person("Volodymyr Selenskyj", role="Ukrainian President"),
     "the same surname, once alone, and the same office"),
    (person("J. Okafor"), person("James Okafor"), "initials of the same name"),
    (person("J. Okafor"), person("James Peter Okafor"), "initials of the same name"),
    (person("Bill Tanner"), person("William Tanner"), "a shorter form of the same name"),
    (person("Rosa Lind"), person("Rosa Lind Berg"), "a shorter form of the same name"),
    (person("Hilda Clarke"), person("Hilda Marsh Clarke"), "the same first name, and one surname of several"),
    (person("Nora Feld", role="mayor of Leeds"), person("Nora Ashby", role="Leeds mayor"),
     "the same first name and office, another surname"),
    (person("Jonathan Ashcroft"), person("Jonathan Ashcrott"), "nearly the same spelling"),
    (person("John Smith", role="mayor of Leeds"), person("John Smith", role="striker"),
     "the same name, but offices that nobody holds together"),
    (body("HRA"), body("Harbour Rescue Association"), "the initials of the other’s name"),
    (body("Brandt Motors"), body("Brandt Motors AG"), "a shorter form of the same name"),
    (body("Ruritanian Harbour Board", "Board of the Harbour"), body("Board of the Harbour"), "a name in common"),
    (body("Ukrainian Rail Board"), body("Rail Board of Ukraine"), "the same name in another form"),
    (side("White House", kind=ActorKind.GOVERNMENT, known="white-house"), body("US government"),
     "a seat of government, and the government that sits there"),
    (side("White House", kind=ActorKind.GOVERNMENT, known="white-house"), body("Trump administration"),
     "a seat of government, and the government that sits there"),
]  # fmt: skip
UNLIKE = [
    (person("Jane Smith"), person("John Smith")),
    (person("Mario Novak"), person("Maria Novak")),
    (person("Dan Smith"), person("Don Smith")),
    (person("Boris Johnson"), person("Lyndon Johnson")),
    (person("Robert"), person("Robert")),
    (person("Abdel al-Sisi"), person("Abdullah al-Jahafi")),
    (person("Hansen"), person("Gary Johnson")),
    (person("Olena Marchuk", role="singer"), person("Olena Martschuk", role="judge")),
    (person("Smith"), body("Smith")),
    (person("George Bush", known="george-bush"), person("George W. Bush", known="george-w-bush")),
    (body("Manchester United"), body("Manchester City")),
    (body("BTP", "British Transport Police"), body("Boston Tea Party")),
    (side("Niger", kind=ActorKind.STATE, known="niger"), side("Nigeria", kind=ActorKind.STATE, known="nigeria")),
    (side("Kremlin", kind=ActorKind.GOVERNMENT, known="kremlin"), body("US government")),
    (body("Ministry of Defence"), body("Ministry of Justice")),
]


@pytest.mark.parametrize(("one", "other", "reason"), ALIKE)
def test_what_may_be_one_actor_is_told_with_the_reason(one: ActorSide, other: ActorSide, reason: str) -> None:
    found = compare_actors(one, other)

    assert found is not None
    assert (found.reason, LIKELY <= found.score <= 1) == (reason, True)


@pytest.mark.parametrize(("one", "other", "reason"), ALIKE)
def test_whoever_may_be_one_meets_under_a_key(one: ActorSide, other: ActorSide, reason: str) -> None:
    assert name_keys(one) & name_keys(other)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_what_only_looks_alike_is_not_asked_about(one: ActorSide, other: ActorSide) -> None:
    assert compare_actors(one, other) is None


def test_a_surname_alone_is_weak() -> None:
    found = compare_actors(person("Okafor"), person("James Okafor"))

    assert found == Likeness(score=WEAK, reason="the same surname, once alone")


NAMES = st.lists(
    st.sampled_from(["Olena Marchuk", "O. Martschuk", "Marchuk", "HRA", "Harbour Rescue Association", "US government"]),
    min_size=1,
)
SIDES = st.builds(
    lambda names, kind, role: side(*names, kind=kind, role=role),
    NAMES,
    st.sampled_from(ActorKind),
    st.sampled_from(["", "striker", "mayor of Leeds", "former mayor"]),
)


@given(SIDES, SIDES)
def test_it_does_not_matter_which_of_two_is_asked_about(one: ActorSide, other: ActorSide) -> None:
    assert compare_actors(one, other) == compare_actors(other, one)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_every_word_sounds_like_itself(word: str) -> None:
    assert sounds_the_same(word, word)


# --- choosing ------------------------------------------------------------------------------------------------------


def like(score: float) -> Likeness:
    return Likeness(score=score, reason="alike")


def test_a_weak_likeness_counts_only_where_it_stands_alone() -> None:
    alone = {(1, 2): like(WEAK)}

    assert choose(alone) == alone
    assert choose({**alone, (2, 3): like(WEAK)}) == {}
    assert choose({**alone, (2, 3): like(0.9)}) == {(2, 3): like(0.9)}


def test_of_many_doubles_of_one_the_likeliest_are_asked_about() -> None:
    many = {(1, other): like(0.6 + other / 100) for other in range(2, 12)}

    assert sorted(other for _, other in choose(many)) == list(range(12 - MOST, 12))


# --- events --------------------------------------------------------------------------------------------------------


def event(
    title: str = "Marchuk signs the harbour treaty",
    *actors: int,
    kind: EventKind = EventKind.AGREEMENT,
    day: date = DAY,
    source: str = "a",
    when: PartialDate | None = None,
    country: str = "",
) -> EventSide:
    return EventSide(
        title=title,
        kind=kind,
        date=when or PartialDate.on(day),
        actors=actors,
        names=frozenset({"Olena Marchuk"}),
        country=country,
        sources=frozenset({source}),
    )


def test_two_tellings_of_one_treaty_are_asked_about() -> None:
    other = event("Treaty on the harbour is signed by Marchuk", 1, source="b")

    assert compare_events(event("Marchuk signs the harbour treaty", 1, 2), other) == Likeness(
        score=0.833, reason="titles alike, the same people, the same kind, the same day"
    )


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (event(day=DAY + timedelta(days=1), source="b"), "titles alike, the same kind, a day apart"),
        (event(when=PartialDate.until(DAY), source="b"), "titles alike, the same kind, days overlap"),
        (event(when=PartialDate.in_month(2025, 2), source="b"), "titles alike, the same kind, days overlap"),
    ],
)
def test_dates_that_go_together_are_told_in_words(other: EventSide, reason: str) -> None:
    found = compare_events(event(), other)

    assert found is not None
    assert found.reason == reason


@pytest.mark.parametrize(
    "other",
    [
        event(source="a"),
        event(day=DAY + timedelta(days=7), source="b"),
        event("Marchuk opens a school", 1, source="b"),
        event("Marchuk signs the harbour treaty", 3, source="b"),
        event(country="Norway", source="b"),
        event(when=PartialDate.until(DAY + timedelta(days=30)), source="b"),
        event("Marchuk speaks of the harbour", 1, kind=EventKind.STATEMENT, source="b"),
    ],
    ids=["one article", "a week later", "another deed", "others act", "elsewhere", "long after", "something said"],
)
def test_what_is_another_event_is_not_asked_about(other: EventSide) -> None:
    assert compare_events(event("Marchuk signs the harbour treaty", 1, country="Denmark"), other) is None


@given(st.permutations([event(), event("Treaty is signed", 1, source="b"), event("Harbour treaty", 2, source="c")]))
def test_it_does_not_matter_which_of_two_events_is_asked_about(tellings: list[EventSide]) -> None:
    one, other, _ = tellings

    assert compare_events(one, other) == compare_events(other, one)
