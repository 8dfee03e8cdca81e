from __future__ import annotations

from tests.admin.desk import Desk, admin_url, new_inline
from tests.factories import make_actor, make_event, make_place, make_statement
from timeline.models import Alias, Judgement
from timeline.models.actors import Actor


def verdicts() -> list[tuple[str, str, str, bool]]:
    return [(j.verdict, j.left, j.right, j.undone_at is None) for j in Judgement.objects.order_by("pk")]


def test_every_field_is_locked_under_its_name(desk: Desk) -> None:
    actor, group = make_actor("Olena Marchuk"), make_actor("Harbour council")
    country = make_place("Ukraine")

    desk.save(
        actor,
        {
            "name": "Olena Marchuk-Koval",
            "kind": "group",
            "role": "mayor",
            "description": "Of the harbour",
            "country": country.pk,
            "part_of": group.pk,
            "why": "New name",
        },
    )

    assert actor.locked_fields == {"name", "kind", "role", "description", "country", "part_of"}
    assert actor.corrections["name"]["why"] == "New name"


def test_a_new_name_is_a_spelling_too_and_the_old_one_stays(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk")

    desk.save(actor, {"name": "Olena Koval"})

    assert [(a.text, a.normal, a.by_hand) for a in actor.aliases.all()] == [
        ("Olena Koval", "olena koval", True),
        ("Olena Marchuk", "olena marchuk", False),
    ]


def test_a_spelling_that_is_taken_away_never_names_the_actor_again(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "O. Marchuk")

    desk.save(actor, {"aliases-0-DELETE": "on"})

    assert [alias.text for alias in actor.aliases.all()] == ["Olena Marchuk"]
    assert verdicts() == [("not an alias", actor.uid, "o marchuk", True)]


def test_a_spelling_that_is_given_again_ends_the_judgement(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "O. Marchuk")
    desk.save(actor, {"aliases-0-DELETE": "on"})
    form = desk.open(actor)

    desk.save(actor, new_inline("aliases", form, text="O. Marchuk", form="name"))

    assert verdicts() == [("not an alias", actor.uid, "o marchuk", False)]
    assert Alias.objects.get(text="O. Marchuk").by_hand


def test_a_corrected_spelling_replaces_the_old_one_for_good(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "Olana Marchuk")

    desk.save(actor, {"aliases-0-text": "Lena Marchuk"})

    assert {(a.text, a.normal) for a in actor.aliases.all()} == {
        ("Lena Marchuk", "lena marchuk"),
        ("Olena Marchuk", "olena marchuk"),
    }
    assert verdicts() == [("not an alias", actor.uid, "olana marchuk", True)]


def test_spellings_come_back_with_an_earlier_version(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "O. Marchuk")
    form = desk.open(actor)
    desk.save(actor, {"aliases-0-DELETE": "on", **new_inline("aliases", form, text="Lena", form="name")})

    desk.restore(actor, version=1)

    assert [alias.text for alias in actor.aliases.all()] == ["O. Marchuk", "Olena Marchuk"]
    assert verdicts() == [("not an alias", actor.uid, "o marchuk", False)]


def test_the_list_of_spellings_works_like_the_actors_page(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "O. Marchuk")
    alias = Alias.objects.get(text="O. Marchuk")

    desk.save(alias, {"text": "Lena"})
    assert (alias.normal, alias.by_hand) == ("lena", True)
    desk.delete(alias)

    assert verdicts() == [
        ("not an alias", actor.uid, "o marchuk", True),
        ("not an alias", actor.uid, "lena", True),
    ]


def test_deleting_an_actor_is_a_word_on_events_and_statements(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk")
    event = make_event("They sign", actor)
    statement = make_statement("We sign.", speaker=actor, event=event)

    desk.delete(actor)

    event.refresh_from_db()
    statement.refresh_from_db()
    assert Actor.objects.count() == 0
    assert (list(event.corrections), list(statement.corrections)) == (["actors"], ["speaker"])


def test_an_actor_is_found_by_any_spelling(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "Lena M.")
    make_actor("Pavlo Bondar")

    page = desk.client.get(admin_url(Actor, "changelist"), {"q": "lena m."})

    assert list(page.context["cl"].result_list) == [actor]


def test_a_spelling_given_twice_is_refused(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk")
    form = desk.open(actor)

    assert desk.refused(actor, new_inline("aliases", form, text="Olena Marchuk", form="name")) != []


def test_nobody_is_part_of_their_own_parts(desk: Desk) -> None:
    whole = make_actor("Harbour council")
    part = make_actor("Harbour board", part_of=whole)

    assert desk.refused(whole, {"part_of": part.pk}) == ["A thing is no part of itself, nor of its own parts."]
