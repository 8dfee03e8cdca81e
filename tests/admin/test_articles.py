from __future__ import annotations

from datetime import date

from django.contrib.admin.models import LogEntry

from tests.admin.desk import Desk, admin_url, text_of
from tests.factories import make_actor, make_article, make_event, make_evidence, make_publisher
from timeline.models import Article, Event, Judgement, Publisher


def test_every_field_is_locked_under_its_name(desk: Desk) -> None:
    article, original = make_article("The mine closes."), make_article("The mine closes today.")
    publisher = make_publisher()

    desk.save(
        article,
        {
            "title": "Mine closes",
            "dek": "After all",
            "bylines": "Olena Marchuk\nPavlo Bondar",
            "publisher": publisher.pk,
            "url": "https://a.example/mine",
            "language": "en",
            "duplicate_of": original.pk,
            "when": "2025-03-01",
            "site_date": "2025-05-19",
        },
    )

    assert article.locked_fields == {
        "title",
        "dek",
        "bylines",
        "publisher",
        "url",
        "language",
        "duplicate_of",
        "date",
        "page_clock",
    }
    assert (article.bylines, article.page_clock) == (["Olena Marchuk", "Pavlo Bondar"], date(2025, 5, 19))
    assert (article.date.edtf, article.basis) == ("2025-03-01", "human")


def test_sending_an_unchanged_form_locks_nothing(desk: Desk) -> None:
    article = make_article("The mine closes.", bylines=["Olena Marchuk", "Pavlo Bondar"], dek="One\nTwo")

    desk.save(article, {})

    assert article.corrections == {}


def test_naming_a_copy_counts_sources_again(desk: Desk) -> None:
    one, two = make_article("The mine closes."), make_article("The mine closes today.")
    event = make_event()
    make_evidence(event, one, "The mine closes")
    make_evidence(event, two, "The mine closes")

    desk.save(two, {"duplicate_of": one.pk})

    event.refresh_from_db()
    assert event.sources == 1


def test_deleting_says_before_what_goes_and_what_stays(desk: Desk) -> None:
    one, two = make_article("The mine closes. The port opens.", title="One"), make_article("The port opens.")
    mine, port = make_event("Mine closes", make_actor("Pavlo Bondar")), make_event("Port opens")
    make_evidence(mine, one, "The mine closes.", fingerprint="f1")
    make_evidence(port, one, "The port opens.")
    make_evidence(port, two, "The port opens.")

    page = desk.delete(one)

    assert "These go: Article: One Event: Mine closes Actor: Pavlo Bondar" in page
    assert "These rest on other sources too, and stay: Event: Port opens" in page
    assert [(event.title, event.sources) for event in Event.objects.all()] == [("Port opens", 1)]
    assert Judgement.objects.count() == 0


def test_the_log_does_not_name_what_was_taken_down(desk: Desk) -> None:
    article = make_article("The mine closes.", title="A secret")
    event = make_event("Secret meeting")
    make_evidence(event, article, "The mine closes.")
    desk.save(event, {"title": "Very secret meeting"})

    desk.delete(article)

    assert "ecret" not in repr(list(LogEntry.objects.values_list("object_repr", "change_message")))


def test_several_articles_are_taken_down_together(desk: Desk) -> None:
    one, two = make_article("The port opens today."), make_article("The port opens.")
    port = make_event("Port opens")
    make_evidence(port, one, "The port opens")
    make_evidence(port, two, "The port opens")

    page = text_of(desk.act("delete_selected", [one, two]).content)
    assert "Event: Port opens" in page
    desk.act("delete_selected", [one, two], post="yes")

    assert (Article.objects.count(), Event.objects.count()) == (0, 0)


def test_articles_lose_a_deleted_publisher_by_a_persons_word(desk: Desk) -> None:
    publisher = make_publisher()
    article = make_article("The mine closes.", publisher=publisher)

    desk.delete(publisher)

    article.refresh_from_db()
    assert (Publisher.objects.count(), article.publisher, list(article.corrections)) == (0, None, ["publisher"])


def test_an_article_is_offered_for_a_passage_in_its_current_version(desk: Desk) -> None:
    old = make_article("Old.", title="Mine", state="superseded")
    new = make_article("New.", title="Mine", supersedes=old)

    found = desk.client.get(
        "/admin/autocomplete/",
        {"term": "Mine", "app_label": "timeline", "model_name": "evidence", "field_name": "article"},
    )

    assert [result["id"] for result in found.json()["results"]] == [str(new.pk)]


def test_the_page_of_an_article_shows_its_text(desk: Desk) -> None:
    article = make_article("The mine closes.")

    assert "The mine closes." in text_of(desk.client.get(admin_url(article)).content)


def test_a_url_that_another_article_has_is_refused(desk: Desk) -> None:
    make_article("One.", url="https://a.example/1")

    assert desk.refused(make_article("Two."), {"url": "https://a.example/1"}) == ["Another article has this URL."]


def test_a_url_that_could_run_is_refused(desk: Desk) -> None:
    assert desk.refused(make_article("Two."), {"url": "javascript:alert(1)"}) == [
        "A URL begins with http:// or https://."
    ]


def test_a_copy_of_a_copy_is_a_copy_of_the_first(desk: Desk) -> None:
    first, second, third = make_article("One."), make_article("Two."), make_article("Three.")
    desk.save(second, {"duplicate_of": first.pk})

    desk.save(third, {"duplicate_of": second.pk})
    assert third.duplicate_of == first
    assert desk.refused(first, {"duplicate_of": third.pk}) == [
        "An article is no copy of itself, nor of its own copies."
    ]


def test_copies_follow_when_their_first_turns_out_to_be_a_copy(desk: Desk) -> None:
    first, second = make_article("One."), make_article("Two.")
    copy = make_article("Two again.", duplicate_of=second)

    desk.save(second, {"duplicate_of": first.pk})

    copy.refresh_from_db()
    assert copy.duplicate_of == first
