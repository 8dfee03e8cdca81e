"""The posts of a live blog, as the page's data list them: the newest first, each under its own time."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.documents.data import Thing
from timeline.extraction.documents.imprint import clean
from timeline.extraction.documents.passages import PARTED
from timeline.extraction.documents.publication import Provenance, read_stamp
from timeline.extraction.documents.roles import Piece
from timeline.vocabulary import BlockRole

LEAST = 2  # posts; a single one is an article


def read_posts(updates: Sequence[Thing], origin: Provenance) -> list[Piece]:
    """The posts that have a text of their own; empty where there are not several."""
    posts: list[tuple[str, list[Piece]]] = []
    for update in updates:
        body = update.get("articleBody") or update.get("text") or update.get("description")
        texts = [clean(text) for text in PARTED.split(body)] if isinstance(body, str) else []
        texts = [text for text in texts if text]
        if not texts:
            continue
        stamp = update.get("datePublished") or update.get("dateModified")
        stated = read_stamp(stamp, origin) if isinstance(stamp, str) else None
        head = update.get("headline")
        pieces = [Piece(BlockRole.SUBHEAD, clean(head))] if isinstance(head, str) and clean(head) else []
        if stated is not None and stated.earliest is not None:
            clock = f" {stated.clock:%H:%M}" if stated.clock else ""
            zone = f" {stated.zone}" if stated.clock and stated.zone else ""
            pieces.append(Piece(BlockRole.DATELINE, f"{stated.earliest.isoformat()}{clock}{zone}"))
        pieces += [Piece(BlockRole.BODY, text) for text in texts if not head or text != clean(str(head))]
        instant = stated.instant if stated else None
        posts.append((instant.isoformat() if instant else str(stamp or ""), pieces))
    if len(posts) < LEAST:
        return []
    posts.sort(key=lambda post: post[0], reverse=True)
    return [piece for _, pieces in posts for piece in pieces]
