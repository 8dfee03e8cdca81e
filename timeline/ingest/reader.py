"""Reading in a child process, with limits: no language model in a web process, and a hostile page costs one article.

Knows the pure room only; a child starts without Django.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import TYPE_CHECKING, Self

from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, Unread

if TYPE_CHECKING:
    from timeline.extraction.feeds import Offer

# Seconds of processor time an article, and memory in all. The language model takes .5 GB and an article of 60,000 words
# .2 GB more; the longest article of the news that was tried took six seconds.
SECONDS, MEMORY = 20, 1_500_000_000
# Libraries that compute start a thread for each core, and each thread puts memory aside, which is limited here.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
# Loading the model takes two seconds and more on a busy machine; where others compute too, a clock runs faster than a
# process.
LOADING, BUSY = 20, 3


class ReaderStopped(Unread):
    """The reading took too long or too much memory, and was ended."""


class ReaderFailed(Unread):
    """The rules stumbled over an article."""

    @classmethod
    def over(cls, error: Exception) -> ReaderFailed:
        return cls(f"reading failed ({type(error).__name__}: {error}); this is a mistake in the rules")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to be read, as its server sent it."""

    content: bytes
    url: str


class Reader:
    """Reads records and feeds one after another in one process of its own, from the first to the end of the block.

    A reading that goes over its limits ends the process; the next record starts another.
    """

    def __init__(self, *, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self.seconds, self.memory = seconds, memory
        self._child: SpawnProcess | None = None
        self._line: Connection
        self._loading = 0  # seconds more, for the first record

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def __call__(self, record: Record) -> Extraction:
        """Read a record.

        Raises:
            UnreadableDocument: there is no article in it.
            NoModel: nothing installed reads its language.
            ReaderStopped: it went over its limits of time or memory.
            ReaderFailed: the rules stumbled over it.
        """
        found = self._answer(record)
        assert isinstance(found, Extraction)
        return found

    def feed(self, content: bytes, *, url: str) -> Offer:
        """Read what a feed offers, `url` being its address.

        Raises:
            UnreadableDocument: it is no feed.
            ReaderStopped, ReaderFailed: as for a record.
        """
        # Here and not above: a process of the site knows this module, and is lighter without the parser.
        from timeline.extraction.feeds import Offer

        found = self._answer(Feed(content, url))
        assert isinstance(found, Offer)
        return found

    def _answer(self, question: Record | Feed) -> Extraction | Offer:
        if self._child is None:
            self._start()
        patience = self.seconds * BUSY + self._loading
        if isinstance(question, Record):
            self._loading = 0
        try:
            self._line.send(question)
            if not self._line.poll(patience):
                raise ReaderStopped(f"reading took longer than {self.seconds} seconds")
            answer: Extraction | Offer | Exception = self._line.recv()
        except (EOFError, OSError) as error:
            self._end()
            megabytes = self.memory // 1_000_000
            raise ReaderStopped(f"reading went over its limits ({self.seconds} s, {megabytes} MB)") from error
        except BaseException:
            self._end()
            raise
        if isinstance(answer, ReaderStopped):
            self._end()  # what it left behind would lie in the way of the next
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._child = context.Process(target=_serve, args=(theirs, self.seconds, self.memory), daemon=True)
        self._child.start()
        self._loading = LOADING if self.seconds else 0
        theirs.close()

    def _end(self) -> None:
        if self._child is not None:
            self._line.close()
            self._child.kill()
            self._child.join()
            self._child = None


def read_apart(record: Record, *, seconds: int = SECONDS, memory: int = MEMORY) -> Extraction:
    """Read one record in a process of its own; raises what `Reader` raises."""
    with Reader(seconds=seconds, memory=memory) as read:
        return read(record)


def _serve(line: Connection, seconds: int, memory: int) -> None:
    """Answer records until the other side is gone."""
    # A person's Ctrl-C, or an end for the whole group, is for the process that asks; it ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.environ.update(ONE_THREAD)
    allowed = LOADING if seconds else 0
    while True:
        try:
            question: Record | Feed = line.recv()
            loads = isinstance(question, Record)  # the language model, which feeds do without
            line.send(_answer(question, seconds + (allowed if loads else 0)))
        except (EOFError, OSError):
            return
        allowed = 0 if loads else allowed


def _answer(question: Record | Feed, seconds: int) -> Extraction | Offer | Exception:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))
    try:
        # Here and not above: the process that starts the child must not load the language model's libraries.
        if isinstance(question, Feed):
            from timeline.extraction.feeds import read_feed

            return read_feed(question.content, url=question.url)
        from timeline.extraction.interchange import read

        return read(question)
    except Unread as error:
        return error
    except (MemoryError, RecursionError, ImportError) as error:
        # Where memory is short, a library may say so as it is loaded.
        return ReaderStopped(f"reading took more memory than it may ({type(error).__name__})")
    except Exception as error:  # one article that trips the rules must not end the run
        return ReaderFailed.over(error)
