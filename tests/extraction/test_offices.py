from __future__ import annotations

from itertools import product

import pytest

from timeline.extraction.offices import Office, _fields, office_of


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("mayor of Leeds", Office(noun="mayor", field="state", seat=frozenset({"leeds"}), now=True)),
        ("Leeds mayor", Office(noun="mayor", field="state", seat=frozenset({"leeds"}), now=True)),
        ("Manchester United striker", Office(noun="striker", field="sport", seat=frozenset(), now=True)),
        ("U.S. President", Office(noun="president", field="", seat=frozenset({"united-states"}), now=True)),
        ("President-elect", Office(noun="president", field="", seat=frozenset(), now=False)),
        ("ex-mayor", Office(noun="mayor", field="state", seat=frozenset(), now=False)),
        ("spokesman", None),
        ("", None),
    ],
)
def test_a_role_tells_the_office_its_field_and_where_it_is_held(role: str, office: Office | None) -> None:
    assert office_of(role) == office


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mayor of Leeds", "striker"),
        ("mayor of Leeds", "Boston mayor"),
        ("Governor of Ohio", "Texas Governor"),
        ("Senator", "goalkeeper"),
        ("President of Ukraine", "Belarusian President"),
        ("Judge", "singer"),
        ("bishop of Bath", "Bishop of Lyon"),
    ],
)
def test_nobody_holds_both_at_a_time(one: str, other: str) -> None:
    assert [_are_beside(*pair) for pair in ((one, other), (other, one))] == [True, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("President-elect", "President of the United States"),
        ("Senator", "Vice President of the United States"),
        ("former striker", "mayor of Leeds"),
        ("Foreign Minister of Ukraine", "Prime Minister of Ukraine"),
        ("Prime Minister", "Defence Minister"),
        ("US President", "President of the United States"),
        ("British Prime Minister", "prime minister of the United Kingdom"),
        ("New York City mayor", "mayor of New York"),
        ("general", "president"),
        ("head coach", "striker"),
        ("businessman", "President of the United States"),
        ("presidential candidate and singer", "Senator"),
    ],
)
def test_one_person_may_be_called_both(one: str, other: str) -> None:
    assert [_are_beside(*pair) for pair in ((one, other), (other, one))] == [False, False]


def test_nobody_stands_beside_themselves() -> None:
    offices = [office for noun, place in product(_fields(), ("", " of Leeds")) if (office := office_of(noun + place))]

    assert [office for office in offices if office.is_beside(office)] == []


def _are_beside(one: str, other: str) -> bool:
    a, b = office_of(one), office_of(other)
    assert a is not None or b is not None
    return a is not None and b is not None and a.is_beside(b)
