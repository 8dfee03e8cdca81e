"""One page of the web, fetched so that nothing a server answers can harm: the one place that asks the network.

A name is resolved once and every address of it must be public; the connection goes to the address that was looked at,
with the name kept for the certificate and the Host header; each redirect is looked at anew. One deadline stands over
the whole, and bytes are counted on the wire and as they unfold. Nothing is taken from the environment, no proxy and no
password.
"""

from __future__ import annotations

import contextlib
import re
import ssl
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import HTTPResponse
from urllib3.util import parse_url

from timeline.ingest.connections import Deadline, NotFetched, Resolve, connect, connection, resolve

AGENT = "timeline-reader"
SECONDS = 20.0
ON_THE_WIRE, UNFOLDED = 5_000_000, 10_000_000  # bytes
REDIRECTS = 5
LONGEST_ADDRESS = 2000  # bytes
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
WITH_AN_END = ("text/html", "application/xhtml+xml")
PORTS = {"http": 80, "https": 443}
CHUNK = 65_536  # bytes
GZIP = b"\x1f\x8b"
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
STAMP = re.compile(r"[\x20-\x7e]{1,300}")
MOVED, MOVED_FOR_GOOD = frozenset({301, 302, 303, 307, 308}), frozenset({301, 308})
ANSWERS = {
    401: "it asks for a password",
    402: "it asks for payment",
    403: "the server refuses it",
    404: "there is no such page",
    410: "the page is gone",
    429: "the server asks to come less often",
    451: "it is held back for legal reasons",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server answered: its bytes as they were before they were packed for the way.

    `url` is where it was found, `moved_for_good` whether the server says to ask there from now on; `etag` and
    `changed` are its stamps, to be given when it is asked again; `unchanged` whether it is the page those stamps know,
    which is then not sent again.
    """

    url: str
    content: bytes = b""
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    changed: str = ""
    unchanged: bool = False
    moved_for_good: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of the web that may be asked."""

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """The server, as the beginning of an address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @classmethod
    def of(cls, url: str, private: frozenset[str] = frozenset()) -> Address:
        """The address that a text is.

        Raises:
            NotFetched: it is none that is fetched.
        """
        if len(url.encode("utf-8", "replace")) > LONGEST_ADDRESS:
            raise NotFetched(f"its address is longer than {LONGEST_ADDRESS:,} bytes")
        if UNSAFE.search(url):
            raise NotFetched("its address holds a blank, a backslash or a control character")
        try:
            parts = parse_url(url)
        except (LocationParseError, ValueError) as error:
            raise NotFetched("its address is none of the web") from error
        if parts.scheme not in PORTS or not parts.host:
            raise NotFetched("its address is none of the web: it begins with http:// or https://")
        if parts.auth is not None:
            raise NotFetched("its address holds a name or a password")
        host = parts.host.strip("[]").rstrip(".")
        port = parts.port or PORTS[parts.scheme]
        if port != PORTS[parts.scheme] and f"{host}:{port}" not in private:
            raise NotFetched(f"port {port} is none of the web")
        target = parts.request_uri
        whole = parts._replace(fragment=None).url
        return cls(url=whole, scheme=parts.scheme, host=host, port=port, target=target)


Permit = Callable[[Address], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """How pages are fetched. `private` names servers (host:port) that may be asked though they are not public."""

    seconds: float = SECONDS
    on_the_wire: int = ON_THE_WIRE
    unfolded: int = UNFOLDED
    private: frozenset[str] = frozenset()
    resolve: Resolve = resolve

    def fetch(
        self,
        url: str,
        *,
        media_types: tuple[str, ...] = PAGES,
        etag: str = "",
        changed: str = "",
        permit: Permit = lambda address: None,
    ) -> Page:
        """The page at an address, wherever it moved.

        Args:
            media_types: what is taken; empty for anything.
            etag, changed: the stamps of the page as it is known.
            permit: is shown every address before it is asked, and raises NotFetched where it may not be.

        Raises:
            NotFetched: there is no whole page of these media types; the message says why.
        """
        headers = {
            "User-Agent": AGENT,
            "Accept": ", ".join(media_types) or "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **({"If-None-Match": etag} if etag else {}),
            **({"If-Modified-Since": changed} if changed else {}),
        }
        with Deadline(self.seconds) as deadline:
            try:
                return self._follow(url, headers, media_types, permit, deadline)
            except (HTTPError, HTTPException, OSError, ValueError) as error:
                if deadline.is_over:
                    raise deadline.failure from error
                if isinstance(error, ssl.SSLError):
                    raise NotFetched("its certificate or its encryption is not sound") from error
                raise NotFetched(f"the connection failed ({type(error).__name__})") from error

    def _follow(
        self, url: str, headers: Mapping[str, str], media_types: tuple[str, ...], permit: Permit, deadline: Deadline
    ) -> Page:
        for_good = True
        for hop in range(REDIRECTS + 1):
            address = Address.of(url, self.private)
            permit(address)
            with self._asked(address, headers, deadline) as answer:
                if answer.status not in MOVED:
                    page = self._page(address.url, answer, media_types, deadline)
                    return replace(page, moved_for_good=for_good and hop > 0)
                for_good = for_good and answer.status in MOVED_FOR_GOOD
                where = _sent_on(answer)
                if not where:
                    raise NotFetched("it is sent on without saying where to")
                url = urljoin(address.url, where)
        raise NotFetched(f"it is sent on more than {REDIRECTS} times")

    @contextlib.contextmanager
    def _asked(self, address: Address, headers: Mapping[str, str], deadline: Deadline) -> Iterator[HTTPResponse]:
        if deadline.is_over:
            raise deadline.failure
        line = connection(
            address.scheme,
            address.host,
            address.port,
            lambda: connect(address.host, address.port, resolve=self.resolve, private=self.private, deadline=deadline),
        )
        try:
            line.request("GET", address.target, headers=headers, preload_content=False, decode_content=False)
            answer: Any = line.getresponse()
            yield answer
        finally:
            line.close()

    def _page(self, url: str, answer: HTTPResponse, media_types: tuple[str, ...], deadline: Deadline) -> Page:
        etag, changed = _stated(answer, "ETag"), _stated(answer, "Last-Modified")
        if answer.status == 304:
            return Page(url=url, unchanged=True, etag=etag, changed=changed)
        if answer.status != 200:
            raise NotFetched(ANSWERS.get(answer.status, f"the server answers with {answer.status}"), answer.status)
        media_type, charset = media_type_of(_stated(answer, "Content-Type"))
        if media_type and media_types and media_type not in media_types:
            raise NotFetched(f"it is no page but {media_type}")
        content = b"".join(self._unfolded(answer, deadline))
        if _ends_anywhere(answer) and media_type in WITH_AN_END and b"</html" not in content[-CHUNK:].lower():
            raise NotFetched("it breaks off")
        return Page(url=url, content=content, media_type=media_type, charset=charset, etag=etag, changed=changed)

    def _unfolded(self, answer: HTTPResponse, deadline: Deadline) -> Iterator[bytes]:
        """The bytes of an answer, unpacked as they come, and never more than are allowed.

        Raises:
            NotFetched: there are too many, they break off, or they are packed in a way that was not asked for.
        """
        if (answer.length_remaining or 0) > self.on_the_wire:
            raise NotFetched(f"it is larger than {self.on_the_wire:,} bytes")
        packed = _stated(answer, "Content-Encoding").lower()
        if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise NotFetched("it is packed in a way that is not read")
        unpacker = Unpacker() if packed not in ("", "identity") else None
        wire = whole = 0
        while chunk := answer.read(CHUNK):
            if deadline.is_over:
                raise deadline.failure
            wire += len(chunk)
            if wire > self.on_the_wire:
                raise NotFetched(f"it is larger than {self.on_the_wire:,} bytes")
            for piece in unpacker.pieces(chunk) if unpacker else (chunk,):
                whole += len(piece)
                if whole > self.unfolded:
                    raise NotFetched(f"it unfolds to more than {self.unfolded:,} bytes")
                yield piece
        if deadline.is_over:
            raise deadline.failure
        if unpacker and wire and not unpacker.is_whole:
            raise NotFetched("it breaks off")


class Unpacker:
    """gzip of one or several members, zlib and bare deflate, piece by piece; no piece is larger than CHUNK."""

    def __init__(self) -> None:
        self.inner: Any = None
        self.members = 0

    @property
    def is_whole(self) -> bool:
        return self.members > 0 and self.inner is None

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """What a chunk unfolds to.

        Raises:
            NotFetched: it is none of the three.
        """
        while chunk:
            if self.inner is None:
                if self.members and not chunk.startswith(GZIP):
                    return  # padding after the last member
                self.inner = zlib.decompressobj(_window(chunk))
            while True:
                try:
                    piece = self.inner.decompress(chunk, CHUNK)
                except zlib.error as error:
                    raise NotFetched("what it is packed in is broken") from error
                if piece:
                    yield piece
                chunk = self.inner.unconsumed_tail
                if self.inner.eof or (not chunk and len(piece) < CHUNK):
                    break
            if self.inner.eof:
                chunk, self.inner, self.members = self.inner.unused_data, None, self.members + 1


def _window(start: bytes) -> int:
    """How zlib is told what it is given: gzip, zlib, or deflate without a head, as some servers send it."""
    if start.startswith(GZIP):
        return 31
    return 15 if start[0] & 15 == 8 and (start[0] << 8 | start[1]) % 31 == 0 else -15


def _ends_anywhere(answer: HTTPResponse) -> bool:
    """Whether nothing but the end of the connection says that an answer is whole."""
    headers = answer.headers
    return not any(headers.get(name) for name in ("Content-Length", "Transfer-Encoding", "Content-Encoding"))


def media_type_of(text: str) -> tuple[str, str]:
    """The type and the charset of a Content-Type header, in small letters; empty where it states none."""
    message = Message()
    message["Content-Type"] = text
    return message.get_content_type() if text else "", str(message.get_param("charset") or "").lower()


def _stated(answer: HTTPResponse, name: str) -> str:
    """A header of an answer, empty where it is missing or none that could be sent back."""
    value = answer.headers.get(name, "").strip()
    return value if STAMP.fullmatch(value) else ""


def _sent_on(answer: HTTPResponse) -> str:
    """Where an answer sends on to; addresses are sent as UTF-8, whatever the standard says."""
    return answer.headers.get("Location", "").strip().encode("latin-1", "replace").decode("utf-8", "replace")
