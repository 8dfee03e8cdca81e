from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.admin.desk import Desk, errors, text_of
from tests.factories import make_article, make_event, make_evidence
from timeline.admin.reading import MAX_BYTES
from timeline.models import Article, Event, Statement

ADD = "/admin/timeline/article/add/"
STORY = """Harbour opens after ten years

By Rosa Lind, Harbour Dispatch, 3 March 2025

Mayor Olena Marchuk opened the new harbour of Odesa on Saturday, 1 March 2025.

“This harbour belongs to everybody who lives here,” Marchuk said at the ceremony.

Pavlo Bondar, the minister of transport, signed an agreement with the city on Sunday. He said that the work had taken
ten years and that the ships would come in spring.
"""


def values(response: Any) -> dict[str, Any]:
    return {name: response.context["form"][name].value() for name in ("text", "url", "publisher")}


@pytest.mark.django_db(transaction=True)
def test_a_pasted_article_is_read_and_what_was_read_is_told(desk: Desk) -> None:
    response = desk.client.post(
        ADD, {"text": STORY, "url": "https://harbour.example/opens", "publisher": "Harbour Dispatch"}, follow=True
    )

    article = Article.objects.get()
    page = text_of(response.content)
    assert response.redirect_chain == [(f"{ADD}?read={article.uid}", 302)]
    assert "Read: Harbour opens after ten years" in page
    assert "Harbour Dispatch, published" in page
    assert f"{Event.objects.on_page().count()} events" in page
    assert f"{Statement.objects.on_page().count()} statements" in page
    assert "Olena Marchuk" in page

    again = desk.client.post(ADD, {"text": STORY, "url": "https://harbour.example/opens"}, follow=True)
    assert "Already here: Harbour opens after ten years" in text_of(again.content)
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_text_pasted_and_uploaded_is_one_article(desk: Desk) -> None:
    desk.client.post(ADD, {"text": STORY.replace("\n", "\r\n"), "publisher": "Harbour Dispatch"})
    file = SimpleUploadedFile("story.txt", STORY.encode())

    again = desk.client.post(ADD, {"text": "", "file": file, "publisher": "Harbour Dispatch"}, follow=True)

    assert "Already here: Harbour opens after ten years" in text_of(again.content)
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_read_is_refused_with_the_reason_and_nothing_typed_is_lost(desk: Desk) -> None:
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 something")
    typed = {"text": "", "url": "https://harbour.example/x", "publisher": "Harbour Dispatch"}

    response = desk.client.post(ADD, {**typed, "file": file})

    assert len(errors(response)) == 1
    assert errors(response)[0].startswith("It was not taken: this PDF file cannot be read")
    assert values(response) == typed
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Paste the text of an article, choose a file, or give its address."),
        ({"text": "   "}, "Paste the text of an article, choose a file, or give its address."),
        ({"text": "One.", "url": "no address"}, "Enter a valid URL."),
        ({"text": "One\0.", "url": ""}, "Null characters are not allowed."),
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_words(desk: Desk, typed: dict[str, str], error: str) -> None:
    assert error in errors(desk.client.post(ADD, typed))


def test_a_text_and_a_file_at_once_are_refused(desk: Desk) -> None:
    file = SimpleUploadedFile("a.txt", STORY.encode())

    response = desk.client.post(ADD, {"text": "Another text.", "file": file, "url": "https://a.example/1"})

    assert errors(response) == ["Give a text or a file, not both."]
    assert values(response)["text"] == "Another text."
    assert "Choose the file again" in text_of(response.content)


def test_a_large_file_is_refused_plainly(desk: Desk) -> None:
    file = SimpleUploadedFile("a.txt", b"x" * (MAX_BYTES + 1))

    assert errors(desk.client.post(ADD, {"file": file})) == ["The file has 10.0 MB; at most 10 MB are read."]


def test_what_waits_for_review_is_listed_with_its_reason(desk: Desk) -> None:
    article = make_article("The mine closes. The port opens.", title="Two things")
    make_evidence(make_event("Port opens"), article, "The port opens.")
    make_evidence(
        make_event("Mine closes", status="review", review_reason="Told as a rumour"), article, "The mine closes."
    )

    page = text_of(desk.client.get(ADD, {"read": article.uid}).content)

    assert "Waits for review (1) Mine closes: Told as a rumour" in page
    assert "1 events Port opens · 28 February 2025" in page


def test_an_article_that_is_unknown_shows_the_empty_form(desk: Desk) -> None:
    assert b'id="reading_form"' in desk.client.get(ADD, {"read": "nothing"}).content
