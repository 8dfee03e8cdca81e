"""No address breaks a page."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote, urlencode

from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_statement
from timeline.models import Story

NAMES = st.sampled_from(
    "q actor speaker place publisher story kind quote direct indirect status from to exact sort after medium x".split()  # noqa: SIM905
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "1", "0", "on", "Vladimir Putin", "White House", "Nobody", "meeting", "direct", "newest", "hedged", "2025"]
    ),
    st.sampled_from(["2025-02-28", "0000", "9999-12-31", "-1", "9223372036854775807", "-9223372036854775808", "1e9"]),
    st.sampled_from(["%", "_", "\\", "'", '"', "\0", "٣", "İ", "ß", "𝒳", "' OR 1=1 --", "%00", "{{7*7}}", "../.."]),
    st.text(max_size=20),
    st.text(min_size=200, max_size=260),
    st.dates().map(str),
    st.integers().map(str),
)
QUERY = st.lists(st.tuples(NAMES | st.text(max_size=5), VALUES), max_size=6)


class TestAddresses(TestCase):
    paths: ClassVar[list[str]]

    @classmethod
    def setUpTestData(cls) -> None:
        putin = make_actor()
        event = make_event("A clash", putin, place=make_place())
        article = make_article("They clashed.")
        make_evidence(event, article, "They clashed.")
        make_statement(speaker=putin, event=event)
        story = Story.objects.create(
            title="A story", slug="a-story", filters="kind=meeting", status="published", published_at=timezone.now()
        )
        cls.paths = [
            "/",
            "/statements/",
            "/timeline.csv",
            "/timeline.json",
            "/timeline.atom",
            "/stories/",
            story.get_absolute_url(),
            f"{story.get_absolute_url()}timeline.csv",
            event.get_absolute_url(),
            article.get_absolute_url(),
            putin.get_absolute_url(),
        ]

    @settings(max_examples=120, deadline=None)
    @given(
        pairs=QUERY, place=st.integers(0, 10), piece=st.sampled_from(["", "events", "more", "overview", "count", "ö"])
    )
    def test_every_query_string_is_answered(self, pairs: list[tuple[str, str]], place: int, piece: str) -> None:
        headers = {"HX-Request": "true", "HX-Target": quote(f"div#{piece}")} if piece else {}
        response = Client(raise_request_exception=False).get(
            f"{self.paths[place]}?{urlencode(pairs, errors='surrogatepass')}", headers=headers
        )
        assert response.status_code in {200, 400, 404}, (response.status_code, pairs)

    @settings(max_examples=40, deadline=None)
    @given(raw=st.binary(max_size=40), place=st.integers(0, 5))
    def test_every_run_of_bytes_is_answered(self, raw: bytes, place: int) -> None:
        response = Client(raise_request_exception=False).get(self.paths[place], QUERY_STRING=raw.decode("latin-1"))
        assert response.status_code in {200, 400, 404}, (response.status_code, raw)

    @settings(max_examples=40, deadline=None)
    @given(path=st.text(max_size=30), place=st.sampled_from(["/events/", "/articles/", "/actors/", "/"]))
    def test_every_path_is_answered(self, path: str, place: str) -> None:
        response = Client(raise_request_exception=False).get(place + quote(path, errors="replace"))
        assert response.status_code in {200, 301, 400, 404}, (response.status_code, path)
