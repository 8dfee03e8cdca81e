"""Who said a quotation: sieves in order of trust, from the verb beside it to the speaker of the paragraph before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from timeline.extraction.statements.cues import Lexicon, introduces_quotation
from timeline.extraction.statements.media import media_words, publishes
from timeline.extraction.statements.passages import TERMINATORS, Passage
from timeline.extraction.statements.speakers import (
    ADDRESSING,
    agent_of,
    author_of,
    crier_of,
    head_of_phrase,
    inverted_subject,
    subject_of,
)

# Measured on half of PolNeAR's training articles; by own reading where it has too few (transcripts, signatures).
# The first figure is the share of right speakers among quotations rightly found, which decides whether to name one; the
# second the share of quotations rightly found that also have the right speaker, before `confidence` looks closer.
SHARES = {
    "quote-cue-name": (0.98, 0.98),
    "name-cue-quote": (0.93, 0.93),
    "quote-name-verb": (0.9, 0.75),
    "split quotation": (0.95, 0.95),
    "same paragraph": (0.97, 0.95),
    "introduced by colon": (0.95, 0.78),
    "name colon": (0.93, 0.85),
    "transcript": (0.95, 0.93),
    "signature": (0.9, 0.8),
    "post": (0.95, 0.95),
    "headline": (0.95, 0.85),
    "outcry": (0.9, 0.75),
    "according to": (0.93, 0.8),
    "cue in sentence before": (0.91, 0.72),
    "continuation": (0.95, 0.85),
    "earlier in paragraph": (0.9, 0.75),
    "colon": (0.87, 0.82),
    "run of quotations": (0.86, 0.36),
    "sentence before": (0.36, 0.25),
    "last speaker": (0.05, 0.05),
    "later in paragraph": (0.2, 0.1),
    "nobody": (0.0, 0.05),
}
# What makes a quotation less likely to be one, or its speaker to be right.
_VERY_SHORT, _RATHER_SHORT = (3, 0.8), (8, 0.94)
# The second figure where more than eight words are quoted: 15 of 17, as annotated in the tuned half of those articles.
_AT_LENGTH = {"cue in sentence before": 0.88}
_NOT_SET_OFF, _COMMON_NOUN, _COMMON_NOUN_AFTER = 0.72, 0.68, 0.98
# Before its cue even a short quotation is speech: all of 17 that editors read.
_CERTAIN = frozenset({"quote-cue-name", "same paragraph"})
_NEAR = 16
_SHORT = 5
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
_NAMING = _NOMINAL | {"ADJ", "NUM"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_NOBODY = frozenset({"it", "this", "that", "there", "which", "what", "one", "here"})
_DASHES = frozenset({"-", "–", "—", "--"})
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "pcomp", "aux", "auxpass"})
_JOINS = frozenset({",", "and", "but", "while", "as", "when", "-", "–", "—", "--", ";"})


@dataclass(frozen=True, slots=True, eq=False)
class Attribution:
    """A quotation's speaker and cue as tokens of `passage`, which for a floating quotation is that of its neighbour.

    `follows` is the number of the quotation in the same paragraph that this one goes on with. It is a part of the
    same statement, or, where it has a cue of its own (`apart`), a statement that continues it.
    """

    passage: Passage
    speaker: Token | None
    cue: Token | None
    sieve: str
    follows: int | None = None
    apart: bool = False
    limit: float = 1.0

    @property
    def trust(self) -> float:
        """The share of right speakers; what goes on with an uncertain attribution is no more certain than it."""
        return min(SHARES[self.sieve][0], self.limit)

    def confidence(self, passage: Passage, number: int) -> float:
        """How likely the quotation of a passage is rightly found and given to the right speaker."""
        words = passage.inner(number).count(" ") + 1
        share = SHARES[self.sieve][1]
        if words > _RATHER_SHORT[0]:
            share = _AT_LENGTH.get(self.sieve, share)
        share = min(share, self.limit)
        if words <= (_VERY_SHORT if self.sieve in _CERTAIN else _RATHER_SHORT)[0]:
            share *= _VERY_SHORT[1] if words <= _VERY_SHORT[0] else _RATHER_SHORT[1]
        common = self.speaker is not None and self.speaker.pos_ == "NOUN"
        if self.sieve == "name-cue-quote":
            share *= (1 if passage.starts_afresh(number) else _NOT_SET_OFF) * (_COMMON_NOUN if common else 1)
        elif common:
            share *= _COMMON_NOUN_AFTER
        return round(share, 2)

    def extended(self, sieve: str, follows: int | None = None) -> Attribution:
        """The same speaker for another quotation."""
        return replace(self, sieve=sieve, follows=follows, apart=False, limit=self.trust)


def attribute(passage: Passage, words: Lexicon) -> dict[int, Attribution]:
    """The attributions of a paragraph's quotations that its own words make, by the quotation's number."""
    found: dict[int, Attribution] = {}
    for number in range(len(passage.quotations)):
        if not passage.is_utterance(number):
            continue
        earlier = found.get(number - 1)
        after = None if _is_complete(passage, number, words) else _after(passage, number, words)
        if after is not None and _stands_beside(passage, number, after):
            found[number] = after
            continue
        if earlier is not None and earlier.cue is not None and _is_split(passage, number, earlier.cue):
            found[number] = _second_part(passage, number, earlier, words)
            continue
        attribution = _before(passage, number, words) or after
        if attribution is not None:
            found[number] = attribution
    _float(passage, found, words)
    return found


def _is_split(passage: Passage, number: int, cue: Token) -> bool:
    """Whether one sentence holds a quotation, its cue and the rest of it: "A," he said, "B"."""
    gap = passage.gaps[number]
    if not gap or any(token.text in TERMINATORS or token.text == ":" for token in gap):
        return False
    return any(token.i == cue.i for token in gap) and not any(
        token.i > cue.i
        and token.pos_ == "VERB"
        and token.tag_ in _FINITE
        and token.dep_ not in _SUBORDINATE
        and subject_of(token) != subject_of(cue)
        for token in gap
    )


def _second_part(passage: Passage, number: int, earlier: Attribution, words: Lexicon) -> Attribution:
    """The rest of a split quotation; with a second cue it is a statement of its own: "A," he said, adding, "B"."""
    second = earlier.extended("split quotation", number - 1)
    for token in passage.gaps[number]:
        if earlier.cue is not None and token.i > earlier.cue.i and introduces_quotation(token, words):
            return replace(second, cue=token, apart=True)
    return second


def _is_complete(passage: Passage, number: int, words: Lexicon) -> bool:
    """Whether a cue before "Never!" ends its sentence with it, so that what follows is another one."""
    tail, lead = passage.tail(number), passage.lead(number)
    return (
        passage.inner(number)[-1:] in ("!", "?")
        and bool(tail and lead)
        and tail[-1].text in (",", ":")
        and any(introduces_quotation(token, words) for token in tail)
        and lead[0].text[0].isupper()
    )


def _stands_beside(passage: Passage, number: int, attribution: Attribution) -> bool:
    """Whether the words right after a quotation are its cue: "he said", "said the minister"."""
    cue, lead = attribution.cue, passage.lead(number)
    return (
        cue is not None
        and attribution.sieve == "quote-cue-name"
        and cue.tag_ in _FINITE
        and lead[0].lower_ not in _JOINS
        and any(token.i == cue.i for token in lead[:6])
    )


def _after(passage: Passage, number: int, words: Lexicon) -> Attribution | None:
    inner, lead = passage.inner(number), passage.lead(number)
    if not lead or (inner.endswith(".") and not inner.endswith("...") and not _says_no_more(lead, words)):
        return None
    if lead[0].text in _DASHES and len(lead) > 1 and lead[1].pos_ == "PROPN":
        return Attribution(passage, _name_in(lead[1:6]), None, "signature")
    for at, token in enumerate(lead):
        if at >= _NEAR and not (_begins_with_subject(token, lead) or _named_first(lead, token)):
            continue
        if token.lower_ == "according":
            return Attribution(passage, _source(token), token, "according to")
        if introduces_quotation(token, words) and token.dep_ not in ("relcl", "acl"):
            speaker = _named_first(lead, token) or _speaker(passage, token, lead)
            if speaker is not None:
                return Attribution(passage, speaker, token, "quote-cue-name")
    return _any_verb(passage, inner, lead)


def _any_verb(passage: Passage, inner: str, lead: Sequence[Token]) -> Attribution | None:
    """A verb of any meaning after a comma and before the sentence ends: "Not today," the clerk grinned."""
    if not (inner.endswith(",") or (inner[-1:] in ("?", "!") and lead[0].text.islower())) or lead[0].lower_ in _JOINS:
        return None
    for token in lead[:6]:
        if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ"):
            subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
            if (
                subject is not None
                and lead[0].i <= subject.i < token.i
                and subject.left_edge.i <= lead[0].i
                and subject.lower_ not in _NOBODY
            ):
                return Attribution(passage, subject, token, "quote-name-verb")
            return None
    return None


def _says_no_more(lead: Sequence[Token], words: Lexicon) -> bool:
    """Whether all that follows a full stop and a closing mark is who spoke: "It is over." Lee said."""
    return (
        len(lead) <= _SHORT
        and introduces_quotation(lead[-1], words)
        and lead[-1].tag_ in _FINITE
        and all(token.pos_ in _NAMING or token.pos_ == "DET" for token in lead[:-1])
    )


def _named_first(lead: Sequence[Token], verb: Token) -> Token | None:
    """The name between a quotation and a comma, whose long description the parser lost: "…," Ann Lee, the …, said."""
    if verb.tag_ not in _FINITE or lead[0].pos_ not in ("PROPN", "PRON"):
        return None
    name = _name_in(lead[:6])
    if name is None or name.i + 1 >= verb.i or name.nbor().text != ",":
        return None
    return name


def _begins_with_subject(verb: Token, lead: Sequence[Token]) -> bool:
    """Whether all between a quotation and its verb is the speaker's description: "Ann Lee, who served …, said"."""
    return any(
        child.dep_ == "nsubj" and child.left_edge.i <= lead[0].i + 1 and child.i <= lead[0].i + 5
        for child in verb.children
    )


