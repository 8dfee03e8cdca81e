"""Whatever is asked of a page is answered, and soon: by a page, or by what is wrong with the question."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from urllib.parse import quote, quote_from_bytes, urlencode

from tests.safety.goals import Goal, Trial, load, told
from tests.safety.press import lines_of, pieces
from tests.safety.site import Site
from tests.safety.trials.inputs import NAUGHTY

EVENTS = 500
ALLOWED = {200, 301, 304, 400, 404, 414, 429, 431}
P99 = 0.5  # seconds
NAMES = (
    "q", "actor", "speaker", "place", "publisher", "story", "kind", "quote", "status", "from", "to", "exact", "sort",
    "after", "before", "medium", "top", "group", "lang", "page", "format", "columns", "tags", "dialect", "limit",
    "offset", "id", "fields",
)  # fmt: skip
VALUES = (
    "", "0", "1", "-1", "on", "off", "true", "null", "meeting", "direct", "newest", "oldest", "importance", "2025",
    "2025-02", "2025-02-28", "2025-02-30", "0000", "9999-12-31", "10000-01-01", "-9223372036854775809",
    "9223372036854775808", "1e9", "%", "_", "\\", "'", '"', "*", "a*", "AND", "OR NOT NEAR(", "a AND b", "NEAR/5", "^a",
    "a:b", "{a b}:c", '"a" + "b"', "x" * 300, "x " * 200, "%00", "a%", "(((((", "\x00", "\ud800", "٣",
    "İ", "ß", "𝒳", "\u202e", ".*", "(a+)+$", "[", "1,2,3", "1|2", "../..", "{{7*7}}", "' OR 1=1 --",
    "1; DROP TABLE timeline_event",
    "pg_sleep(9)", "randomblob(99999999)",
)  # fmt: skip


def fuzzed(trial: Trial) -> None:
    """As many questions to each path, with two that ask at once."""
    site = trial.site()
    assert site.run("generate", "--events", str(EVENTS)).code == 0
    uids = {name: site.ask(f"SELECT uid FROM timeline_{name} LIMIT 1")[0][0] for name in ("event", "article", "actor")}
    paths = ["/", "/statements/", "/timeline.csv", "/timeline.json", "/timeline.atom", "/stories/"]
    paths += [f"/{name}s/{uid}/" for name, uid in uids.items()]
    known = [text for (text,) in site.ask("SELECT name FROM timeline_actor LIMIT 20")]
    known += [text.split()[0] for (text,) in site.ask("SELECT title FROM timeline_event LIMIT 20")]
    answers: Counter[int] = Counter()
    seconds: list[float] = []
    with site.serving() as server:

        def ask(some: list[str], chance: random.Random) -> None:
            for path in some:
                request = question(path, chance, known)
                began = time.monotonic()
                status = answered(server.port, request)
                if path not in EXPORTS:
                    seconds.append(time.monotonic() - began)
                answers[status] += 1
                trial.check(status in ALLOWED, f"{status}: {request[:300]!r}")

        for n in trial.each(paths):
            half = trial.number // 2
            works = [([paths[n]] * half, 2 * n), ([paths[n]] * (trial.number - half), 2 * n + 1)]
            together([partial(ask, some, random.Random(seed)) for some, seed in works])
        trial.wrong += server.complaints()
    trial.tried = answers.total()
    slowest = percentile(seconds, 0.99)
    trial.check(trial.is_short or slowest <= P99, f"p99 {slowest * 1000:.0f} ms")
    trial.notes |= {
        "a path": f"{trial.number:,}",
        "answered": told(Counter({str(status): n for status, n in answers.items()})),
        "p99 of pages": f"{slowest * 1000:.0f} ms",
        "busy": load(),
    }


EXPORTS = ("/timeline.csv", "/timeline.json", "/timeline.atom")


def question(path: str, chance: random.Random, known: list[str]) -> bytes:
    """A request as no browser would send it, or as one might."""
    pairs = []
    for _ in range(chance.choice((0, 1, 1, 2, 3, 6, 60))):
        name = chance.choice(NAMES) if chance.random() < 0.85 else chance.choice(VALUES)
        value = chance.choice((chance.choice(VALUES), chance.choice(known), chance.choice(NAUGHTY)[:400]))
        pairs.append((name, value))
    query = urlencode(pairs, errors="surrogatepass")
    if chance.random() < 0.1:
        query = quote_from_bytes(chance.randbytes(30), safe="&=?/%+")
    if chance.random() < 0.05:
        query = "".join(chance.choice("?&=%;+[]#") for _ in range(40)).replace("#", "")
    if chance.random() < 0.02:
        query = "q=" + "a" * chance.choice((2_000, 8_000, 60_000))
    if chance.random() < 0.03:
        path += quote(chance.choice(VALUES), safe="", errors="replace")
    headers = ["Host: 127.0.0.1", "Connection: close"]
    if chance.random() < 0.2:
        headers += ["HX-Request: true", f"HX-Target: {chance.choice(('events', 'div#events', 'more', 'x', '%ff'))}"]
    if chance.random() < 0.1:
        headers.append(f"Cookie: sessionid={chance.choice(('x', '%00', 'a' * 300))}; csrftoken=y; messages=z")
    if chance.random() < 0.1:
        headers.append(f"If-None-Match: {chance.choice(('*', 'W/x', chr(34), 'a' * 500))}")
    return f"GET {path}?{query} HTTP/1.1\r\n".encode() + "\r\n".join([*headers, "", ""]).encode()


def answered(port: int, request: bytes) -> int:
    """The status of the answer, which is read to its end; 0 where there is none."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.sendall(request)
            head = line.recv(65_536)
            while line.recv(65_536):
                pass
        return int(head.split(b" ", 2)[1])
    except (OSError, IndexError, ValueError):
        return 0


