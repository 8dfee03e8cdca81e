"""A worker: one process that reads what waits and asks the feeds that are due, for good or until nothing is left.

The engine tells it when something waits; while it is idle it looks itself for what the engine has lost and for what has
become due by the clock. It lives as long as it says so. Ended politely it stores the article it is at and gives the
rest back; killed, the rest is taken by another as soon as its lease is over.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import Error as DatabaseFailure
from django.db import close_old_connections, connection, transaction

from timeline.extraction.feeds import read_feed
from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, Unread
from timeline.ingest import feeds, work
from timeline.ingest.again import read_again, record_of
from timeline.ingest.asked import Asked, Kept, Piece, Stretch, article_of
from timeline.ingest.connections import NotFetched
from timeline.ingest.engine import ring, when_rung
from timeline.ingest.engines import Database, Procrastinate, the_engine
from timeline.ingest.robots import Visitor
from timeline.ingest.run import IngestResult, Reader, ingest, settled_before_reading
from timeline.ingest.store import one_at_a_time
from timeline.ingest.suggestions import suggest_actors, suggest_events
from timeline.ingest.web import plain_address, record_at
from timeline.models import Article, Feed, Work, Worker, WorkPart
from timeline.search.rebuild import Overtaken, rebuild

log = logging.getLogger(__name__)
LOOK = 1.0  # seconds between two looks whether there is something to do
TIDY = 600.0  # seconds between two looks for tasks that have ended
WARMING = Record(id="warming", content=b"Nothing has happened yet.")
Say = Callable[[str], None]
Keep = Callable[[], IngestResult]  # stores what was found, in the transaction that counts it


class TryLater(Exception):
    """An address did not answer; it may the next time."""


class Stopped(Exception):
    """A person has stopped what was under way, or the worker is to end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What reading a record gave, for the transaction that stores it: no language model runs in one."""

    found: Extraction | Exception

    def __call__(self, record: Record) -> Extraction:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


class Background:
    """Everything one worker does. `lease` is how long the others wait after its last sign of life.

    Without `parts` it asks feeds alone, and is not told among the workers.
    """

    def __init__(
        self,
        *,
        read: Reader,
        visitor: Visitor,
        say: Say,
        lease: timedelta = work.LEASE,
        parts: bool = True,
        look: feeds.Look = read_feed,
    ) -> None:
        self.read, self.visitor, self.say, self.lease, self.parts = read, visitor, say, lease, parts
        self.look = look
        now = datetime.now(UTC)
        self.row = Worker(host=socket.gethostname()[:200], process=os.getpid(), since=now)
        self._ending, self._busy = threading.Event(), threading.Event()
        self._feed: Feed | None = None
        self._asked: Asked | None = None

    def end(self) -> None:
        """Finish the article that is being read, and give the rest back."""
        self._ending.set()

    def warm_up(self) -> None:
        """Load the language model, so that the first article does not wait for it."""
        with suppress(Unread):
            self.read(WARMING)

    def run(self, *, watch: bool = True) -> None:
        """Read what waits, and what feeds newly offer; with `watch` until it is ended, else until nothing is due.

        Raises:
            django.db.Error: without `watch`, the database cannot be read or written.
        """
        with self._living():
            if not watch:
                self._do_what_is_due()
            while watch and not self._ending.is_set():
                with self._database_may_be_away():
                    self._do_what_is_due()
                close_old_connections()
                self._ending.wait(LOOK)

    def serve(self) -> None:
        """Do what the engine tells of, until it is ended."""
        engine = the_engine()
        when_rung(self._told)
        with self._living(), self._looking(engine):
            while not self._ending.is_set():
                with self._database_may_be_away():
                    engine.serve(self.row.name, self._ending)
                self._ending.wait(LOOK)

    def _told(self) -> None:
        self._busy.set()
        try:
            self._do_what_is_due()
        finally:
            self._busy.clear()

    def _do_what_is_due(self) -> None:
        did = True
        while did and not self._ending.is_set():
            did = self._ask_a_feed()
            did = (self.parts and self._read_a_part()) or did

    @contextmanager
    def _database_may_be_away(self) -> Iterator[None]:
        try:
            yield
        except (DatabaseFailure, ConnectionError) as error:
            log.warning("the database does not answer, tried again soon: %s", error)
            connection.close()

    # --- what the engine does not tell ---------------------------------------------------------------------------

    @contextmanager
    def _looking(self, engine: Database | Procrastinate) -> Iterator[None]:
        thread = threading.Thread(target=self._look, args=(engine,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()

    def _look(self, engine: Database | Procrastinate) -> None:
        """Ring for what is due and nobody has been told of, as long as this worker has nothing else to do."""
        tidied = float("-inf")
        while not self._ending.wait(LOOK):
            with self._database_may_be_away():
                now = datetime.now(UTC)
                if time.monotonic() - tidied >= TIDY:
                    engine.forget(set(Worker.objects.alive(now).values_list("name", flat=True)))
                    tidied = time.monotonic()
                if not self._busy.is_set() and (work.is_due(now) or Feed.objects.due(now).exists()):
                    ring()
        connection.close()

    # --- signs of life -------------------------------------------------------------------------------------------

    @contextmanager
    def _living(self) -> Iterator[None]:
        """Renews the leases from a thread of its own, however long an article takes."""
        work.forget(datetime.now(UTC))
        self._say_alive()
        ended = threading.Event()
        thread = threading.Thread(target=self._renew, args=(ended,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            Worker.objects.filter(name=self.row.name).delete()

    def _renew(self, ended: threading.Event) -> None:
        while not ended.wait(self.lease.total_seconds() / 3):
            try:
                self._say_alive()
            except DatabaseFailure as error:
                log.warning("the lease is not renewed, tried again soon: %s", error)
                connection.close()
        connection.close()

    def _say_alive(self) -> None:
        now = datetime.now(UTC)
        if self.parts:
            work.renew(self.row, now, self.lease)
        if (feed := self._feed) is not None:
            feeds.renew(feed, now + self.lease)

    # --- feeds ---------------------------------------------------------------------------------------------------

    def _ask_a_feed(self) -> bool:
        feed = feeds.claim(datetime.now(UTC), self.lease)
        if feed is None:
            return False
        self._feed, began = feed, time.monotonic()
        try:
            found = feeds.poll(feed, visitor=self.visitor, read=self.read, look=self.look, ending=self._ending.is_set)
        finally:
            self._feed = None
        self.say(f"{feed}: {'failed: ' if found.failed else ''}{found.result}")
        log.info(
            "feed asked",
            extra={
                "feed": feed.url,
                "worker": self.row.name,
                "failed": found.failed,
                "result": found.result,
                "seconds": round(time.monotonic() - began, 3),
            },
        )
        return True

    # --- parts ---------------------------------------------------------------------------------------------------

    def _read_a_part(self) -> bool:
        part = work.claim(self.row.name, datetime.now(UTC), self.lease)
        if part is None:
            self._asked = None
            return False
        try:
            self._read_through(part)
        except work.Lost:
            self._tell(part, "another worker has it")
        except (DatabaseFailure, TryLater) as error:
            self._put_off(part, str(error))
            if isinstance(error, DatabaseFailure):
                raise
        except Exception as error:  # one file that trips the rules must not end the worker
            log.warning("%s trips the rules", part, exc_info=error)
            self._put_off(part, f"{type(error).__name__}: {error}; this is a mistake in the rules")
        return True

    def _put_off(self, part: WorkPart, reason: str) -> None:
        try:
            work.put_off(part, reason, datetime.now(UTC))
            self._tell(part, f"put off: {reason}")
        except work.Lost:
            self._tell(part, "another worker has it")

    def _read_through(self, part: WorkPart) -> None:
        if part.work.kind == Work.Kind.REINDEX:
            self._rebuild_through(part)
            return
        if self._asked is None or self._asked.work.pk != part.work_id:
            self._asked = Asked(part.work)
        if part.work.total is None:
            work.divide(part, self._asked.count())
        for piece in self._asked.between(part.position, part.last):
            if self._ending.is_set():
                self._leave(part, "given back")
                return
            if not self._take(part, piece):
                self._leave(part, "stopped")
                return
            part.position, part.attempts = part.position + 1, 1
        work.finish(part)
        self._tell(part, "done")

    def _leave(self, part: WorkPart, how: str) -> None:
        work.give_back(part, datetime.now(UTC))
        self._tell(part, how)

    def _tell(self, part: WorkPart, how: str) -> None:
        self.say(f"{part}: {how}")
        log.info(how, extra={"work": part.work.uid, "worker": self.row.name, "part": part.pk})

    def _take(self, part: WorkPart, piece: Piece) -> bool:
        """Read a piece and store it with the count of it; whether the part goes on."""
        began = time.monotonic()
        name, keep = self._prepared(part, piece)
        with transaction.atomic():
            result = keep()
            goes_on = work.settle(part, name, result, spent=time.monotonic() - began)
        log.info(
            result.outcome,
            extra={
                "work": part.work.uid,
                "worker": self.row.name,
                "position": part.position,
                "piece": name[:500],
                "article": result.article_uid,
                "reason": result.reason,
                "seconds": round(time.monotonic() - began, 3),
            },
        )
        return goes_on

    def _prepared(self, part: WorkPart, piece: Piece) -> tuple[str, Keep]:
        """What a piece is called, and what is to be stored of it; all that takes long is done before."""
        if isinstance(piece, tuple):
            return piece[0], _refusal(piece[1])
        name = piece.id if isinstance(piece, Record) else piece.uid if isinstance(piece, Kept) else str(piece)
        if part.attempts > work.ATTEMPTS:
            return name, _refusal(f"its worker ended {work.ATTEMPTS} times while it was read")
        match piece:
            case Stretch():
                return name, lambda: _look_through(piece)
            case Kept():
                return self._once_more(piece)
            case Record():
                return name, self._read(replace(piece, publisher=piece.publisher or part.work.publisher or None))
        return name, self._fetched(part, piece)

    def _fetched(self, part: WorkPart, address: str) -> Keep:
        try:
            return self._read(record_at(plain_address(address), self.visitor, publisher=part.work.publisher))
        except NotFetched as error:
            lasting = error.status is not None and 400 <= error.status < 500
            if part.work.total == 1 and not lasting and part.attempts < work.ATTEMPTS:
                raise TryLater(str(error)) from error
            return _refusal(str(error))

    def _read(self, record: Record) -> Keep:
        settled = settled_before_reading(record)
        if settled is not None:
            return lambda: settled
        answer = self._answer(record)
        return lambda: ingest(record, read=answer)

    def _once_more(self, kept: Kept) -> tuple[str, Keep]:
        article = article_of(kept)
        if article is None:
            return kept.uid, lambda: IngestResult(outcome="duplicate", reason="gone meanwhile")
        answer = self._answer(record_of(article))
        return str(article), lambda: _renewed(article, answer)

    def _answer(self, record: Record) -> Answer:
        try:
            return Answer(self.read(record))
        except Exception as error:  # what it means is for `ingest` to say
            return Answer(error)

    # --- the index -----------------------------------------------------------------------------------------------

    def _rebuild_through(self, part: WorkPart) -> None:
        """Build the index anew, from its beginning: what another worker has begun of it is dropped."""
        began, before, of = time.monotonic(), 0, 0
        found = ""

        def report(what: str, done: int, last: int) -> None:
            nonlocal before, of, found
            if what != found:
                before, of, found = before + of, 0, what
            of = done
            if self._ending.is_set() or not work.advance(part, before + done, spent=time.monotonic() - began):
                raise Stopped

        try:
            rebuild(connection, report)
        except Stopped:
            self._leave(part, "given back" if self._ending.is_set() else "stopped")
        except Overtaken as error:
            work.fail(part, str(error))
            self._tell(part, str(error))
        else:
            work.finish(part)
            self._tell(part, "done")


def _refusal(reason: str) -> Keep:
    return lambda: IngestResult.refused(reason)


def _renewed(article: Article, answer: Answer) -> IngestResult:
    found = read_again(article.pk, read=answer)
    match found.outcome:
        case "read":
            return IngestResult(outcome="taken", article_uid=article.uid)
        case "gone":
            return IngestResult(outcome="duplicate", reason=found.reason)
    return IngestResult.refused(found.reason)


def _look_through(stretch: Stretch) -> IngestResult:
    """Find anew which entries of a stretch may be one with others."""
    with one_at_a_time():
        ids = stretch.ids()
        if stretch.kind == "actor":
            suggest_actors(ids)
        else:
            suggest_events(ids)
    return IngestResult(outcome="taken")
