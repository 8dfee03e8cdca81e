"""Connections that go only where they may, and end when their time is over."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection

from timeline.ingest.addresses import is_public

Resolve = Callable[[str, int], list[str]]
TRIED = 3  # addresses of one name


class NotFetched(Exception):
    """Why there is no page; the message says it in words. `status` is what the server answered, if it did."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, as the system knows them.

    Raises:
        OSError: the system knows none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Deadline:
    """The end of all that one fetch does: when it comes, the connections it watches are shut, whoever reads from them.

    A server that sends one byte a second never exceeds the timeout of a read; it does exceed this.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds
        self.watched: list[socket.socket] = []
        self.lock = threading.Lock()
        self.timer = threading.Timer(seconds, self._shut)
        self.timer.daemon = True

    @property
    def left(self) -> float:
        return self.end - time.monotonic()

    @property
    def is_over(self) -> bool:
        return self.left <= 0

    @property
    def failure(self) -> NotFetched:
        return NotFetched(f"it took longer than {self.seconds:g} seconds")

    def watch(self, line: socket.socket) -> None:
        """Shut this connection at the end. TLS takes the socket over, so that a second handle on it is kept."""
        with self.lock:
            self.watched.append(line.dup())

    def within(self, work: Callable[[], list[str]]) -> list[str]:
        """What a call answers that cannot be shut, such as asking for a name; it is left alone when time is over.

        Raises:
            NotFetched: it took too long.
            OSError: as the call does.
        """
        answers: list[list[str] | OSError] = []

        def run() -> None:
            try:
                answers.append(work())
            except OSError as error:
                answers.append(error)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        thread.join(max(self.left, 0))
        if not answers:
            raise self.failure
        if isinstance(answers[0], OSError):
            raise answers[0]
        return answers[0]

    def _shut(self) -> None:
        with self.lock:
            for line in self.watched:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.timer.cancel()
        with self.lock:
            for line in self.watched:
                line.close()
            self.watched.clear()


def connect(host: str, port: int, *, resolve: Resolve, private: frozenset[str], deadline: Deadline) -> socket.socket:
    """A connection to a server by its name: to an address of it that was looked at, and no other.

    Args:
        private: the servers (host:port) that may have any address.

    Raises:
        NotFetched: the name has no address, one that is not public, or none that answers.
    """
    try:
        addresses = deadline.within(lambda: resolve(host, port))
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"{host} has no address") from error
    if f"{host}:{port}" not in private:
        for address in addresses:
            if not is_public(address):
                raise NotFetched(f"{host} is no public server ({address})")
    for address in addresses[:TRIED]:
        if deadline.is_over:
            raise deadline.failure
        try:
            line = socket.create_connection((address, port), timeout=deadline.left)
        except OSError:
            continue
        deadline.watch(line)
        return line
    raise deadline.failure if deadline.is_over else NotFetched(f"{host} does not answer")


class _Checked:
    """Of a connection: it is made by `connect`."""

    connector: Callable[[], socket.socket]

    def _new_conn(self) -> socket.socket:
        return self.connector()


class PlainConnection(_Checked, HTTPConnection):
    pass


class SafeConnection(_Checked, HTTPSConnection):
    pass


def connection(scheme: str, host: str, port: int, connector: Callable[[], socket.socket]) -> HTTPConnection:
    """A connection that is made when it is first used, with the server's certificate looked at under its name."""
    made: PlainConnection | SafeConnection
    if scheme == "https":
        made = SafeConnection(host, port, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where())
    else:
        made = PlainConnection(host, port)
    made.connector = connector
    return made
