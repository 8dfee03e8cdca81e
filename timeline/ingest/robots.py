"""Servers are visited as they wish: robots.txt is obeyed, and there is a pause between two visits.

RFC 9309: a server without robots.txt allows everything; one whose robots.txt cannot be had just now allows nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

from timeline.ingest.connections import NotFetched
from timeline.ingest.fetch import AGENT, PAGES, Address, Fetcher, Page

PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds
VALID = 24 * 3600.0  # seconds, as RFC 9309 asks
LARGEST = 512_000  # bytes that are read of a robots.txt
EVERYTHING, NOTHING = "", "User-agent: *\nDisallow: /"


@dataclass
class Rules:
    """What a server allows, read at a moment of the clock; `failure` is why it could not be asked."""

    rules: Protego
    read_at: float
    failure: str = ""


@dataclass
class Visitor:
    """Fetches pages with manners. One for a run: it remembers what servers allow and when they were visited last."""

    fetcher: Fetcher
    pause: float = PAUSE
    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    rules: dict[str, Rules] = field(default_factory=dict)
    visited: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, *, media_types: tuple[str, ...] = PAGES, etag: str = "", changed: str = "") -> Page:
        """The page at an address.

        Raises:
            NotFetched: there is none, or the server does not want it read.
        """
        self._visit(Address.of(url, self.fetcher.private))
        return self.fetcher.fetch(url, media_types=media_types, etag=etag, changed=changed, permit=self._permit)

    def _visit(self, address: Address) -> None:
        """Wait until a server may be visited again."""
        wished = self._permit(address).rules.crawl_delay(AGENT) or 0.0
        pause = max(self.pause, min(wished, LONGEST_PAUSE))
        since = self.now() - self.visited.get(address.origin, float("-inf"))
        if since < pause:
            self.wait(pause - since)
        self.visited[address.origin] = self.now()

    def _permit(self, address: Address) -> Rules:
        """The rules of a server that lets this address be read; what a redirect leads to is not waited for."""
        rules = self._rules_of(address)
        if not rules.rules.can_fetch(address.url, AGENT):
            raise NotFetched(rules.failure or f"the server’s robots.txt asks not to read {address.url}")
        return rules

    def _rules_of(self, address: Address) -> Rules:
        known = self.rules.get(address.origin)
        if known is None or self.now() - known.read_at > VALID:
            known = self.rules[address.origin] = self._read(address.origin)
        return known

    def _read(self, origin: str) -> Rules:
        try:
            page = self.fetcher.fetch(f"{origin}/robots.txt", media_types=())
        except NotFetched as error:
            absent = error.status is not None and 400 <= error.status < 500
            failure = "" if absent else f"the server’s robots.txt cannot be read: {error}"
            return Rules(Protego.parse(EVERYTHING if absent else NOTHING), self.now(), failure)
        return Rules(Protego.parse(page.content[:LARGEST].decode("utf-8", "replace")), self.now())