def _before(passage: Passage, number: int, words: Lexicon) -> Attribution | None:
    tail = passage.tail(number)
    if not tail:
        return None
    if passage.is_cried(number) and tail[-1].lower_ == "of":
        cry = tail[-2]
        return Attribution(passage, _outside(passage, crier_of(cry)), cry, "outcry")
    colon = tail[-1].text == ":"
    for at in range(len(tail) - 1, max(-1, len(tail) - 1 - _NEAR), -1):
        token = tail[at]
        if introduces_quotation(token, words) and not _quotes(token):
            if not colon and any(_is_clause(later) for later in tail[at + 1 :]):
                break
            speaker = _speaker(passage, token, tail)
            if speaker is not None:
                return Attribution(passage, speaker, token, "name-cue-quote")
        if token.lower_ == "according":
            return Attribution(passage, _source(token), token, "according to")
    return _colon(passage, tail) if colon else None


def _quotes(verb: Token) -> bool:
    """Whether a writer says that he quotes: Lee said, and I quote, "…"."""
    return verb.lemma_.lower() == "quote" and any(child.lower_ in ("i", "we") for child in verb.children)


def introduced(passage: Passage, words: Lexicon) -> Attribution | None:
    """Who speaks in the paragraph after one that ends with a colon, or a verb and a comma: She told the crowd:"""
    tail: list[Token] = []
    for token in reversed(passage.paragraph.doc):
        if token.i not in passage.outside or (tail and token.text in TERMINATORS):
            break
        tail.append(token)
    tail.reverse()
    if not tail or tail[-1].text not in (":", ","):
        return None
    for token in reversed(tail):
        if introduces_quotation(token, words) and token.tag_ in _FINITE:
            speaker = _speaker(passage, token, tail)
            if speaker is not None:
                return Attribution(passage, speaker, token, "introduced by colon")
    return _colon(passage, tail) if tail[-1].text == ":" else None


