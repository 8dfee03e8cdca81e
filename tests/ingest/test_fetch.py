"""A page is fetched whole or not at all, within its time, and only from where it may be."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.servers import Answer, Server, moved, page, sending, serving
from timeline.ingest import connections
from timeline.ingest.addresses import is_public
from timeline.ingest.connections import NotFetched
from timeline.ingest.fetch import Fetcher, Page

NEWS = b"<html><p>The harbour was closed.</p></html>"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def fetcher(server: Server) -> Fetcher:
    """One that may ask the server of the test, by a name that only it knows."""
    return Fetcher(seconds=3, private=frozenset({server.host}), resolve=lambda host, port: ["127.0.0.1"])


def refusal(fetch: Callable[[], Page]) -> str:
    with pytest.raises(NotFetched) as caught:
        fetch()
    return str(caught.value)


# --- whole pages ---


def test_a_page_comes_with_its_bytes_its_type_and_its_stamps(server: Server, fetcher: Fetcher) -> None:
    server.answers["/"] = page(NEWS, 'ETag: "7"', "Last-Modified: Fri, 28 Feb 2025 10:00:00 GMT")

    found = fetcher.fetch(server.url())

    assert found == Page(
        url=server.url(),
        content=NEWS,
        media_type="text/html",
        charset="utf-8",
        etag='"7"',
        changed="Fri, 28 Feb 2025 10:00:00 GMT",
    )
    assert "Host: " + server.host in server.asked[0]


def test_a_page_that_has_not_changed_is_not_sent_again(server: Server, fetcher: Fetcher) -> None:
    server.answers["/"] = sending(b'HTTP/1.1 304 Not Modified\r\nETag: "7"\r\nConnection: close\r\n\r\n')

    found = fetcher.fetch(server.url(), etag='"7"', changed="Fri, 28 Feb 2025 10:00:00 GMT")

    assert (found.unchanged, found.content) == (True, b"")
    assert 'If-None-Match: "7"' in server.asked[0]
    assert "If-Modified-Since: Fri, 28 Feb 2025 10:00:00 GMT" in server.asked[0]


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("gzip", gzip.compress(NEWS)),
        ("x-gzip", gzip.compress(NEWS[:10]) + gzip.compress(NEWS[10:])),
        ("deflate", zlib.compress(NEWS)),
        ("deflate", zlib.compress(NEWS)[2:-4]),
    ],
    ids=["gzip", "several members", "zlib", "bare deflate"],
)
def test_what_is_packed_is_unpacked(server: Server, fetcher: Fetcher, name: str, packed: bytes) -> None:
    server.answers["/"] = page(packed, f"Content-Encoding: {name}")

    assert fetcher.fetch(server.url()).content == NEWS


def test_a_page_in_chunks_is_put_together(server: Server, fetcher: Fetcher) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (NEWS[:7], NEWS[7:])) + b"0\r\n\r\n"
    server.answers["/"] = sending(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", chunks
    )

    assert fetcher.fetch(server.url()).content == NEWS


def test_a_page_is_followed_to_where_it_moved(server: Server, fetcher: Fetcher) -> None:
    server.answers |= {"/old": moved("/new?a=1#part"), "/new?a=1": page(NEWS), "/now": moved("/new?a=1", "302 Found")}

    assert fetcher.fetch(server.url("/old")).url == server.url("/new?a=1")
    assert fetcher.fetch(server.url("/old")).moved_for_good
    assert not fetcher.fetch(server.url("/now")).moved_for_good


# --- pages that are none ---

BROKEN = {
    "shorter than it says": (sending(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + NEWS), "failed"),
    "cut in a chunk": (
        sending(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n99\r\n" + NEWS),
        "failed",
    ),
    "cut without a word of its length": (page(NEWS[:-7], length=False), "breaks off"),
    "cut while packed": (page(gzip.compress(NEWS * 50)[:-9], "Content-Encoding: gzip"), "breaks off"),
    "packed in something else": (page(b"\x1f\x8bnothing", "Content-Encoding: gzip"), "broken"),
    "packed as was not asked for": (page(NEWS, "Content-Encoding: br"), "packed in a way"),
    "a picture": (page(b"GIF89a", media_type="image/gif"), "image/gif"),
    "gone": (page(b"", status="410 Gone"), "gone"),
    "failing": (page(b"", status="500 Oh"), "500"),
    "not HTTP": (sending(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "failed"),
    "silent": (sending(b""), "failed"),
    "a header without end": (sending(b"HTTP/1.1 200 OK\r\nA: " + b"a" * 100_000), "failed"),
    "headers without end": (sending(b"HTTP/1.1 200 OK\r\n" + b"A: a\r\n" * 5_000), "failed"),
    "too large by its own word": (sending(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), "larger than"),
    "too large": (page(b"a" * 5_000_001, media_type="text/plain"), "larger than"),
    "a bomb": (page(gzip.compress(b"a" * 20_000_000), "Content-Encoding: gzip"), "unfolds"),
    "a bomb in many members": (page(gzip.compress(b"a" * 90_000) * 200, "Content-Encoding: gzip"), "unfolds"),
    "sent on for ever": (moved("/?"), "sent on more than"),
    "sent on to nowhere": (moved(""), "without saying where"),
    "sent on to a file": (moved("file:///etc/passwd"), "none of the web"),
    "sent on to another port": (moved("http://news.example:22/"), "port 22"),
    "sent on with a password": (moved("http://a:b@news.example/"), "password"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_page_that_is_none_is_refused_in_words(server: Server, fetcher: Fetcher, name: str) -> None:
    server.answers["*"], words = BROKEN[name]

    assert words in refusal(lambda: fetcher.fetch(server.url()))


def dripping(stop: threading.Event, head: bytes, drop: bytes) -> Answer:
    return sending(head, *[drop] * 10_000, gap=stop, seconds=0.02)


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"A"),
        (b"HTTP/1.1 200 OK\r\n", b"A: a\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
    ids=["silent", "in a header", "in headers", "in the page", "in chunks"],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(
    server: Server, fetcher: Fetcher, head: bytes, drop: bytes
) -> None:
    stop = threading.Event()
    server.answers["/"] = dripping(stop, head, drop)
    start = time.monotonic()

    try:
        words = refusal(lambda: replace(fetcher, seconds=0.4).fetch(server.url()))
    finally:
        stop.set()

    assert words == "it took longer than 0.4 seconds" or ("failed" in words and b"A: a" in drop)
    assert time.monotonic() - start < 1.4


def test_a_name_that_takes_too_long_is_left(server: Server, fetcher: Fetcher) -> None:
    stop = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        stop.wait(5)
        return []

    try:
        assert "longer than" in refusal(lambda: replace(fetcher, seconds=0.2, resolve=slow).fetch(server.url()))
    finally:
        stop.set()


# --- servers that are not asked ---

INSIDE = (
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.1.1",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:2::1",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2620:4f:8000::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
)
OUTSIDE = ("1.1.1.1", "8.8.8.8", "172.15.255.255", "172.32.0.1", "198.20.0.1", "2606:4700::1111", "2a00:1450::1")


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_that_are_not_public_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_takes_for_private_is_never_public(address: object) -> None:
    assert not (is_public(str(address)) and not ip_address(str(address)).is_global)


@dataclass
class Tried:
    addresses: list[object]

    def __call__(self, address: object, timeout: float) -> socket.socket:
        self.addresses.append(address)
        raise ConnectionRefusedError


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Tried:
    """Every connection that is tried; none is made."""
    tried = Tried([])
    monkeypatch.setattr(connections.socket, "create_connection", tried)
    return tried


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_with_an_address_inside_is_never_connected_to(tried: Tried, address: str) -> None:
    fetcher = Fetcher(resolve=lambda host, port: ["8.8.8.8", address])

    assert "no public server" in refusal(lambda: fetcher.fetch("https://news.example/"))
    assert tried.addresses == []


SPELLINGS = (
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[fe80::1%25lo]",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ip6-localhost",
    "127.0.0.1.",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "①②⑦.⓪.⓪.①",
    "１２７.０.０.１",
    "127。0。0。1",
)


@pytest.mark.parametrize("host", SPELLINGS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_this_machine_is_connected_to(tried: Tried, scheme: str, host: str) -> None:
    refusal(lambda: Fetcher().fetch(f"{scheme}://{host}/"))

    assert tried.addresses == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example",
        "//news.example/",
        "ftp://news.example/",
        "file:///etc/passwd",
        "gopher://news.example/",
        "javascript:alert(1)",
        "data:text/html,News",
        "http://",
        "http:///path",
        "http://news.example:8000/",
        "http://news.example:443/",
        "http://news.example:99999/",
        "http://user@news.example/",
        "http://user:password@news.example/",
        "http://news.example\\@127.0.0.1/",
        "http://news.example/a b",
        "http://news.example/\r\nHost: inside",
        "http://news.example/\0",
        "http://[news.example]/",
        "http://news.example/" + "a" * 2000,
        "http://" + "a" * 300 + ".example/",
    ],
)
def test_an_address_that_is_none_of_the_web_is_not_asked(tried: Tried, url: str) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError

    assert refusal(lambda: Fetcher(resolve=nowhere).fetch(url))
    assert tried.addresses == []


def test_a_server_that_sends_on_inside_is_not_followed(server: Server, fetcher: Fetcher) -> None:
    for place in ("http://127.0.0.1/", "http://[::1]/", "http://inside.example/"):
        server.answers["/"] = moved(place)

        assert "no public server" in refusal(lambda: fetcher.fetch(server.url()))


def test_a_name_is_asked_for_once_so_that_its_answer_cannot_change(server: Server, fetcher: Fetcher) -> None:
    answers = iter([["127.0.0.1"]])
    server.answers["/"] = page(NEWS)

    found = replace(fetcher, resolve=lambda host, port: next(answers)).fetch(server.url())

    assert found.content == NEWS


def test_no_proxy_is_taken_from_the_environment(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.answers["/"] = page(NEWS)

    assert fetcher.fetch(server.url()).content == NEWS


def test_a_server_whose_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    name = ["-subj", "/CN=news.example", "-addext", "subjectAltName=DNS:news.example"]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *name, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    with serving(certificate, key) as server:
        server.answers["/"] = page(NEWS)
        fetcher = Fetcher(private=frozenset({server.host}), resolve=lambda host, port: ["127.0.0.1"])

        words = refusal(lambda: fetcher.fetch(f"https://{server.host}/"))

    assert words == "its certificate or its encryption is not sound"
    assert server.asked == []
