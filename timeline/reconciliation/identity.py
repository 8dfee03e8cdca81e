"""Identity keys: what makes two mentions candidates for one belief, whatever the document and the row."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable

from timeline.extraction.mentions import ActorMention, Document, EventMention, Extraction, StatementMention
from timeline.extraction.names import fold, normal_form
from timeline.vocabulary import OWN_ROLES, MentionForm

# Words of a passage that tells of an event by itself.
TELLING = 8
# Stored with every fingerprint, so that a change of the algorithm is a choice and not an accident.
ALGORITHM = "1"
# Below this many words a quotation ("Yes") is nobody's in particular: it is the same only in the same source.
OWN_WORDS = 5
WORD = re.compile(r"[^\W_]+")
TITLE_STEM = 5
# Four words in a row; of their hashes one in sixteen is kept, enough to find copies of any article of 100 words.
SHINGLE, SAMPLED = 4, 16
STOP_WORDS = frozenset({
    "a", "about", "after", "an", "and", "are", "as", "at", "be", "been", "before", "but", "by", "for", "from", "had",
    "has", "have", "he", "her", "his", "in", "into", "is", "it", "its", "more", "of", "on", "or", "over", "said", "say",
    "says", "she", "than", "that", "the", "their", "them", "they", "this", "to", "was", "were", "which", "who", "will",
    "with", "would",
})  # fmt: skip


DAYS = frozenset(name.casefold() for name in (*calendar.day_name, *calendar.month_name))


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text).casefold())


def content_words(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if len(word) > 2 and word not in STOP_WORDS)


def name_words(passages: Iterable[str]) -> frozenset[str]:
    """The words that passages write with a capital, but for each one's first."""
    return frozenset(
        fold(word).casefold()
        for passage in passages
        for word in WORD.findall(passage)[1:]
        if word[0].isupper() and len(word) > 2 and word.casefold() not in DAYS
    )


def title_words(title: str) -> frozenset[str]:
    """The stems of a title's content words: "pauses" and "paused" are one."""
    return frozenset(word[:TITLE_STEM] for word in content_words(title))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join((ALGORITHM, *parts)).encode("utf-8", "replace")).hexdigest()[:40]


def statement_fingerprint(statement: StatementMention, source: str) -> str:
    """The same words are the same statement in any article; a few words only of the same speaker in the same source."""
    words = words_of(" ".join(span.text for span in statement.content))
    whose = (
        "" if len(words) >= OWN_WORDS else f"{source} {statement.speaker_span.text if statement.speaker_span else ''}"
    )
    return _digest("statement", " ".join(words), whose)


def event_fingerprints(event: EventMention, source: str) -> tuple[str, ...]:
    """One for each sentence that tells of it, the first being that of the trigger's.

    A sentence printed in several articles says the same thing in each; the trigger and the kind keep two events of one
    sentence apart. A few words beside it ("NEW YORK (AP)", which says where) tell of no event, and count within their
    source alone; an event without evidence in the text has one of its title in this source.
    """
    spans = sorted(event.evidence, key=lambda span: not (event.trigger and span.contains(event.trigger)))
    trigger = event.trigger.text.casefold() if event.trigger else ""
    found = []
    for number, span in enumerate(spans):
        words = words_of(span.text)
        within = [source] if number and len(words) < TELLING else []
        found.append(_digest("event", event.kind.value, trigger if number == 0 else "", " ".join(words), *within))
    return tuple(dict.fromkeys(found)) or (_digest("event", "title", " ".join(words_of(event.title)), source),)


def passage_key(text: str) -> str:
    """What makes two passages the same words, without the words."""
    return _digest("passage", " ".join(words_of(text)))


def actor_names(actor: ActorMention) -> frozenset[str]:
    """The normal forms of every name that the document gives an actor."""
    forms = (MentionForm.NAME, MentionForm.METONYM)
    return frozenset(
        normal
        for text in (actor.name, *(m.span.text for m in actor.mentions if m.form in forms))
        if (normal := normal_form(text))
    )


def is_full_name(normal: str) -> bool:
    """Whether a person's name is enough to be recognised by elsewhere: a surname alone is not."""
    return " " in normal


def actor_keys(extraction: Extraction) -> tuple[frozenset[str], frozenset[str]]:
    """The ids in the knowledge file, and the names, under which a document's actors may already be known."""
    known = frozenset(actor.known for actor in extraction.actors if actor.known)
    names = frozenset(name for actor in extraction.actors if not actor.is_unnamed for name in actor_names(actor))
    return known, names


def shingles(text: str) -> frozenset[int]:
    """Hashes of every four words in a row, as signed 64-bit integers."""
    words = words_of(text)
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(max(len(words) - SHINGLE + 1, 0))}
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
        for run in runs
    )


def sample(hashes: frozenset[int]) -> frozenset[int]:
    """The part of a text's shingles that is stored, the same part of every text."""
    return frozenset(value for value in hashes if value % SAMPLED == 0)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter text stands in the other, 0 to 1."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def prose(document: Document) -> str:
    """The words of a document that are its own, without furniture, captions and credits."""
    own = (document.text[block.start : block.end] for block in document.blocks if block.role in OWN_ROLES)
    return "\n".join(own) or document.text
