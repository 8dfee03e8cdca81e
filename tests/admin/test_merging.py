"""Merging and splitting at the desk: by list, by page, and back in one click."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.admin.desk import Desk, admin_url, errors, fields_of, forget_history, text_of
from tests.factories import make_actor, make_article, make_event, make_evidence, make_statement
from timeline.models import Actor, Alias, Event, Judgement, Participation, Statement


def merge(desk: Desk, kept: Model, *others: Model, why: str = "") -> Any:
    """Select them in their list, choose the one that is kept, and agree."""
    page = desk.act("merge_selected", [kept, *others])
    data = fields_of(page.content, "merge_form")
    url = page.redirect_chain[-1][0]
    return desk.client.post(url, {**data, "kept": kept.pk, "why": why}, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def undo(desk: Desk, gone: Model) -> Any:
    judgement = Judgement.objects.filter(verdict="same").latest("pk")
    return desk.client.post(admin_url(gone, "unmerge", judgement.pk), follow=True)


def test_selected_actors_become_one_and_the_page_says_what_moved(desk: Desk) -> None:
    kept, gone, other = make_actor("Zelenskyy"), make_actor("Zelensky", "Mr Zelensky"), make_actor("Zelenskiy")
    event = make_event("They meet", gone)
    make_statement("I leave.", speaker=other)

    response = merge(desk, kept, gone, other, why="One man, three spellings")

    assert said(response) == [
        "“Zelenskiy” and “Zelensky” merged into “Zelenskyy”. Moved: 1 event, 1 statement, 3 spellings."
    ]
    assert response.redirect_chain[-1][0] == admin_url(kept)
    assert [part.actor for part in event.participations.all()] == [kept]
    page = text_of(response.content)
    assert "Zelensky, by edith on" in page
    assert "because: One man, three spellings" in page


def test_the_entries_stand_side_by_side_with_what_tells_them_apart(desk: Desk) -> None:
    one, other = make_event("They meet", make_actor("Olena Marchuk")), make_event("They talk")
    make_evidence(one, make_article("The two meet in Oslo."), "meet in Oslo")

    page = text_of(desk.act("merge_selected", [one, other]).content)

    assert "Keep “They meet”" in page
    assert "Olena Marchuk" in page
    assert "The two meet in Oslo." in page
    assert "28 February 2025" in page


@pytest.mark.parametrize("number", [1, 11])
def test_one_entry_alone_and_more_than_ten_are_not_merged(desk: Desk, number: int) -> None:
    actors = [make_actor(f"Actor {n}") for n in range(number)]

    assert said(desk.act("merge_selected", actors)) == ["Choose 2 to 10 entries to merge."]


def test_a_merge_needs_to_know_which_one_is_kept(desk: Desk) -> None:
    page = desk.act("merge_selected", [make_actor("One"), make_actor("Two")])

    response = desk.client.post(page.redirect_chain[-1][0], fields_of(page.content, "merge_form"))

    assert errors(response) == ["Choose which one is kept."]
    assert not Judgement.objects.exists()


def test_a_stale_page_merges_nothing_and_loses_nothing_typed(desk: Desk) -> None:
    one, two = make_actor("One"), make_actor("Two")
    page = desk.act("merge_selected", [one, two])
    data = {**fields_of(page.content, "merge_form"), "kept": one.pk, "why": "Same man"}
    desk.save(two, {"role": "minister"})

    response = desk.client.post(page.redirect_chain[-1][0], data)

    assert errors(response)[0].startswith("Somebody, or a new reading, has changed one of these")
    again = fields_of(response.content, "merge_form")
    assert (again["why"], again["kept"]) == (["Same man"], [str(one.pk)])
    desk.client.post(page.redirect_chain[-1][0], again)
    two.refresh_from_db()
    assert two.kept == one


def test_merge_with_finds_the_other_by_typing(desk: Desk) -> None:
    one, two = make_actor("Olena Marchuk"), make_actor("Olena Martschuk")
    url = admin_url(one, "merge_with")
    assert desk.client.get(url).status_code == 200

    response = desk.client.post(url, {"other": two.pk}, follow=True)

    assert [column.entry for column in response.context["columns"]] == [one, two]
    found = desk.client.get(
        "/admin/autocomplete/",
        {"term": "martsch", "app_label": "timeline", "model_name": "actor", "field_name": "merged_into"},
    )
    assert [row["text"] for row in found.json()["results"]] == ["Olena Martschuk"]


@pytest.mark.parametrize("kind", ["actor", "event", "statement"])
def test_one_click_undoes_a_merge_from_either_page(desk: Desk, kind: str) -> None:
    make: Any = {"actor": make_actor, "event": make_event, "statement": make_statement}[kind]
    kept, gone = make("One of them"), make("The other one")
    merge(desk, kept, gone, why="Same")

    merged = text_of(desk.client.get(admin_url(gone)).content)
    response = undo(desk, gone)

    assert "It was merged into" in merged
    assert "Undo the merge" in merged
    assert said(response)[0].startswith("The merge is undone:")
    gone.refresh_from_db()
    assert gone.merged_into is None
    assert Judgement.objects.filter(verdict="different", undone_at=None).count() == 1


def test_a_visit_to_the_address_of_undoing_changes_nothing(desk: Desk) -> None:
    kept, gone = make_actor("One"), make_actor("Two")
    merge(desk, kept, gone)

    desk.client.get(admin_url(gone, "unmerge", Judgement.objects.get().pk))

    gone.refresh_from_db()
    assert gone.merged_into == kept


def test_what_is_merged_is_in_no_list_and_cannot_be_changed(desk: Desk) -> None:
    kept, gone = make_event("They meet"), make_event("They talk")
    make_statement("We talk.", event=gone)
    merge(desk, kept, gone)

    assert "They talk" not in text_of(desk.client.get(admin_url(Event, "changelist")).content)
    assert desk.client.post(admin_url(gone), {"title": "They shout"}).status_code in (200, 403)
    gone.refresh_from_db()
    assert gone.title == "They talk"
    assert desk.client.get(admin_url(gone, "delete")).status_code == 403


def test_old_addresses_lead_to_the_kept_one(desk: Desk, client: Client) -> None:
    one, two, three = make_actor("One"), make_actor("Two"), make_actor("Three")
    first, second = make_event("They meet"), make_event("They talk")
    merge(desk, two, one)
    merge(desk, three, two)
    merge(desk, first, second)

    assert client.get(one.get_absolute_url()).headers["Location"] == three.get_absolute_url()
    assert client.get(second.get_absolute_url()).headers["Location"] == first.get_absolute_url()
    assert "They talk" not in client.get("/").content.decode()
    assert "They talk" not in client.get("/timeline.csv").getvalue().decode()


def test_history_tells_of_the_merge_at_both_and_at_all_that_moved(desk: Desk) -> None:
    kept, gone = make_actor("Zelenskyy"), make_actor("Zelensky")
    event = make_event("They meet", gone)
    statement = make_statement("I leave.", speaker=gone)
    forget_history()

    merge(desk, kept, gone, why="One man")

    (by, why, changes), *_ = desk.history(kept)
    assert (by, why) == ("edith", "merged “Zelensky” into “Zelenskyy”: One man")
    assert ("text", "", "Zelensky") in changes
    assert ("merged into", "", "Zelenskyy") in desk.history(gone)[0][2]
    assert ("actor", "Zelensky", "Zelenskyy") in desk.history(event)[0][2]
    assert ("speaker", "Zelensky", "Zelenskyy") in desk.history(statement)[0][2]


def test_a_merge_of_many_rows_asks_as_many_questions_as_one_of_few(desk: Desk) -> None:
    counts = []
    # Names that nobody takes for each other: what may be one is asked about apart.
    for number, name, other in ((2, "Alder", "Birch"), (12, "Juniper", "Willow")):
        kept, gone = make_actor(name), make_actor(other, *(f"{other}{n}" for n in range(5)))
        for n in range(number):
            make_event(f"Event {n}", gone)
            make_statement(f"Words {n}", speaker=gone)
        with CaptureQueriesContext(connection) as asked:
            merge(desk, kept, gone)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_actor_is_split_by_spellings_with_what_was_said_under_them(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk", "Olena Bondar")
    under = make_statement("I go.", speaker=actor, speaker_as_written="Olena Bondar")
    chosen, left = make_statement("I stay.", speaker=actor), make_statement("I wait.", speaker=actor)
    url = admin_url(actor, "split")
    data = fields_of(desk.client.get(url).content, "split_form")
    alias = actor.aliases.get(text="Olena Bondar")

    response = desk.client.post(
        url, {**data, "aliases": [alias.pk], "statements": [chosen.pk], "why": "Two women"}, follow=True
    )

    other = Actor.objects.get(name="Olena Bondar")
    assert said(response)[0].startswith("“Olena Bondar” is an entry of its own now.")
    assert set(Statement.objects.filter(speaker=other)) == {under, chosen}
    assert set(Statement.objects.filter(speaker=actor)) == {left}
    assert Alias.objects.get(text="Olena Bondar").actor == other
    assert desk.history(actor)[0][:2] == ("edith", "split “Olena Marchuk”: Two women")
    verdicts = set(Judgement.objects.filter(undone_at=None).values_list("verdict", flat=True))
    assert verdicts == {"different", "not an alias"}


def test_all_spellings_cannot_be_split_off(desk: Desk) -> None:
    actor = make_actor("Olena Marchuk")

    response = desk.client.post(admin_url(actor, "split"), {"aliases": [actor.aliases.get().pk]})

    assert errors(response) == ["Leave at least one spelling: somebody must be left who bears it."]


def test_an_event_is_split_by_passages(desk: Desk) -> None:
    event, article = make_event("They meet", make_actor("Rosa Lind")), make_article("They meet. They part again.")
    make_evidence(event, article, "They meet.")
    passage = make_evidence(event, article, "They part again.")
    url = admin_url(event, "split")
    data = fields_of(desk.client.get(url).content, "split_form")

    desk.client.post(url, {**data, "passages": [passage.pk], "title": "They part"})

    other = Event.objects.get(title="They part")
    assert [row.exact for row in event.evidence.all()] == ["They meet."]
    assert [row.exact for row in other.evidence.all()] == ["They part again."]
    assert Participation.objects.filter(event=other).count() == 1
    assert (other.status, other.sources) == ("confirmed", 1)


def test_a_statement_is_split_by_passages(desk: Desk) -> None:
    statement = make_statement("We go.", speaker=make_actor("Rosa Lind"))
    make_evidence(statement, make_article("“We go,” she said."), "We go")
    passage = make_evidence(statement, make_article("“We run,” she said."), "We run")
    url = admin_url(statement, "split")
    data = fields_of(desk.client.get(url).content, "split_form")

    desk.client.post(url, {**data, "passages": [passage.pk]})

    other = Statement.objects.get(text="We run")
    assert [row.exact for row in statement.evidence.all()] == ["We go"]
    assert (str(other.speaker), other.status) == ("Rosa Lind", "confirmed")


def test_undoing_a_judgement_in_its_list_undoes_the_merge(desk: Desk) -> None:
    kept, gone = make_actor("One"), make_actor("Two")
    merge(desk, kept, gone)

    desk.act("undo", [Judgement.objects.get()])

    gone.refresh_from_db()
    assert gone.merged_into is None


def test_who_may_not_change_may_not_merge_nor_split(client: Client, db: None) -> None:
    viewer = User.objects.create(username="vera", is_staff=True)
    viewer.user_permissions.add(*Permission.objects.filter(codename__in=["view_actor", "view_event"]))
    one, two, event = make_actor("One"), make_actor("Two"), make_event("They meet")
    client.force_login(viewer)

    pages = [
        f"{admin_url(Actor, 'merge')}?id={one.pk}&id={two.pk}",
        admin_url(one, "merge_with"),
        admin_url(one, "split"),
        admin_url(event, "split"),
        admin_url(one, "unmerge", 1),
    ]

    assert [client.get(page).status_code for page in pages] == [403] * 5
    assert "Merge the selected" not in client.get(admin_url(Actor, "changelist")).content.decode()
