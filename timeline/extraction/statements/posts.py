"""Posts shown in full with their signature: the words, a dash, a name and a handle in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from timeline.extraction.cast import Cast
from timeline.extraction.statements.passages import Passage
from timeline.vocabulary import BlockRole

_SIGNATURE = re.compile(r"(?:^|(?<=\s))[—–-]{1,2}\s?(?P<name>[^\s()@—–][^()@—–\n]{0,60}?) ?\(@(?P<handle>\w{2,30})\)")
_WORD = re.compile(r"[^\W\d_]{2}")
# In words: a paragraph that is longer and ends with a signature is an article's, not a post.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post and the name under it; offsets are those of the document's text, `end` that of the date."""

    start: int
    stop: int
    name_start: int
    name_end: int
    end: int
    speaker: str | None


def find_posts(passages: Sequence[Passage], cast: Cast) -> dict[int, Post | None]:
    """The posts of an article by the index of their paragraph; a paragraph that is only a signature has None."""
    posts: dict[int, Post | None] = {}
    for number, passage in enumerate(passages):
        paragraph, text = passage.paragraph, passage.text
        if paragraph.role in (BlockRole.TITLE, BlockRole.CAPTION) or "(@" not in text:
            continue
        signature = _SIGNATURE.search(text, paragraph.start, paragraph.end)
        if signature is None:
            continue
        words, at = passage, signature.start()
        if not text[paragraph.start : at].strip():
            if number == 0 or passages[number - 1].paragraph.index in posts:
                continue
            words = passages[number - 1]
            at = words.paragraph.end
        start = words.paragraph.start
        stop = start + len(text[start:at].rstrip())
        if not _WORD.search(text, start, stop) or text.count(" ", start, stop) > _LONGEST or not _is_prose(words):
            continue
        named = cast.at(signature.start("name")) or cast.at(signature.end("name") - 1)
        posts[paragraph.index] = None
        posts[words.paragraph.index] = Post(
            start, stop, signature.start("name"), signature.end("name"), paragraph.end, named[0].key if named else None
        )
    return posts


def _is_prose(passage: Passage) -> bool:
    return passage.paragraph.role in (BlockRole.BODY, BlockRole.DEK, BlockRole.SUBHEAD)
