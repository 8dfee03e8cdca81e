"""A paragraph with its quotations and reporting words laid over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from timeline.extraction.mentions import Span
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.plain.wording import Cue, Wording
from timeline.extraction.statements.quotations import Quotation, find_quotations

TERMINATORS = frozenset({".", "!", "?", "...", "…"})
_DASH = re.compile(r"[—–]|(?:^|(?<=\s))-(?=\S)|(?<=\S)-(?=\s)|--")
_OPENING = re.compile(r"\s*[—–-]\s?(?=[^\W\d_]|[¿¡])")


@dataclass(frozen=True, eq=False)
class Speech:
    """`text` is the document's; numbers of words are those of the paragraph's Doc."""

    text: str
    paragraph: Paragraph
    wording: Wording

    @cached_property
    def is_dialogue(self) -> bool:
        """Whether dashes and no marks set off the words spoken: —No lo sé —dijo—. Ya veremos."""
        return bool(self._turns)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return self._turns or find_quotations(self.text, self.paragraph.start, self.paragraph.end)

    @cached_property
    def _turns(self) -> tuple[Quotation, ...]:
        start, end = self.paragraph.start, self.paragraph.end
        opening = _OPENING.match(self.text, start, end)
        if opening is None:
            return ()
        dashes = [match.span() for match in _DASH.finditer(self.text, opening.end(), end)]
        if not dashes or not self._reports(dashes[0][1], dashes[1][0] if len(dashes) > 1 else end):
            return ()
        turns, at = [], opening.end()
        for n in range(0, len(dashes) + 1, 2):
            stop = dashes[n][0] if n < len(dashes) else end
            first = at + len(self.text[at:stop]) - len(self.text[at:stop].lstrip(" .,;:"))
            last = at + len(self.text[at:stop].rstrip())
            if first < last:
                turns.append(Quotation(first, last, first, last))
            if n + 1 >= len(dashes):
                break
            at = dashes[n + 1][1]
        return tuple(turns)

    def _reports(self, start: int, end: int) -> bool:
        """Whether what stands between two dashes begins with a reporting verb."""
        return any(word.lower() in self.wording.cues for word in re.findall(r"\w+", self.text[start:end])[:4])

    @cached_property
    def number_of(self) -> Sequence[int]:
        """For every word the number of the quotation it stands in, -1 outside."""
        places = [-1] * len(self.paragraph.doc)
        for number, quotation in enumerate(self.quotations):
            for token in self.paragraph.doc:
                at = self.paragraph.start + token.idx
                if at + len(token) > quotation.start and at < quotation.end:
                    places[token.i] = number
        return places

    @cached_property
    def outside(self) -> frozenset[int]:
        return frozenset(n for n, number in enumerate(self.number_of) if number < 0)

    def inner(self, number: int) -> str:
        quotation = self.quotations[number]
        return self.text[quotation.inner_start : quotation.inner_end].strip()

    def lead(self, number: int) -> list[Token]:
        """What follows a quotation in its sentence, up to the next one."""
        last = max((n for n, at in enumerate(self.number_of) if at == number), default=-1)
        if self.inner(number).endswith((".", "!", "?")) and self._is_new_sentence(last + 1):
            return []
        lead = []
        for token in self.paragraph.doc[last + 1 :]:
            if token.i not in self.outside or token.text in TERMINATORS:
                break
            lead.append(token)
        return lead

    def tail(self, number: int) -> list[Token]:
        """What precedes a quotation in its sentence, back to the one before."""
        first = next((n for n, at in enumerate(self.number_of) if at == number), 0)
        tail: list[Token] = []
        for token in reversed(self.paragraph.doc[:first]):
            if token.i not in self.outside or token.text in TERMINATORS:
                break
            tail.append(token)
        return tail[::-1]

    def begins_sentence(self, number: int) -> bool:
        """Whether nothing of its sentence stands before a quotation, or a colon closes what does."""
        tail = self.tail(number)
        first = next((n for n, at in enumerate(self.number_of) if at == number), 0)
        follows = first > 0 and first - 1 not in self.outside
        return (not tail and not follows) or (bool(tail) and tail[-1].text == ":") or (follows and self._closed(number))

    def _closed(self, number: int) -> bool:
        return number > 0 and self.inner(number - 1).endswith((".", "!", "?", "…"))

    def _is_new_sentence(self, n: int) -> bool:
        doc = self.paragraph.doc
        return n >= len(doc) or doc[n].text[0].isupper()

    def cue_at(self, token: Token) -> Cue | None:
        """The reporting verb a word is, where it is one: a finite form, a participle with its helper ("ha dicho"), or
        an infinitive that another verb leads to ("se limitó a decir", not "se negó a decir")."""
        cue = self.wording.cues.get(token.lower_)
        if cue is None or token.i not in self.outside:
            return None
        before = token.nbor(-1).lower_ if token.i else ""
        if cue.finite:
            return cue if token.pos_ in self.wording.labels["verb"] or not token.text[0].isupper() else None
        if token.lower_ == cue.verb:
            leading = token.nbor(-2) if token.i > 1 and self.wording.has("leads on", before) else None
            may = leading is not None and leading.pos_ in self.wording.labels["verb"]
            return cue if may and leading is not None and not self.wording.has("refusals", leading.lower_) else None
        return cue if self.wording.has("perfect", before) else None

    def according_at(self, token: Token) -> int:
        """How many words say "according to" from a word on; 0 where none do."""
        for size in (1, 2, 3):
            words = token.doc[token.i : token.i + size]
            if self.wording.has("according", " ".join(word.lower_ for word in words)):
                return size
        return 0

    def is_plural(self, verb: Token) -> bool:
        """Whether several are said to speak; of a participle by its helper."""
        cue = self.wording.cues.get(verb.lower_)
        told = verb if cue is None or cue.finite or not verb.i else verb.nbor(-1)
        return "Plur" in told.morph.get("Number", [])

    def is_hearsay(self, verb: Token | None) -> bool:
        """Whether the words themselves doubt that anything was said: "habría dicho", "supuestamente dijo"."""
        if verb is None:
            return False
        around = verb.doc[max(0, verb.i - 2) : verb.i + 2]
        return any(self.wording.has("hearsay", word.lower_) for word in around)

    def is_negated(self, token: Token) -> bool:
        """Whether the words deny that anything was said."""
        return any(self.wording.has("not", word.lower_) for word in self.paragraph.doc[max(0, token.i - 3) : token.i])

    def span(self, first: int, last: int) -> Span:
        """The document's span of the words from first to last, inclusive."""
        doc = self.paragraph.doc
        start = self.paragraph.start
        return Span.of(self.text, start + doc[first].idx, start + doc[last].idx + len(doc[last]))

    def cue_span(self, token: Token) -> Span:
        """A reporting verb with its helper: "ha dicho"."""
        cue = self.wording.cues.get(token.lower_)
        helped = cue is not None and not cue.finite and token.i > 0 and token.lower_ != cue.verb
        return self.span(token.i - 1 if helped else token.i, token.i)
