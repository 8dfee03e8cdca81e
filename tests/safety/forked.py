"""A process that has the articles read and stores them again and again, each time in a fork of itself.

python -m tests.safety.forked PIECES, with orders as lines of JSON: what is stored and how the world fails meanwhile.
Each fork is as a process that has just started, but for the seconds that the language model takes to load.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import json
import os
import select
import signal
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from tests.safety.press import Piece
from tests.safety.site import Site, kill
from tests.safety.world import library

RETRIEVED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Stored:
    """How a fork ended: its exit code or the signal that ended it, what it said, and how many writes it made."""

    code: int
    signal: int
    said: str
    writes: int


class Forked:
    """The process, for the length of a block."""

    def __init__(self, site: Site, given: list[Piece]) -> None:
        self.site, self.given = site, given

    def __enter__(self) -> Self:
        self.process = self.site.start(
            "-m",
            "tests.safety.forked",
            *(str(piece.number) for piece in self.given),
            environment={"LD_PRELOAD": str(library())},
            stdin=-1,
            stderr=None,
        )
        assert self.process.stdout
        assert self.process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        kill(self.process)
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()

    def store(self, number: int | None = None, fault: str = "", after: float | None = None) -> Stored:
        """Store the articles, or the first of them; killed after so many seconds."""
        return self._ask({"do": "store", "number": number or len(self.given), "fault": fault, "after": after})

    def state(self) -> str:
        told = self._ask({"do": "state", "fault": "", "after": None})
        assert told.code == 0, told
        return told.said

    def _ask(self, order: dict[str, Any]) -> Stored:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return Stored(**json.loads(self.process.stdout.readline()))


def main(numbers: list[int]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
    import django

    django.setup()
    from timeline.extraction.interchange import read
    from timeline.extraction.records import Record

    given = {piece.url: piece.text for piece in map(Piece, numbers)}
    records = [Record(id=url, url=url, text=text) for url, text in given.items()]
    readings = {record.id: read(record) for record in records}
    world = ctypes.CDLL(None)
    answers = os.fdopen(os.dup(1), "w")
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(forked(order, records, readings, world)), file=answers, flush=True)


def forked(order: dict[str, Any], records: list[Any], readings: dict[str, Any], world: Any) -> dict[str, Any]:
    back, forth = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        with os.fdopen(forth, "w") as out, contextlib.redirect_stdout(io.StringIO()) as said:
            try:
                world.world_arm(order["fault"].encode())
                code = done(order, records, readings)
            except BaseException:
                said.write(traceback.format_exc())
            out.write(json.dumps({"said": said.getvalue(), "writes": world.world_seen()}))
        os._exit(code)
    os.close(forth)
    if order["after"] is not None and not select.select([back], [], [], order["after"])[0]:
        os.kill(child, signal.SIGKILL)
    with os.fdopen(back) as told:
        words = told.read()
    _, status = os.waitpid(child, 0)
    ended = {"code": os.waitstatus_to_exitcode(status), "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}
    return {"said": "", "writes": 0, **(json.loads(words) if words else {}), **ended}


def done(order: dict[str, Any], records: list[Any], readings: dict[str, Any]) -> int:
    from django.core.management import call_command

    from timeline.ingest.run import ingest

    if order["do"] == "state":
        call_command("export_state")
        return 0
    for record in records[: order["number"]]:
        outcome = ingest(record, read=lambda one: readings[one.id], retrieved_at=RETRIEVED).outcome
        if outcome == "refused":
            return 3
    return 0


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]])
