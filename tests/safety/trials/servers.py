"""Servers that mean harm: each is left in time, with little memory, and what it sent is never taken for a page."""

from __future__ import annotations

import gzip
import itertools
import select
import socket
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.ingest.servers import Answer, moved, page, sending, serving
from tests.safety.goals import Goal, Trial
from tests.safety.internet import Box
from tests.safety.site import SQLITE, Watch

DEADLINE, GRACE = 20.0, 1.0  # seconds, for a page
MEMORY = 150_000_000  # bytes, of the process that fetches
AT_ONCE = 7
NEWS = b"<html><body><article><p>The harbour was closed on 28 February 2025.</p></article></body></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def forever(head: bytes, parts: Iterable[bytes], seconds: float = 0.0) -> Answer:
    """An answer that goes on until the other side has gone."""

    def answer(line: socket.socket, request: str) -> None:
        line.sendall(head)
        for part in parts:
            line.sendall(part)
            if seconds and select.select([line], [], [], seconds)[0]:
                return

    return answer


def silent(line: socket.socket, request: str) -> None:
    line.recv(1)


def bomb(level: int = 9) -> Iterator[bytes]:
    packing = zlib.compressobj(level, wbits=31)
    for _ in itertools.count():
        yield packing.compress(bytes(1_000_000))


def longer_each_time(line: socket.socket, request: str) -> None:
    path = request.split(" ")[1]
    moved(f"{path}{'a' * 300}")(line, request)


SLOW: dict[str, Answer] = {
    "says nothing": silent,
    "drips its status": forever(b"", itertools.repeat(b"H"), 0.2),
    "drips one header": forever(b"HTTP/1.1 200 OK\r\nA: ", itertools.repeat(b"a"), 0.2),
    "drips headers": forever(b"HTTP/1.1 200 OK\r\n", itertools.repeat(b"A: a\r\n"), 0.5),
    "drips a page": forever(HEAD + b"Content-Length: 9000\r\n\r\n", itertools.repeat(b"a"), 0.2),
    "drips chunks": forever(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(b"1\r\na\r\n"), 0.2),
    "stops in the page": forever(HEAD + b"Content-Length: 9000\r\n\r\n" + NEWS, itertools.repeat(b""), 0.5),
    "says again and again to go on": forever(b"", itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n"), 0.2),
}
QUICK: dict[str, Answer] = {
    "never ends": forever(HEAD + b"\r\n", itertools.repeat(b"<p>a" * 16_000)),
    "never ends, in chunks": forever(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(b"10000\r\n" + b"a" * 65_536 + b"\r\n")
    ),
    "never ends, packed": forever(HEAD + b"Content-Encoding: gzip\r\n\r\n", bomb()),
    "never ends, packed and in members": forever(
        HEAD + b"Content-Encoding: gzip\r\n\r\n", itertools.repeat(gzip.compress(bytes(500_000)))
    ),
    "a header of many megabytes": forever(b"HTTP/1.1 200 OK\r\nA: ", itertools.repeat(b"a" * 65_536)),
    "headers without end": forever(b"HTTP/1.1 200 OK\r\n", itertools.repeat(b"A: a\r\n" * 10_000)),
    "a status without end": forever(b"HTTP/1.1 ", itertools.repeat(b"2" * 65_536)),
    "a chunk of which the size has no end": forever(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n", itertools.repeat(b"0" * 65_536)
    ),
    "a chunk with a negative size": sending(HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + NEWS),
    "shorter than it says": sending(HEAD + b"Content-Length: 4000\r\n\r\n" + NEWS),
    "cut in a chunk": sending(HEAD + b"Transfer-Encoding: chunked\r\n\r\nfff\r\n" + NEWS),
    "cut in what is packed": page(gzip.compress(NEWS)[:-9], "Content-Encoding: gzip"),
    "cut without a word of its length": page(NEWS[:-9], length=False),
    "packed in something else": page(NEWS, "Content-Encoding: gzip"),
    "larger than it may be": sending(HEAD + b"Content-Length: 99999999999999999999\r\n\r\n"),
    "of a size that is none": sending(HEAD + b"Content-Length: -1, x\r\n\r\n" + NEWS[:-9]),
    "sent on for ever": moved("/?"),
    "sent on to longer and longer addresses": longer_each_time,
    "part of a page": sending(b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/900\r\n\r\n" + NEWS[:10]),
}


@dataclass
class Timed:
    """An answer, when it was first asked for, and when the other side had gone."""

    answer: Answer
    asked: float = 0.0
    left: float = 0.0

    def __call__(self, line: socket.socket, request: str) -> None:
        self.asked = self.asked or time.monotonic()
        try:
            self.answer(line, request)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65_536):
                pass
        finally:
            self.left = time.monotonic()


def set_upon(trial: Trial) -> None:
    cases = {**QUICK, **SLOW} if trial.number >= len(QUICK) + len(SLOW) else dict(list(QUICK.items())[: trial.number])
    timed = {name: Timed(answer) for name, answer in cases.items()}
    site = trial.site()
    longest, most = 0.0, 0
    with serving() as server:
        hosts = {name: f"host{n}.test" for n, name in enumerate(timed)}
        server.answers = {f"{hosts[name]}/robots.txt": page(b"", status="404 Not Found") for name in timed}
        for name, answer in timed.items():
            server.answers[f"{hosts[name]}/"] = answer
        server.answers["*"] = lambda line, request: follow(timed, hosts, line, request)
        names = list(timed)
        for some in (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)):
            running = {}
            for name in some:
                box = Box(trial.folder / f"{hosts[name]}.json", server.port)
                process = site.start(*box.command("ingest", f"http://{hosts[name]}/"))
                running[name] = process, Watch(process)
            for name, (process, watch) in running.items():
                out, err = process.communicate(timeout=120)
                took = timed[name].left - timed[name].asked
                longest, most = max(longest, took), max(most, watch.own)
                trial.check(timed[name].asked, f"{name}: was not asked: {err}")
                trial.check("1 refused" in out and process.returncode == 3, f"{name}: {out} {err}")
                trial.check("Traceback" not in err and "mistake" not in err, f"{name}: {err[-300:]}")
                trial.check(0 <= took <= DEADLINE + GRACE, f"{name}: left after {took:.1f} s")
                trial.check(watch.own <= MEMORY, f"{name}: {watch.own / 1e6:.0f} MB")
                trial.tried += 1
    trial.check(site.count("article") == 0, "something was taken")
    trial.notes["longest"] = f"{longest:.1f} s"
    trial.notes["most memory"] = f"{most / 1e6:.0f} MB"


def follow(timed: dict[str, Timed], hosts: dict[str, str], line: socket.socket, request: str) -> None:
    """What is asked for where a server has sent on to is for the same server."""
    for name, host in hosts.items():
        if f"Host: {host}\r\n" in request:
            timed[name](line, request)


SERVERS = Goal(
    "hostile servers",
    "27 of 27 left within the deadline and 1 s, with at most 150 MB, and nothing taken",
    many=27,
    few=6,
    attempt=set_upon,
    databases=(SQLITE,),
)
