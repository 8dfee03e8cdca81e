"""A small world that several pages show: the clash, what came before it and what was said after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.factories import (
    make_actor,
    make_article,
    make_event,
    make_evidence,
    make_place,
    make_publisher,
    make_statement,
    until,
)
from tests.views.page import Page
from timeline.models import Actor, Article, Event, Place, Statement
from timeline.vocabulary import DateBasis, DatePrecision, EventKind, PartialDate, StatementKind

TEXT = (
    "The Kremlin is open to sell minerals, its leader said.\n"
    "It came after Trump and Zelenskyy argued in the Oval Office. Nobody signed anything.\n"
    "“We are ready to work with our partners,” Putin said in a video. He added that reserves are large.\n"
    "Trump later wrote: “He can come back.”\n"
    "Read also: ten recipes"
)
PUBLISHED = PartialDate(
    earliest=date(2025, 3, 2),
    latest=date(2025, 3, 2),
    precision=DatePrecision.MINUTE,
    basis=DateBasis.STATED,
    instant=datetime(2025, 3, 2, 11, 40, tzinfo=ZoneInfo("Asia/Kolkata")),
    clock=time(11, 40),
    zone="Asia/Kolkata",
)


@dataclass
class World:
    article: Article
    putin: Actor
    trump: Actor
    zelenskyy: Actor
    office: Place
    house: Place
    invasion: Event
    clash: Event
    post: Event
    remarks: Event
    ready: Statement
    reserves: Statement
    back: Statement


def roles(text: str) -> list[list[int | str]]:
    blocks: list[list[int | str]] = []
    start = 0
    lines = text.split("\n")
    for line, role in zip(lines, ["title", *["body"] * (len(lines) - 2), "junk"], strict=True):
        blocks.append([start, start + len(line), role])
        start += len(line) + 1
    return blocks


@pytest.fixture
def world(db: None) -> World:
    article = make_article(
        TEXT,
        date=PUBLISHED,
        title="The Kremlin is open to sell minerals, its leader said.",
        publisher=make_publisher("Harbour Dispatch"),
        bylines=["Asha Menon"],
        blocks=roles(TEXT),
        url="https://harbour.example/minerals",
        removed="Home | World | Sport",
    )
    putin = make_actor("Vladimir Putin", "Putin", role="President of Russia")
    trump = make_actor("Donald Trump", "Trump")
    zelenskyy = make_actor("Volodymyr Zelenskyy", "Zelensky")
    house = make_place("White House", country="United States")
    office = make_place("Oval Office", country="United States", part_of=house)
    bound = until(date(2025, 3, 2))
    invasion = make_event("Russia invades Ukraine", date=PartialDate.in_year(2022), kind=EventKind.ATTACK)
    clash = make_event("Trump and Zelenskyy clash", trump, zelenskyy, date=bound, order=1, place=office)
    post = make_event("Trump posts a message", trump, date=bound, order=2, kind=EventKind.STATEMENT, hedged=True)
    remarks = make_event("Putin offers minerals", putin, date=bound, order=3, kind=EventKind.STATEMENT)
    make_evidence(clash, article, "Trump and Zelenskyy argued in the Oval Office")
    make_evidence(post, article, "Trump later wrote")
    make_evidence(remarks, article, "The Kremlin is open to sell minerals")
    ready = make_statement(
        "We are ready to work with our partners", speaker=putin, event=remarks, cue="said", medium="video"
    )
    reserves = make_statement(
        "reserves are large", speaker=putin, event=remarks, kind=StatementKind.INDIRECT, cue="added"
    )
    back = make_statement("He can come back.", speaker=trump, event=post, cue="wrote", medium="Truth Social")
    for statement in (ready, reserves, back):
        make_evidence(statement, article, statement.text)
    return World(
        article=article,
        putin=putin,
        trump=trump,
        zelenskyy=zelenskyy,
        office=office,
        house=house,
        invasion=invasion,
        clash=clash,
        post=post,
        remarks=remarks,
        ready=ready,
        reserves=reserves,
        back=back,
    )


@pytest.fixture
def visit(client: Client, db: None) -> Callable[..., Page]:
    """Read a page, or the piece of it that goes into an element."""

    def read(address: str, *, into: str = "", source: str = "", status: int = 200) -> Page:
        headers = {"HX-Request": "true", "HX-Target": f"div#{into}", "HX-Source": source} if into else {}
        response = client.get(address, headers=headers)
        assert response.status_code == status, response.content.decode()[:2000]
        return Page(response)

    return read
