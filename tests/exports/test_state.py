"""Two databases with the same contents give the same bytes, and any difference is a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_article, make_event, make_evidence, make_publisher, make_statement
from tests.ingest.articles import take
from tests.ingest.story import STORY, Print
from timeline.ingest.judgements import forbid_return
from timeline.ingest.merging import Act, merge
from timeline.models import Event, Feed, Story, StoryEntry
from timeline.vocabulary import PartialDate

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2025, 3, 4, 9, 30, 17, tzinfo=UTC)
Count = Callable[..., Any]


def state() -> str:
    out = StringIO()
    call_command("export_state", stdout=out)
    return out.getvalue()


def said() -> list[dict[str, Any]]:
    return [json.loads(line) for line in state().splitlines()]


def after_reading(prints: Sequence[Print]) -> str:
    """What a database that has read these gives."""
    with transaction.atomic():
        for one in prints:
            take(one.text, url=one.url, publisher=one.newsroom)
        found = state()
        transaction.set_rollback(True)
    return found


def test_databases_that_have_read_the_same_articles_give_the_same_bytes_whatever_the_order() -> None:
    one, other, turned = after_reading(STORY), after_reading(STORY), after_reading(STORY[::-1])

    assert one.count('"article"') == len(STORY)
    assert one == other == turned


def test_a_database_that_has_read_one_article_less_lacks_its_line() -> None:
    whole, less = after_reading(STORY), after_reading(STORY[:-1])

    missing = [json.loads(line).get("article") for line in set(whole.splitlines()) - set(less.splitlines())]
    assert STORY[-1].url in missing


def test_a_line_tells_what_rests_on_an_article_and_where() -> None:
    article = make_article("Ann Lee met the dockers. “We open,” she said.", url="https://a.example/1", title="Open")
    ann = make_actor("Ann Lee", "Lee")
    meeting = make_event("Lee meets dockers", ann)
    make_evidence(meeting, article, "Ann Lee met the dockers.")
    make_evidence(make_statement("We open", speaker=ann, event=meeting), article, "We open")

    [line] = said()

    assert line["article"] == "https://a.example/1"
    [event], [statement], [actor] = line["events"], line["statements"], line["actors"]
    assert (event["title"], event["actors"]) == ("Lee meets dockers", [["Ann Lee", ""]])
    assert event["passages"] == [[0, 24, "Ann Lee met the dockers.", "supports"]]
    assert (statement["text"], statement["speaker"]) == ("We open", "Ann Lee")
    assert statement["event"] == ["2025-02-28", "Lee meets dockers"]
    assert statement["passages"] == [[26, 33, "We open", "supports"]]
    assert (actor["name"], [text for text, _, _ in actor["spellings"]]) == ("Ann Lee", ["Ann Lee", "Lee"])


def test_an_article_without_an_address_goes_by_its_bytes() -> None:
    make_article("Nothing to say.")

    [line] = said()

    assert line["article"] == f"sha256:{line['sha256']}"
    assert (line["events"], line["statements"], line["actors"]) == ([], [], [])


def test_what_people_have_set_is_in_the_lines_and_neither_rows_nor_times_are() -> None:
    ada = User.objects.create(username="ada")
    article = make_article(
        "The strike began. The walkout began.", url="https://a.example/1", publisher=make_publisher()
    )
    strike, walkout, gone, by_hand = (make_event(title) for title in ("Strike", "Walkout", "Gone", "By hand"))
    make_actor("Ann Lee")
    make_evidence(strike, article, "The strike began.")
    make_evidence(walkout, article, "The walkout began.")
    proof = make_evidence(gone, article, "The walkout")
    gone.evidence.filter(pk=proof.pk).update(fingerprint="f1")
    strike.lock(["title"], by="ada", why="as the union calls it", at=NOW)
    strike.save()
    merge(strike, walkout, Act(by=ada, at=NOW, why="one thing"))
    forbid_return(gone, by=ada, why="a rumour", at=NOW)
    gone.delete()
    story = Story.objects.create(title="The strike", slug="strike", filters="kind=protest")
    StoryEntry.objects.create(story=story, event=by_hand, note="It began here.")
    Feed.objects.create(url="https://a.example/feed", words="strike", paused=True)

    lines = said()

    first = lines[0]["events"][0]
    assert first["set"] == {"title": {"by": "ada", "why": "as the union calls it"}}
    assert first["doubles"] == ["Walkout"]
    rest = {next(iter(line)) for line in lines[1:]}
    assert rest == {"actor", "event", "feed", "judgement", "publisher", "story"}
    judged = [line["judgement"] for line in lines if "judgement" in line]
    assert [(one["verdict"], one["why"], one["between"]) for one in judged] == [
        ("rejected", "a rumour", ["", ""]),
        ("same", "one thing", ["2025-02-28 Strike", "2025-02-28 Walkout"]),
    ]
    [told] = [line["story"] for line in lines if "story" in line]
    assert told["entries"] == [[["2025-02-28", "By hand"], False, None, "It began here."]]
    text = state()
    for row in (article, strike, walkout, by_hand):
        assert row.uid not in text
    assert "09:30" not in text and str(article.retrieved_at.date()) not in text


def test_one_more_correction_is_a_difference() -> None:
    event = make_event("Strike")
    before = state()

    event.date = PartialDate.on(date(2025, 3, 1))
    event.save()

    assert state() != before


def test_what_was_put_aside_and_brought_back_gives_the_same_bytes(tmp_path: Path) -> None:
    for one in STORY[:3]:
        take(one.text, url=one.url, publisher=one.newsroom)
    event = Event.objects.order_by("chrono").first()
    assert event is not None
    event.lock(["title"], by="ada", why="clearer", at=NOW)
    event.save()
    before = state()
    call_command("backup", str(tmp_path / "kept"), stdout=StringIO(), stderr=StringIO())
    Event.objects.all().delete()

    call_command("restore", str(tmp_path / "kept"), replace=True, stdout=StringIO(), stderr=StringIO())

    assert state() == before


def test_more_articles_ask_no_more_questions(django_assert_num_queries: Count) -> None:
    def more(number: int) -> None:
        for n in range(number):
            article = make_article(f"Storm {number} {n} came. “Run,” said Ann.", url=f"https://a.example/{number}-{n}")
            storm = make_event(f"Storm {n}", make_actor(f"Ann {n}"))
            make_evidence(storm, article, f"Storm {number} {n} came.")
            make_evidence(make_statement("Run", speaker=make_actor("Ann"), event=storm), article, "Run")

    more(1)
    with CaptureQueriesContext(connection) as asked:
        state()
    more(9)

    with django_assert_num_queries(len(asked)):
        state()


def test_the_file_appears_whole(tmp_path: Path) -> None:
    make_article("Nothing to say.")
    path = tmp_path / "state.jsonl"

    call_command("export_state", output=path)

    assert path.read_text() == state()
    assert [file.name for file in tmp_path.iterdir()] == ["state.jsonl"]
