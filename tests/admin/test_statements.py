from __future__ import annotations

from datetime import date

import pytest

from tests.admin.desk import Desk, new_inline
from tests.factories import make_actor, make_article, make_event, make_statement
from timeline.models import Judgement, Statement
from timeline.vocabulary import PartialDate


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("text", "We signed.", "We signed."),
        ("kind", "indirect", "indirect"),
        ("medium", "radio", "radio"),
        ("addressee", "the crowd", "the crowd"),
        ("cue", "shouted", "shouted"),
        ("hedged", "on", True),
        ("status", "disputed", "disputed"),
    ],
)
def test_every_field_is_locked_under_its_name(desk: Desk, field: str, value: str, stored: object) -> None:
    statement = make_statement("We sign.")

    desk.save(statement, {field: value})

    assert (getattr(statement, field), list(statement.corrections)) == (stored, [field])


def test_another_speaker_and_event_are_locked(desk: Desk) -> None:
    one, two = make_actor("Olena Marchuk"), make_actor("Pavlo Bondar")
    event = make_event()
    statement = make_statement("We sign.", speaker=one)

    desk.save(statement, {"speaker": two.pk, "event": event.pk})

    assert (statement.speaker, statement.event) == (two, event)
    assert statement.locked_fields == {"speaker", "event"}


def test_its_own_date_moves_the_statement(desk: Desk) -> None:
    early = make_statement("First", date=PartialDate.on(date(2025, 1, 1)))
    statement = make_statement("We sign.", date=PartialDate.on(date(2025, 2, 1)))

    desk.save(statement, {"when": "2024-12"})

    assert list(Statement.objects.oldest_first()) == [statement, early]
    assert (statement.basis, list(statement.corrections)) == ("human", ["date"])


def test_a_statement_is_added_by_hand_with_its_passage(desk: Desk) -> None:
    speaker = make_actor("Olena Marchuk")
    event = make_event("They sign", speaker)
    article = make_article("Olena Marchuk said: “We sign today.” She left.")
    form = desk.open(Statement)

    desk.save(
        Statement,
        {
            "text": "We sign today.",
            "kind": "direct",
            "speaker": speaker.pk,
            "event": event.pk,
            **new_inline("evidence", form, article=article.pk, exact="We sign today.", stance="supports"),
        },
    )

    statement = Statement.objects.get()
    assert statement.locked_fields == {"text", "kind", "speaker", "event", "status"}
    assert (statement.status, statement.date, statement.speaker_as_written) == (
        "confirmed",
        event.date,
        "Olena Marchuk",
    )
    assert statement.evidence.get().start == article.text.index("We sign")


def test_a_deleted_statement_without_mentions_leaves_no_judgement(desk: Desk) -> None:
    desk.delete(make_statement("We sign."))

    assert (Statement.objects.count(), Judgement.objects.count()) == (0, 0)
