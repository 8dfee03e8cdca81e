"""Whatever order the same articles come in, they end in the same beliefs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.ingest.articles import take
from tests.ingest.story import STORY, Print
from timeline.ingest.derived import importance_of
from timeline.ingest.takedown import take_down
from timeline.models import Article, Event, EventRelation

pytestmark = pytest.mark.django_db


def chronology() -> dict[str, Any]:
    """What anybody can take away, without the names of rows, and what the pages show beside it.

    Without what carries on which story: that is decided of each article when it comes, by the stories of then. And
    without the offices of actors, of which the one read first stays.
    """
    out = StringIO()
    call_command("export_events", format="json", stdout=out)
    found = json.loads(out.getvalue())
    names = {actor["uid"]: actor["name"] for actor in found["actors"]}
    urls = {article["uid"]: article["url"] for article in found["articles"]}
    for event in found["events"]:
        row = Event.objects.get(uid=event.pop("uid"))
        event["actors"] = [(names[actor["uid"]], actor["role"]) for actor in event["actors"]]
        event["evidence"] = in_order(event["evidence"])
        event["main_for"] = sorted(row.main_for.values_list("url", flat=True))
        event["importance"] = replace(importance_of([row.pk])[row.pk], followed=0).number
        for statement in event["statements"]:
            statement.pop("uid")
            statement["speaker"] = statement["speaker"] and statement["speaker"]["name"]
        event["statements"] = in_order(event["statements"])
        for conflict in event["conflicts"]:
            conflict["event"] = conflict.get("event", {}).get("title")
            conflict["passages"] = in_order(conflict["passages"])
        event["claims"] = sorted((c.article.url, c.date.edtf or "", c.rank) for c in row.claims.all())
        event["marks"] = (row.date_disputed, row.order_disputed, row.order, row.review_reason, row.date.reason)
    for actor in found["actors"]:
        actor.pop("uid")
        actor.pop("role")
        actor["aliases"].sort()
    for article in found["articles"]:
        article.pop("uid")
        article["duplicate_of"] = urls.get(article["duplicate_of"])
    relations = [
        (r.source.title, r.kind, r.target.title, r.article.url if r.article else "")
        for r in EventRelation.objects.select_related("source", "target", "article")
    ]
    return {**{name: in_order(rows) for name, rows in found.items()}, "relations": sorted(relations)}


def undescribed(found: dict[str, Any]) -> list[Any]:
    """The events without who takes part in them: whom articles only describe is not looked for again when the article
    goes whose description was shown."""
    return [
        {name: value for name, value in event.items() if name not in ("actors", "importance")}
        for event in found["events"]
    ]


def in_order(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def tell(prints: Sequence[Print]) -> None:
    for one in prints:
        assert take(one.text, url=one.url, publisher=one.newsroom).outcome == "taken"


@cache
def told_in_order() -> dict[str, Any]:
    """What is believed where every article came in when it was printed."""
    with transaction.atomic():
        tell(STORY)
        found = chronology()
        transaction.set_rollback(True)
    return found


class Laws(HypothesisTestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.permutations(STORY))
    def test_any_order_of_the_same_articles_ends_in_the_same_beliefs(self, prints: list[Print]) -> None:
        wanted = told_in_order()

        tell(prints)

        assert chronology() == wanted


def test_articles_that_went_leave_what_the_others_alone_would_end_in() -> None:
    going = (2, 5)
    with transaction.atomic():
        tell([one for number, one in enumerate(STORY) if number not in going])
        wanted = chronology()
        transaction.set_rollback(True)
    tell(STORY[::-1])

    take_down(*Article.objects.filter(url__in=[STORY[number].url for number in going]))

    assert undescribed(chronology()) == undescribed(wanted)


def test_the_story_is_told_as_a_reader_would() -> None:
    """So that the laws above speak of something: copies, disputes, orders and merging are all in it."""
    found = told_in_order()
    meeting = next(event for event in found["events"] if event["kind"] == "meeting" and event["place"] == "The Hague")

    assert (meeting["date"]["edtf"], meeting["sources"]) == ("2025-03-03", 4)
    assert [(day, rank) for _, day, rank in meeting["claims"]] == [
        ("2025-03-03", "preferred"), ("2025-03-03", "preferred"), ("2025-03-04", "normal"), ("2025-03-03", "preferred"),
        ("2025-03", "normal"),
    ]  # fmt: skip
