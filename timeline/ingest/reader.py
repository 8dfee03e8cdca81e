"""Reading in a child process, with limits: no language model in a web process, and a hostile page costs one article.

Knows the pure room only; a child starts without Django.
"""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection

from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, Unread

# Loading the model takes two seconds and .4 GB; the longest article tried reads in ten.
SECONDS, MEMORY = 60, 4 * 1024**3


class ReaderStopped(Unread):
    """The reading took too long or too much memory, and was ended."""


def read_apart(record: Record, *, seconds: int = SECONDS, memory: int = MEMORY) -> Extraction:
    """Read a record in a process of its own.

    Raises:
        UnreadableDocument: there is no article in it.
        NoModel: nothing installed reads its language.
        ReaderStopped: it went over its limits of time or memory.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(theirs, record, seconds, memory), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise ReaderStopped(f"reading took longer than {seconds} seconds")
        answer: Extraction | Exception = ours.recv()
    except EOFError as error:
        raise ReaderStopped(f"reading went over its limits ({seconds} s, {memory // 1024**2} MB)") from error
    finally:
        ours.close()
        child.kill()
        child.join()
    if isinstance(answer, Exception):
        raise answer
    return answer


def _read(answers: Connection, record: Record, seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # Here and not above: the process that starts the child must not load the language model's libraries.
    from timeline.extraction.interchange import read

    try:
        answers.send(read(record))
    except Unread as error:
        answers.send(error)
    except (MemoryError, RecursionError):
        answers.send(ReaderStopped("reading took more memory than it may"))