def signed(passage: Passage) -> Attribution | None:
    """The name under a quotation, in a paragraph that begins with a dash."""
    doc = passage.paragraph.doc
    if len(doc) < 2 or doc[0].text not in _DASHES or doc[1].pos_ not in ("PROPN", "DET", "NOUN"):
        return None
    name = _name_in(doc[1:8])
    return Attribution(passage, name, None, "signature") if name is not None else None


def told_last(passage: Passage) -> Token | None:
    """The subject of a paragraph's last sentence: the likeliest to speak next where nothing says who does."""
    for token in reversed(passage.paragraph.doc):
        if token.dep_ == "ROOT" and token.i in passage.outside:
            subject = _outside(passage, subject_of(token))
            return subject if subject is not None and subject.lower_ not in _NOBODY else None
    return None


def _colon(passage: Passage, tail: Sequence[Token]) -> Attribution | None:
    dash = next((n + 1 for n in range(len(tail) - 2, -1, -1) if tail[n].text in _DASHES), 0)
    label = tail[dash:-1]
    if 0 < len(label) <= 7 and label[0].pos_ == "PROPN" and not any(token.pos_ in ("VERB", "AUX") for token in label):
        return Attribution(passage, _name_in(label), tail[-1], "name colon")
    handle = next((token for token in label if token.text.startswith("@")), None)
    if handle is not None and label[0].pos_ in ("PROPN", "VERB"):
        # "Mary Holm (@maryholm), 2 March:" and "Posted on X by @maryholm:"
        return Attribution(passage, handle if label[0].pos_ == "VERB" else _name_in(label), tail[-1], "name colon")
    numbers = {token.i for token in tail}
    for token in reversed(tail):
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in _SUBORDINATE:
            continue
        if token.dep_ == "ccomp" and token.head.i in numbers:
            continue
        subject = _outside(passage, agent_of(token) or subject_of(token))
        if (
            subject is not None
            and subject.i in numbers
            and subject.dep_ != "nsubjpass"
            and subject.lower_ not in _NOBODY
        ):
            return Attribution(passage, subject, token, "colon")
    return None


