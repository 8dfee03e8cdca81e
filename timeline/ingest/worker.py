"""A worker: one process that reads what waits and asks the feeds that are due, for good or until nothing is left.

It lives as long as it says so. Ended politely it stores the article it is at and gives the rest back; killed, the rest
is taken by another as soon as its lease is over.
"""

from __future__ import annotations

import io
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import Error as DatabaseFailure
from django.db import close_old_connections, connection, transaction

from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record
from timeline.ingest import feeds, inputs, work
from timeline.ingest.connections import NotFetched
from timeline.ingest.inputs import Input
from timeline.ingest.robots import Visitor
from timeline.ingest.run import IngestResult, Reader, ingest, settled_before_reading
from timeline.ingest.web import plain_address, record_at
from timeline.models import Feed, Work, WorkContent, Worker, WorkPart

log = logging.getLogger(__name__)
LOOK = 1.0  # seconds between two looks whether there is something to do
Say = Callable[[str], None]


class TryLater(Exception):
    """An address did not answer; it may the next time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What reading a record gave, for the transaction that stores it: no language model runs in one."""

    found: Extraction | Exception

    def __call__(self, record: Record) -> Extraction:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


class Source:
    """What was uploaded, opened: its articles in their order, from any of them on."""

    def __init__(self, asked: Work) -> None:
        self.work = asked
        self.content = bytes(WorkContent.objects.get(work=asked).content)
        self._at = 0
        self._rest: Iterator[Input | str] = iter(())
        self._opened = False

    def count(self) -> int:
        if self.work.kind == Work.Kind.ADDRESSES:
            return len(work.addresses_in(self.content))
        return inputs.count_stream(io.BytesIO(self.content), self.work.name)

    def between(self, first: int, last: int | None) -> Iterator[Input | str]:
        """Articles, and addresses of those that are still to be fetched."""
        if not self._opened or self._at > first:
            self._rest, self._at, self._opened = self._open(), 0, True
        for _ in islice(self._rest, first - self._at):
            self._at += 1
        while last is None or self._at < last:
            item = next(self._rest, None)
            if item is None:
                return
            self._at += 1
            yield item

    def _open(self) -> Iterator[Input | str]:
        if self.work.kind == Work.Kind.ADDRESSES:
            return iter(work.addresses_in(self.content))
        return inputs.read_stream(io.BytesIO(self.content), self.work.name)


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
    ) -> None:
        self.read, self.visitor, self.say, self.lease, self.parts = read, visitor, say, lease, parts
        now = datetime.now(UTC)
        self.row = Worker(host=socket.gethostname()[:200], process=os.getpid(), since=now)
        self._ending = threading.Event()
        self._feed: Feed | None = None
        self._source: Source | None = None

    def end(self) -> None:
        """Finish the article that is being read, and give the rest back."""
        self._ending.set()

    def run(self, *, watch: bool = True) -> None:
        """Read what waits, and what feeds newly offer; with `watch` until it is ended, else until nothing is due.

        Raises:
            django.db.Error: without `watch`, the database cannot be read or written.
        """
        with self._living():
            while not self._ending.is_set():
                try:
                    did = self._ask_a_feed()
                    did = (self.parts and self._read_a_part()) or did
                except DatabaseFailure as error:
                    if not watch:
                        raise
                    log.warning("the database does not answer, tried again soon: %s", error)
                    connection.close()
                    did = False
                if did:
                    continue
                if not watch:
                    return
                close_old_connections()
                self._ending.wait(LOOK)

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
        self._feed = feed
        try:
            found = feeds.poll(feed, visitor=self.visitor, read=self.read, ending=self._ending.is_set)
        finally:
            self._feed = None
        self.say(f"{feed}: {'failed: ' if found.failed else ''}{found.result}")
        return True

    # --- parts ---------------------------------------------------------------------------------------------------

    def _read_a_part(self) -> bool:
        part = work.claim(self.row.name, datetime.now(UTC), self.lease)
        if part is None:
            self._source = None
            return False
        try:
            self._read_through(part)
        except work.Lost:
            self.say(f"{part}: another worker has it")
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
            self.say(f"{part}: put off: {reason}")
        except work.Lost:
            self.say(f"{part}: another worker has it")

    def _read_through(self, part: WorkPart) -> None:
        if self._source is None or self._source.work.pk != part.work_id:
            self._source = Source(part.work)
        if part.work.total is None:
            work.divide(part, self._source.count())
        for item in self._source.between(part.position, part.last):
            if self._ending.is_set():
                work.give_back(part, datetime.now(UTC))
                self.say(f"{part}: given back")
                return
            if not self._take(part, item):
                work.give_back(part, datetime.now(UTC))
                self.say(f"{part}: stopped")
                return
            part.position, part.attempts = part.position + 1, 1
        work.finish(part)
        self.say(f"{part}: done")

    def _take(self, part: WorkPart, item: Input | str) -> bool:
        """Read an article and store it with the count of it; whether the part goes on."""
        began = time.monotonic()
        name, record = self._record(part, item)
        if part.attempts > work.ATTEMPTS:
            record = IngestResult.refused(f"its worker ended {work.ATTEMPTS} times while it was read")
        if isinstance(record, Record):
            record = settled_before_reading(record) or record
        answer = self._answer(record) if isinstance(record, Record) else None
        with transaction.atomic():
            result = ingest(record, read=answer) if isinstance(record, Record) and answer else record
            assert isinstance(result, IngestResult)
            return work.settle(part, name, result, spent=time.monotonic() - began)

    def _record(self, part: WorkPart, item: Input | str) -> tuple[str, Record | IngestResult]:
        if isinstance(item, tuple):
            return item[0], IngestResult.refused(item[1])
        publisher = part.work.publisher or None
        if isinstance(item, Record):
            return item.id, replace(item, publisher=item.publisher or publisher)
        try:
            return item, record_at(plain_address(item), self.visitor, publisher=publisher or "")
        except NotFetched as error:
            lasting = error.status is not None and 400 <= error.status < 500
            if part.work.total == 1 and not lasting and part.attempts < work.ATTEMPTS:
                raise TryLater(str(error)) from error
            return item, IngestResult.refused(str(error))

    def _answer(self, record: Record) -> Answer:
        try:
            return Answer(self.read(record))
        except Exception as error:  # what it means is for `ingest` to say
            return Answer(error)
