"""Servers are visited as they wish, and articles of the web are read like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from django.core.management import call_command

from tests.ingest.servers import Answer, Server, moved, page, serving
from timeline.ingest import web
from timeline.ingest.connections import NotFetched
from timeline.ingest.fetch import Fetcher
from timeline.ingest.robots import Visitor
from timeline.models import Article

STORY = (
    "<html><head><title>Harbour closed</title></head><body><article><h1>Harbour closed</h1>"
    "<p>The harbour of Aldmouth was closed on 28 February 2025 after a storm, the mayor said.</p>"
    "<p>“We will open it on Monday,” said Jane Alder, the harbour master.</p></article></body></html>"
).encode()


@dataclass
class Clock:
    """A clock that moves only when it is waited for."""

    at: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.at += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def fetcher(server: Server) -> Fetcher:
    return Fetcher(seconds=3, private=frozenset({server.host}), resolve=lambda host, port: ["127.0.0.1"])


@pytest.fixture
def visitor(fetcher: Fetcher, clock: Clock) -> Visitor:
    return Visitor(fetcher, now=lambda: clock.at, wait=clock.wait)


def robots(text: str) -> Answer:
    return page(text.encode(), media_type="text/plain")


def test_what_robots_txt_forbids_is_not_asked_for(server: Server, visitor: Visitor) -> None:
    server.answers |= {"/robots.txt": robots("User-agent: *\nDisallow: /private"), "*": page(STORY)}

    with pytest.raises(NotFetched, match=r"robots\.txt asks not to read \S+/private/a"):
        visitor.fetch(server.url("/private/a"))

    assert visitor.fetch(server.url("/public")).content == STORY
    assert server.paths == ["/robots.txt", "/public"]


def test_a_redirect_to_what_is_forbidden_is_not_followed(server: Server, visitor: Visitor) -> None:
    server.answers |= {"/robots.txt": robots("User-agent: *\nDisallow: /private"), "/a": moved("/private/a")}

    with pytest.raises(NotFetched, match=r"robots\.txt asks not to read \S+/private/a"):
        visitor.fetch(server.url("/a"))

    assert server.paths == ["/robots.txt", "/a"]


def test_a_server_without_robots_txt_allows_everything(server: Server, visitor: Visitor) -> None:
    server.answers |= {"/robots.txt": page(b"", status="404 Not Found"), "*": page(STORY)}

    assert visitor.fetch(server.url("/a")).content == STORY


@pytest.mark.parametrize("status", ["500 Oh", "503 Busy"])
def test_a_server_whose_robots_txt_fails_is_left_alone(server: Server, visitor: Visitor, status: str) -> None:
    server.answers |= {"/robots.txt": page(b"", status=status), "*": page(STORY)}

    with pytest.raises(NotFetched, match=r"robots\.txt cannot be read: the server answers with"):
        visitor.fetch(server.url("/a"))

    assert server.paths == ["/robots.txt"]


def test_two_visits_have_a_pause_between_them(server: Server, visitor: Visitor, clock: Clock) -> None:
    server.answers["*"] = page(STORY)

    for path in ("/a", "/b", "/c"):
        visitor.fetch(server.url(path))

    assert clock.waits == [1.0, 1.0]


def test_a_server_may_ask_for_a_longer_pause_and_not_for_a_day(server: Server, fetcher: Fetcher, clock: Clock) -> None:
    for wish, pause in (("7", 7.0), ("86400", 30.0)):
        server.answers |= {"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {wish}"), "*": page(STORY)}
        clock.waits.clear()
        visitor = Visitor(fetcher, now=lambda: clock.at, wait=clock.wait)

        visitor.fetch(server.url("/a"))
        visitor.fetch(server.url("/b"))

        assert clock.waits == [pause]


def test_robots_txt_is_read_again_after_a_day(server: Server, visitor: Visitor, clock: Clock) -> None:
    server.answers["*"] = page(STORY)

    visitor.fetch(server.url("/a"))
    clock.at += 23 * 3600
    visitor.fetch(server.url("/b"))
    clock.at += 2 * 3600
    visitor.fetch(server.url("/c"))

    assert server.paths == ["/robots.txt", "/a", "/b", "/robots.txt", "/c"]


# --- the command ---


@pytest.fixture
def web_of_the_test(monkeypatch: pytest.MonkeyPatch, visitor: Visitor) -> None:
    monkeypatch.setattr("timeline.management.commands.ingest.visitor", lambda: visitor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("web_of_the_test")
def test_an_article_is_read_from_its_address_once(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.answers["/story"] = page(STORY)

    call_command("ingest", server.url("/story"))
    call_command("ingest", server.url("/story"))

    article = Article.objects.get()
    assert (article.title, article.url, bytes(article.original.content)) == (
        "Harbour closed",
        server.url("/story"),
        STORY,
    )
    assert "1 taken, 0 duplicate" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("web_of_the_test")
def test_a_page_that_cannot_be_had_is_refused_and_the_others_are_read(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.answers["/story"] = page(STORY)

    with pytest.raises(SystemExit) as ended:
        call_command("ingest", server.url("/gone"), server.url("/story"), "https://127.0.0.1/")

    assert ended.value.code == 3
    told = capsys.readouterr()
    assert "1 taken, 0 duplicate, 2 refused" in told.out
    assert f"refused {server.url('/gone')}: there is no such page" in told.err


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("web_of_the_test")
def test_the_charset_that_a_server_states_is_believed(server: Server) -> None:
    story = STORY.decode().replace("Aldmouth", "Łódź").replace("“", "„").encode("iso-8859-2", "replace")
    server.answers["/story"] = page(story, media_type="text/html; charset=ISO-8859-2")

    call_command("ingest", server.url("/story"))

    assert "The harbour of Łódź was closed" in Article.objects.get().text


def test_the_site_fetches_from_public_servers_and_those_its_settings_name(settings: object) -> None:
    assert web.visitor().fetcher.private == frozenset()
    settings.TIMELINE_PRIVATE_SERVERS = ["archive.example:8080"]  # type: ignore[attr-defined]

    assert web.visitor().fetcher == replace(Fetcher(), private=frozenset({"archive.example:8080"}))
