"""Servers on this machine that answer as they are told, however badly."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Answer = Callable[[socket.socket, str], None]


@dataclass
class Server:
    """One server: `answers` by path, or by host and path; `asked` what came in, whole requests in order."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"news.example:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.asked]


def sending(*parts: bytes, gap: threading.Event | None = None, seconds: float = 0.0) -> Answer:
    """An answer of these bytes, with a pause after each part that ends when the test does."""

    def answer(line: socket.socket, request: str) -> None:
        for part in parts:
            line.sendall(part)
            if gap is not None and gap.wait(seconds):
                return

    return answer


def page(
    content: bytes = b"<html><p>News.</p></html>",
    *headers: str,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    length: bool = True,
) -> Answer:
    head = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", *headers, "Connection: close"]
    if length:
        head.append(f"Content-Length: {len(content)}")
    return sending("\r\n".join([*head, "", ""]).encode() + content)


def moved(to: str, status: str = "301 Moved Permanently") -> Answer:
    return page(b"", f"Location: {to}", status=status)


def header(request: str, name: str) -> str:
    return next((line[len(name) + 2 :] for line in request.split("\r\n") if line.startswith(f"{name}: ")), "")


@contextlib.contextmanager
def serving(certificate: Path | None = None, key: Path | None = None) -> Iterator[Server]:
    """A server, over TLS where it has a certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if certificate is not None:
        context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    server = Server(port=listener.getsockname()[1])

    def talk(line: socket.socket) -> None:
        with contextlib.suppress(OSError), context.wrap_socket(line, server_side=True) if certificate else line as line:
            request = b""
            while b"\r\n\r\n" not in request:
                received = line.recv(65_536)
                if not received:
                    return
                request += received
            text = request.decode("latin-1")
            server.asked.append(text)
            path = text.split(" ")[1]
            named = f"{header(text, 'Host')}{path}"
            found = next((server.answers[key] for key in (named, path, "*") if key in server.answers), None)
            answer = found or page(b"", status="404 Not Found")
            answer(line, text)

    def listen() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(line,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield server
    finally:
        listener.close()
