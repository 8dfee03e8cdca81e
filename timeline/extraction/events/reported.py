"""Titles of speech: what somebody said, by the verb that reports it or in their own words."""

from __future__ import annotations

import re

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.verbforms import present
from timeline.extraction.events.wellformed import is_torn
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import Span, StatementMention
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.media import media_words
from timeline.vocabulary import StatementKind

MAX_WORDS = 16
# A quotation of so few words says too little for a title; one longer than the second is cut.
MIN_WORDS, QUOTED_WORDS = 3, 24
# A pause after no more than this is too early to cut at: "On the one hand …".
PAUSED_WORDS = 7
# What joins a sentence to the one before it, and says nothing in a title: "But the plan would fail, she said".
JOINING = re.compile(r"^(?:(?:but|and|or)\b,?|however,) ", re.IGNORECASE)
QUOTE_MARKS = " “”‘’\"'.,"
ASKING = frozenset({"what", "how", "why", "who", "where", "when", "which", "whether", "if"})


def title_of_speech(scene: Scene, candidates: list[Candidate]) -> str:
    """ "X suggests that …" by the first indirect statement and its verb, else by a quotation; '' where only is told
    that X spoke or posted."""
    return told_of_speech(scene, candidates)[0]


def told_of_speech(scene: Scene, candidates: list[Candidate]) -> tuple[str, StatementMention | None]:
    """The title of a speech, and the statement that it tells where it tells one."""
    speaker = scene.cast.by_key[candidates[0].agents[0]].name
    medium = next((c.medium for c in candidates if c.medium), None)
    said = [s for s in scene.statements if s.key in candidates[0].speech]
    # What was said on the day that the event will bear, before what was said nobody knows when.
    dated = {scene.sentence_at(c.time.span.start) for c in candidates if c.time}
    said.sort(key=lambda s: s.date is None and scene.sentence_at((s.cue or s.content[0]).start) not in dated)
    for statement in said:
        if statement.kind is StatementKind.DIRECT or statement.cue is None:
            continue
        cue = _verb_of(scene, statement.cue)
        words = _reported(scene, statement, medium) if cue is not None else ""
        if cue is not None and words:
            verb = "say" if cue.lemma_.lower() == "tell" else cue.lemma_.lower()
            title = f"{speaker} {present(verb, plural=False)} {words}"
            if not is_torn(title):
                return title, statement
    says = _saying(medium)
    direct = [(s, s.content[0].text.strip(QUOTE_MARKS)) for s in said if s.kind is StatementKind.DIRECT]
    for statement, words in direct:
        if MIN_WORDS < len(words.split()) <= QUOTED_WORDS and '"' not in words:
            return f"{speaker} {says}: “{words}”", statement
    for statement, words in direct:
        if len(words.split()) > QUOTED_WORDS and '"' not in words:
            return f"{speaker} {says}: “{_beginning(words)}”", statement
    noun = medium.rpartition(" ")[2] if medium else ""
    if medium and noun in event_words()["spoken"]:
        return f"{speaker} speaks in {_a(medium if noun == 'conference' else noun)}", None
    return "", None


def _saying(medium: str | None) -> str:
    """ "Writes on Facebook", "says in an interview", or only "says"."""
    if medium and medium[:1].isupper() and medium in media_words().platforms.values():
        return f"writes on {medium}"
    noun = medium.rpartition(" ")[2] if medium else ""
    if medium and noun in event_words()["spoken"]:
        return f"says in {_a(medium if noun == 'conference' else noun)}"
    return "says"


def _verb_of(scene: Scene, cue: Span) -> Token | None:
    """The reporting verb of a cue: the "announced" of "has now announced"; None where the words beside it are lost.

    Of "which she said was new" and "as many believe he did" what is said stands partly elsewhere.
    """
    paragraph = next((p for p in scene.paragraphs if p.start <= cue.start < p.end), None)
    first = paragraph.token_at(cue.start) if paragraph is not None else None
    last = paragraph.token_at(cue.end - 1) if paragraph is not None else None
    if first is None or last is None:
        return None
    verb = next((t for t in reversed(first.doc[first.i : last.i + 1]) if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in event_words()["telling"]:
        return None
    top = verb
    while top.dep_ in ("xcomp", "conj") and top.head.pos_ in ("VERB", "AUX"):
        top = top.head
    gapped = top.dep_ == "relcl" and not any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ in WH for c in top.children)
    compared = any(c.dep_ == "mark" and c.lower_ in ("as", "than") for c in top.children)
    return None if gapped or compared else verb


WH = ("WP", "WDT")


def _beginning(words: str) -> str:
    """The first words of a long quotation, up to the end of a sentence or a pause where there is one."""
    parts = words.split()[: QUOTED_WORDS - 2]
    # A full stop behind so short a word is that of "Mr." or "U.S.".
    whole = next(
        (n for n in range(len(parts), MIN_WORDS, -1) if parts[n - 1][-1] in ".?!" and len(parts[n - 1]) > 4), 0
    )
    if whole:
        return " ".join(parts[:whole]).rstrip(".")
    stop = next((n for n in range(len(parts), PAUSED_WORDS, -1) if parts[n - 1][-1] in ",;:"), len(parts))
    return " ".join(parts[:stop]).rstrip(",;:. ") + " …"


def _reported(scene: Scene, statement: StatementMention, medium: str | None) -> str:
    """A reported clause fit for a title: "that he is open to …", without where it was said; else ''."""
    span = statement.content[0]
    words = " ".join(span.text.split())
    if words.partition(" ")[0].lower() in ASKING:
        if len(words.split()) < MIN_WORDS or words.lower().startswith("which"):
            return ""
        return words.rstrip(" .,;:?") if len(words.split()) <= MAX_WORDS else ""
    for aside in (f" in {_a(medium)}", f" on {medium}", f" in the {medium}") if medium else ():
        words = words.split(aside)[0]
    words = words.rstrip(" .,;:")
    if not _has_verb(scene, span):
        return ""
    if not words.startswith("that "):
        if statement.sieve != "clause" or words.startswith("to "):
            return ""
        words = f"that {JOINING.sub('', _uncapitalised(scene, statement, words))}"
    marked = set(words) & set('"“”') or "''" in words
    return words if 4 <= len(words.split()) <= MAX_WORDS + 8 and not marked else ""


def _has_verb(scene: Scene, span: Span) -> bool:
    """Whether words are a clause, and no "the word louder"."""
    paragraph = next((p for p in scene.paragraphs if p.start <= span.start < p.end), None)
    first = paragraph.token_at(span.start) if paragraph is not None else None
    last = paragraph.token_at(span.end - 1) if paragraph is not None else None
    if first is None or last is None:
        return False
    return any(t.tag_ in FINITE for t in first.doc[first.i : last.i + 1])


FINITE = ("VBZ", "VBP", "VBD", "MD")


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _is_name(paragraph: Paragraph, offset: int) -> bool:
    token = paragraph.token_at(offset)
    return token is not None and token.pos_ == "PROPN"


def _uncapitalised(scene: Scene, statement: StatementMention, words: str) -> str:
    start = statement.content[0].start
    at = scene.cast.at(start)
    named = at or any(
        p.token_at(start) is not None and _is_name(p, start) for p in scene.paragraphs if p.start <= start < p.end
    )
    return words if named or words[:2].isupper() or words.startswith("I ") else words[0].lower() + words[1:]