def _is_clause(token: Token) -> bool:
    return token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP") and token.dep_ != "relcl"


def _float(passage: Passage, found: dict[int, Attribution], words: Lexicon) -> None:
    """Give quotations without a cue to a speaker of the same paragraph."""
    for number in range(len(passage.quotations)):
        if number in found or not passage.is_utterance(number) or not passage.begins_sentence(number):
            continue
        earlier = found.get(number - 1)
        gap = passage.gaps[number]
        bare = sum(token.text in TERMINATORS for token in gap) <= 1 and (len(gap) < 2 or gap[-1].text != ":")
        if earlier is not None and bare:
            found[number] = earlier.extended("same paragraph", number - 1)
            continue
        reported = _reported_before(passage, number, words)
        if reported is not None:
            found[number] = reported
            continue
        back = next((n for n in range(number - 1, -1, -1) if n in found), None)
        if back is not None:
            found[number] = found[back].extended("earlier in paragraph", back)
            continue
        later = next((n for n in range(number + 1, len(passage.quotations)) if n in found), None)
        if later is not None:
            found[number] = found[later].extended("later in paragraph")


def _reported_before(passage: Passage, number: int, words: Lexicon) -> Attribution | None:
    """The cue of the sentence before a quotation, whose speaker goes on: He said he was glad. "It is over."

    Who has a text published is its speaker, too: She issued a statement. "It is over."
    """
    gap = passage.gaps[number]
    ends = [n for n, token in enumerate(gap) if token.text in TERMINATORS]
    if not ends or ends[-1] < len(gap) - 1:
        return None
    start = ends[-2] + 1 if len(ends) > 1 else 0
    for token in reversed(gap[start : ends[-1]]):
        introduces = introduces_quotation(token, words) or publishes(token, media_words())
        if introduces and token.tag_ in _FINITE and token.dep_ not in ("relcl", "acl"):
            speaker = _speaker(passage, token, gap)
            if speaker is not None:
                return Attribution(passage, speaker, token, "cue in sentence before")
    return None


def _speaker(passage: Passage, verb: Token, near: Sequence[Token]) -> Token | None:
    """The subject of a verb beside a quotation, else the name that stands next to it."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return _outside(passage, agent_of(verb))
    position = next((n for n, token in enumerate(near) if token.i == verb.i), None)
    if verb.tag_ == "VBG" and position and (near[position - 1].text == "," or verb.i - near[position - 1].i > 1):
        # "told the station that …, adding": the parser often hangs the participle on the words reported.
        for token in reversed(near[:position]):
            if token.tag_ in ("VBD", "VBZ", "VBP"):
                subject = _outside(passage, subject_of(token))
                if subject is not None:
                    return subject
    subject = inverted_subject(verb) or subject_of(verb)
    if subject is not None and verb.dep_ in ("acl", "relcl", "ccomp"):
        subject = author_of(subject)
    if subject is not None and subject.i in passage.outside:
        return subject.head if subject.dep_ == "appos" else subject
    if position is None:
        return None
    before = [token for token in near[max(0, position - 2) : position] if not token.is_punct]
    if before and (before[-1].pos_ in _NAMING or before[-1].text[0].isupper()):
        return head_of_phrase(before[-1])
    if verb.lemma_.lower() in ADDRESSING:
        return None
    behind = near[position + 1 : position + 1 + _NEAR]
    return _named_last(behind) or _name_in(behind[:5])


def _named_last(tokens: Sequence[Token]) -> Token | None:
    """Who is named behind a body and an office that the parser does not know: "said Acme Studios prexy Ann Lee."."""
    end = next((n for n, token in enumerate(tokens) if token.text in TERMINATORS or token.text == ","), len(tokens))
    kinds = [token.pos_ == "PROPN" for token in tokens[:end]]
    if not kinds or not (kinds[0] and kinds[-1]) or kinds.count(False) != 1:
        return None
    office = tokens[kinds.index(False)]
    plain = office.is_alpha and office.text.islower() and office.pos_ in ("NOUN", "ADJ", "VERB")
    return tokens[end - 1] if plain and kinds.index(False) > 1 else None


def _source(according: Token) -> Token | None:
    return next((part for child in according.children for part in child.children if part.dep_ == "pobj"), None)


def _outside(passage: Passage, token: Token | None) -> Token | None:
    return token if token is not None and token.i in passage.outside else None


def _name_in(tokens: Iterable[Token]) -> Token | None:
    """The last word of the first name or pronoun in a row of tokens."""
    name: Token | None = None
    for token in tokens:
        if token.pos_ in _NOMINAL:
            name = token
        elif name is not None or token.pos_ not in ("DET", "ADJ", "PUNCT", "ADV"):
            break
    return name