def together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))] if seconds else 0.0


# --- load -----------------------------------------------------------------------------------------------------------

CONNECTIONS, RATE, ARCHIVE, LONG = 16, 50, 100_000, 60


def loaded(trial: Trial) -> None:
    """Readers at many connections for so many seconds, while articles come in."""
    site = trial.site()
    archive = ARCHIVE if trial.number >= LONG else 1000
    assert site.run("generate", "--events", str(archive), patience=3600).code == 0
    file = trial.folder / "records.jsonl"
    file.write_text(lines_of(pieces(100 * trial.number)))
    paths = read_by_readers(site)
    answers: Counter[int] = Counter()
    seconds: list[float] = []
    with site.serving() as server:
        ingesting = site.start("ingest", "--jsonl", str(file), stdout=-3, stderr=-3)
        end = time.monotonic() + trial.number

        def read(chance: random.Random) -> None:
            while time.monotonic() < end:
                began = time.monotonic()
                request = f"GET {chance.choice(paths)} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                answers[answered(server.port, request.encode())] += 1
                seconds.append(time.monotonic() - began)

        together([partial(read, random.Random(n)) for n in range(CONNECTIONS)])
        alive = ingesting.poll() is None
        ingesting.kill()
        ingesting.wait()
        trial.wrong += server.complaints()
    trial.tried = answers.total()
    rate, slowest = answers.total() / trial.number, percentile(seconds, 0.99)
    trial.check(alive, "the ingest ended before the readers")
    trial.check(set(answers) <= {200, 404}, f"answers {dict(answers)}")
    if not trial.is_short:
        trial.check(rate >= RATE, f"{rate:.0f} requests a second")
        trial.check(slowest <= P99, f"p99 {slowest * 1000:.0f} ms")
    trial.notes |= {
        "for": f"{trial.number} s, {archive:,} events",
        "requests a second": f"{rate:.0f}",
        "p99": f"{slowest * 1000:.0f} ms",
        "articles taken meanwhile": str(site.count("article") - archived(site)),
        "busy": load(),
    }


def archived(site: Site) -> int:
    [(number,)] = site.ask("SELECT count(*) FROM timeline_article WHERE url NOT LIKE 'https://paper%'")
    return int(number)


def read_by_readers(site: Site) -> list[str]:
    """The first page, searches, filters, entries, actors and articles, about as often as people open them."""
    found = ["/"] * 20 + ["/?sort=newest", "/statements/", "/?top=20", "/?quote=1"]
    for name, most in (("event", 60), ("actor", 20), ("article", 20)):
        found += [f"/{name}s/{uid}/" for (uid,) in site.ask(f"SELECT uid FROM timeline_{name} LIMIT {most}")]
    for (title,) in site.ask("SELECT title FROM timeline_event LIMIT 40"):
        found.append("/?" + urlencode({"q": max(title.split(), key=len)}))
    for (name,) in site.ask("SELECT name FROM timeline_actor LIMIT 40"):
        found += ["/?" + urlencode({"actor": name}), "/?" + urlencode({"actor": name, "from": "2020"})]
    return found


QUERIES = Goal(
    "query fuzz",
    "5,000 on each database and path: no 5xx, p99 at most 500 ms",
    many=5000,
    few=8,
    attempt=fuzzed,
)
LOAD = Goal(
    "load",
    "10 minutes, 16 connections, 100,000 events, an ingest meanwhile: no 5xx, 50 requests a second, p99 500 ms",
    many=600,
    few=3,
    attempt=loaded,
)
