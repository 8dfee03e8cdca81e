"""Words that refer back: pronouns, "the president", "his country", "the two leaders".

What stands outside quotation marks never looks inside them for whom it means. A pronoun prefers the last subject that
agrees with it; what a pronoun tells of a person's gender is learned in a first walk and used in the second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from timeline.extraction.actors.echoes import echo_at, firm_words, suits
from timeline.extraction.knowledge import load
from timeline.extraction.mentions import Document, Mention, Span
from timeline.extraction.names import gendered_titles, titles, word_list
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.quotations import find_quotations
from timeline.vocabulary import ActorKind, BlockRole, MentionForm

_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
}
_PLURALS = frozenset({"they"})
_REFERRING = frozenset({*_GENDERS, *_PLURALS, "it", "the", "both"})
_POSSESSIVES = frozenset({"his", "her", "hers"})
_REFLEXIVES = frozenset({"himself", "herself"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent"})
_ASKING = frozenset({"ask", "question", "press", "interview"})
# "The next president" is none of those named so.
_OTHERS = frozenset({"next", "future", "first", "last", "new", "other", "another", "previous", "same", "only", "late"})
_PAIR_NOUNS = frozenset(
    [
        "leaders",
        "presidents",
        "men",
        "women",
        "ministers",
        "officials",
        "senators",
        "candidates",
        "politicians",
        "rivals",
        "statesmen",
        "allies",
    ]
)
_LEADING = frozenset({"president", "premier", "chancellor", "king", "queen", "emir", "sultan", "prime", "leader"})
_NOT_LEADING = frozenset({"vice", "deputy", "former", "elect", "ex"})
# How much a sentence further back counts less; beyond it nothing is looked for.
_DISTANCE = (3.5, 2.8, 1.6, 0.9, 0.5, 0.3, 0.1)
# By so much the firm that "the company" means suits it better than any other.
_CLEAR = 0.4


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody words may refer back to. `names` are paragraph, start and end of each name, in the paragraph's text,
    `nouns` the words by which a body is called for short."""

    id: int
    kind: ActorKind
    gender: str | None
    offices: tuple[str, ...]
    known_offices: tuple[str, ...]
    nation: str | None
    entry: str | None
    names: tuple[tuple[int, int, int], ...]
    nouns: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class _Anchor:
    """A place where a referent stands; `shared` where others stand in the same word ("the two leaders")."""

    referent: Referent
    token: Token
    paragraph: Paragraph
    sentence: int
    quoted: bool
    shared: bool = False


@dataclass(slots=True)
class _Scene:
    """One paragraph, with its names and quotations."""

    paragraph: Paragraph
    quotations: list[tuple[int, int]]
    sentences: list[tuple[bool, list[Token]]] = field(default_factory=list)
    number: list[int] = field(default_factory=list)  # of the sentence each word stands in
    names: dict[int, Referent] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    def is_quoted(self, token: Token) -> bool:
        at = self.paragraph.start + token.idx
        return any(start <= at < end for start, end in self.quotations)


def refer_back(
    document: Document, paragraphs: Sequence[Paragraph], referents: Sequence[Referent]
) -> dict[int, list[Mention]]:
    """The pronouns and nominals that stand for each referent, by its id."""
    scenes = _scenes(document, paragraphs, referents)
    learned: dict[int, str] = {}
    first = _Walk(document, scenes, referents, learned)
    first.go()
    learned.update({who: votes.most_common(1)[0][0] for who, votes in first.votes.items()})
    second = _Walk(document, scenes, referents, learned)
    second.go()
    return second.found


def _scenes(document: Document, paragraphs: Sequence[Paragraph], referents: Sequence[Referent]) -> list[_Scene]:
    scenes = []
    for paragraph in paragraphs:
        quotations = find_quotations(document.text, paragraph.start, paragraph.end)
        scenes.append(_Scene(paragraph, [(q.start, q.end) for q in quotations]))
    for referent in referents:
        for index, start, end in referent.names:
            span = paragraphs[index].doc.char_span(start, end, alignment_mode="expand")
            assert span is not None
            scenes[index].names[span.root.i] = referent
            scenes[index].covered.update(range(span.start, span.end))
    for scene in scenes:
        scene.sentences = list(_sentences(scene))
    return scenes


def _sentences(scene: _Scene) -> Iterator[tuple[bool, list[Token]]]:
    """Whether each sentence has a verb outside quotation marks, and its words that name somebody or may refer back."""
    tokens = list(scene.paragraph.doc)
    for number, sentence in enumerate(scene.paragraph.doc.sents):
        scene.number += [number] * (sentence.end - sentence.start)
        own = tokens[sentence.start : sentence.end]
        told = any(token.pos_ in ("VERB", "AUX") and not scene.is_quoted(token) for token in own)
        yield told, [token for token in own if token.i in scene.names or token.lower_ in _REFERRING]


class _Walk:
    """One walk through a document, from the first sentence to the last."""

    def __init__(
        self, document: Document, scenes: Sequence[_Scene], referents: Sequence[Referent], learned: dict[int, str]
    ) -> None:
        self.document = document
        self.scenes = scenes
        self.bodies: dict[str, list[Referent]] = defaultdict(list)
        for referent in referents:
            for noun in referent.nouns:
                self.bodies[noun].append(referent)
        self.referents = {referent.id: referent for referent in referents}
        self.names = {one.id: self._names_of(one) for one in referents if one.kind is ActorKind.ORGANISATION}
        self.states = {referent.entry: referent for referent in referents if referent.kind is ActorKind.STATE}
        self.learned = learned
        self.anchors: list[_Anchor] = []
        self.counts: Counter[int] = Counter()
        self.found: dict[int, list[Mention]] = defaultdict(list)
        self.votes: dict[int, Counter[str]] = defaultdict(Counter)
        self.sentence = 0

    def _names_of(self, referent: Referent) -> frozenset[str]:
        """The words of a body's names, in lower case."""
        texts = (self.scenes[index].paragraph.text[start:end] for index, start, end in referent.names)
        return frozenset(word for text in texts for word in text.lower().split())

    def go(self) -> None:
        for scene in self.scenes:
            for told, tokens in scene.sentences:
                self.sentence += told
                for token in tokens:
                    self._meet(scene, token)

    def _meet(self, scene: _Scene, token: Token) -> None:
        if token.i in scene.names:
            self._note(scene, scene.names[token.i], token)
            return
        if token.i in scene.covered:
            return
        lower = token.lower_
        if lower in _GENDERS:
            self._resolve_pronoun(scene, token, _GENDERS[lower])
        elif lower in _PLURALS or lower == "it":
            self._resolve_body(scene, token)
        elif lower in ("the", "both") and token.i + 1 < len(token.doc):
            self._resolve_nominal(scene, token)

    def _note(self, scene: _Scene, referent: Referent, token: Token) -> None:
        self.counts[referent.id] += 1
        self.anchors.append(_Anchor(referent, token, scene.paragraph, self.sentence, scene.is_quoted(token)))

    def _mention(self, scene: _Scene, referent: Referent, first: Token, last: Token, form: MentionForm) -> None:
        start, end = scene.paragraph.start + first.idx, scene.paragraph.start + last.idx + len(last)
        self.found[referent.id].append(Mention(Span.of(self.document.text, start, end), form))

    # he, she

    def _resolve_pronoun(self, scene: _Scene, token: Token, gender: str) -> None:
        meant = self._named_ahead(scene, token)
        if meant is not None and self._gender(meant) in (None, gender):
            self._mention(scene, meant, token, token, MentionForm.PRONOUN)
            return
        best: dict[int, tuple[float, _Anchor]] = {}
        for anchor in self._reachable(scene, token):
            who = anchor.referent
            if anchor.shared or who.kind is not ActorKind.PERSON or self._gender(who) not in (None, gender):
                continue
            score = self._score(anchor, scene, token)
            if score is not None and (who.id not in best or score > best[who.id][0]):
                best[who.id] = (score, anchor)
        if not best:
            return
        score, anchor = max(best.values(), key=lambda pair: pair[0])
        who = anchor.referent
        self._mention(scene, who, token, token, MentionForm.PRONOUN)
        if self._gender(who) is None and len(best) == 1:
            self.votes[who.id][gender] += 1
        self._note(scene, who, token)
        if (
            token.lower_ in _POSSESSIVES
            and token.dep_ == "poss"
            and token.head.lower_ in ("country", "nation", "homeland")
        ):
            country = self.states.get(who.nation)
            if country is not None and token.head.i - token.i <= 2 and not scene.is_quoted(token):
                self._mention(scene, country, token, token.head, MentionForm.NOMINAL)

    def _named_ahead(self, scene: _Scene, token: Token) -> Referent | None:
        """Who is the subject that a pronoun stands before, where nobody is named between."""
        ahead = _subject_ahead(token)
        if not ahead or scene.is_quoted(token) or scene.is_quoted(ahead[0]):
            return None
        if any(i in scene.names for i in range(token.sent.start, token.i)):
            return None
        meant = next((scene.names[one.i] for one in ahead if one.i in scene.names), None)
        return meant if meant is not None and meant.kind is ActorKind.PERSON else None

    def _gender(self, who: Referent) -> str | None:
        return who.gender or self.learned.get(who.id)

    def _reachable(self, scene: _Scene, token: Token) -> Iterator[_Anchor]:
        """The places before a word that it may refer to, last first."""
        quoted = scene.is_quoted(token)
        at = scene.paragraph.start + token.idx
        span = next(((start, end) for start, end in scene.quotations if start <= at < end), (0, 0))
        for anchor in reversed(self.anchors):
            if self.sentence - anchor.sentence >= len(_DISTANCE):
                return
            if quoted:
                place = anchor.paragraph.start + anchor.token.idx
                if anchor.quoted and span[0] <= place < span[1]:
                    yield anchor
            elif not anchor.quoted and self._same_stream(anchor.paragraph, scene.paragraph):
                yield anchor

    @staticmethod
    def _same_stream(earlier: Paragraph, later: Paragraph) -> bool:
        """A caption between two paragraphs says nothing to the second of them; a headline speaks to all."""
        return earlier is later or earlier.role is not BlockRole.CAPTION

    def _score(self, anchor: _Anchor, scene: _Scene, token: Token) -> float | None:
        """How well a place suits a pronoun; None where grammar forbids it."""
        other = anchor.token
        distance = self.sentence - anchor.sentence
        score = _DISTANCE[distance]
        same = anchor.paragraph is scene.paragraph and scene.number[other.i] == scene.number[token.i]
        subject = _is_subject(other)
        if same and _forbidden(other, token):
            return None
        if token.lower_ in _REFLEXIVES:
            return score + 2 if same and subject else None
        if subject:
            clause = _clause(other)
            score += 0.9 if clause.dep_ in ("relcl", "advcl", "acl") else 1.3
            if clause.dep_ == "ROOT":
                score += 0.6
        elif any(child.dep_ == "relcl" for child in other.children):
            score += 1.0  # "angered Smith, who ..." makes Smith a subject
        elif other.dep_ == "poss" and _is_subject(other.head):
            score += 0.9
        elif other.dep_ in ("poss", "compound"):
            score -= 0.3
        if _head_of_conjuncts(other) is not other:
            score -= 0.2
        if same and not subject and _is_subject(token) and other.i < token.i and _is_fronted(other):
            score += 0.9
        if not same and other.dep_ == "dobj" and other.head.lemma_ in _ASKING and _opens_with_answer(scene, token):
            score += 2.5
        if same and subject and _is_subject(token):
            verb = _clause(other)
            score += 1.7 if verb == _governor(_clause(token)) else 0.4 * _governs(verb, token)
        if not same and subject and _is_trailing_attribution(other) and _clause(token).lemma_.lower() not in _saying():
            score -= 0.9
        if not same and not anchor.paragraph.is_body and scene.paragraph.is_body:
            score -= 0.8
        if self._gender(anchor.referent) is None:
            score -= 0.4
        return score + min(self.counts[anchor.referent.id], 8) * 0.04

    # it, they

    def _resolve_body(self, scene: _Scene, token: Token) -> None:
        """ "It said", "they said" after a body, a state or several people as the subject; nothing where unsure."""
        if token.dep_ != "nsubj" or scene.is_quoted(token):
            return
        if token.head.lemma_.lower() not in _saying():
            if token.lower_ == "it":
                self._resolve_doer(scene, token)
            return
        for anchor in reversed(self.anchors):
            if anchor.sentence < self.sentence - 2 or anchor.quoted:
                if anchor.quoted:
                    continue
                return
            if (
                anchor.sentence == self.sentence
                and anchor.paragraph is scene.paragraph
                and _forbidden(anchor.token, token)
            ):
                continue
            if not _is_subject(anchor.token):
                continue
            if token.lower_ == "it":
                if anchor.referent.kind is ActorKind.PERSON:
                    continue
                self._mention(scene, anchor.referent, token, token, MentionForm.PRONOUN)
                self._note(scene, anchor.referent, token)
                return
            if _others_act(scene, anchor, token):
                return
            party = self._party(anchor)
            if len(party) > 1 or anchor.referent.kind in (ActorKind.ORGANISATION, ActorKind.GROUP):
                for referent in party:
                    self._mention(scene, referent, token, token, MentionForm.PRONOUN)
            return

    def _resolve_doer(self, scene: _Scene, token: Token) -> None:
        """The "it" of "Boeing said it had sold …", and of "It sold …" behind a sentence with a body for its subject."""
        verb = token.head
        if verb.lemma_ == "be" or verb.tag_ not in ("VBD", "VBN", "VBG", "VBP", "VBZ", "VB"):
            return
        within = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in _saying() and verb.head.i < token.i
        opening = verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN") and _has_object(verb)
        if not within and not opening:
            return
        for anchor in reversed(self.anchors):
            if anchor.sentence < self.sentence - (0 if within else 1):
                return
            if anchor.quoted or not _is_subject(anchor.token):
                continue
            clause = _clause(anchor.token)
            here = anchor.sentence == self.sentence and anchor.paragraph is scene.paragraph
            if within and not (here and clause.i == verb.head.i):
                continue
            if opening and (here or clause.dep_ != "ROOT" or anchor.token.head.i != clause.i):
                continue
            if anchor.referent.kind is ActorKind.ORGANISATION:
                self._mention(scene, anchor.referent, token, token, MentionForm.PRONOUN)
                self._note(scene, anchor.referent, token)
            return

    def _party(self, anchor: _Anchor) -> list[Referent]:
        """Those joined by "and" with the one at a place."""
        first = _head_of_conjuncts(anchor.token)
        joined = {first.i, *(token.i for token in first.conjuncts)}
        return list(
            {
                other.referent.id: other.referent
                for other in self.anchors
                if other.paragraph is anchor.paragraph and other.token.i in joined
            }.values()
        )

    # the president, the two leaders

    def _resolve_nominal(self, scene: _Scene, token: Token) -> None:
        if scene.is_quoted(token):
            return
        echo = echo_at(token)
        if echo is not None and len(self.bodies.get(echo[1], ())) == 1:
            self._mention(scene, self.bodies[echo[1]][0], token, echo[0], MentionForm.NOMINAL)
            self._note(scene, self.bodies[echo[1]][0], echo[0])
            return
        doc = token.doc
        following = doc[token.i + 1]
        if following.lower_ in firm_words() and self._resolve_firm(scene, token, following):
            return
        two = token.lower_ == "both" or following.lower_ == "two"
        noun = following if token.lower_ == "both" or not two else doc[min(token.i + 2, len(doc) - 1)]
        if two and noun.lower_ in _PAIR_NOUNS:
            pair = self._last_two(scene)
            for referent in pair:
                self._mention(scene, referent, token, noun, MentionForm.NOMINAL)
                self.anchors.append(_Anchor(referent, noun, scene.paragraph, self.sentence, False, shared=True))
            return
        head, words = _office(doc, token.i + 1)
        if head is None or head.i in scene.covered:
            return
        nation = next((found for word in words if (found := load().of_nation(word.text))), None)
        meant = [word for word in words if nation is None or load().of_nation(word.text) is None]
        people = list(self._recent_people(scene))
        if any(word.lower_ in _OTHERS for word in words):
            return
        # An office the document names comes before one that is only known.
        holder = next((one for one in people if self._may_hold(one, one.offices, head, meant, nation)), None)
        if holder is None:
            known = (one for one in people if self._may_hold(one, one.known_offices, head, meant, nation))
            holder = next(known, None)
        if holder is not None:
            self._mention(scene, holder, token, head, MentionForm.TITLE)
            self._note(scene, holder, head)

    def _resolve_firm(self, scene: _Scene, article: Token, noun: Token) -> bool:
        """ "The company", "the airline": the firm that suits it best; nobody where two suit it as well."""
        after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
        if noun.dep_ == "compound" or (after is not None and after.lower_ in ("of", "-", "that", "which", "whose")):
            return False
        best: dict[int, float] = {}
        for anchor in self._reachable(scene, article):
            who = anchor.referent
            if self.counts[who.id] == 1 and _is_passing(anchor.token):
                continue
            fit = suits(self.names[who.id], noun.lower_) if who.kind is ActorKind.ORGANISATION else None
            score = self._score(anchor, scene, noun) if fit is not None else None
            if fit is not None and score is not None:
                best[who.id] = max(best.get(who.id, 0.0), score + fit + min(self.counts[who.id], 8) * 0.06)
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEAR):
            return False
        who = self.referents[ranked[0][0]]
        self._mention(scene, who, article, noun, MentionForm.NOMINAL)
        self._note(scene, who, noun)
        return True

    def _may_hold(
        self, who: Referent, offices: Sequence[str], head: Token, words: Sequence[Token], nation: str | None
    ) -> bool:
        if nation is not None and who.nation != nation:
            return False
        gender = gendered_titles().get(head.lower_)
        if gender and self._gender(who) not in (None, gender):
            return False
        if nation is not None and head.lower_ == "leader":
            # "The Russian leader" is whoever leads Russia, by whatever office.
            held = [set(office.casefold().replace("-", " ").split()) for office in offices]
            return any(office & _LEADING and not office & _NOT_LEADING for office in held)
        return any(_holds(office, head, words) for office in offices)

    def _recent_people(self, scene: _Scene) -> Iterator[Referent]:
        seen = set()
        for anchor in reversed(self.anchors):
            who = anchor.referent
            if who.kind is ActorKind.PERSON and not anchor.quoted and who.id not in seen:
                seen.add(who.id)
                yield who

    def _last_two(self, scene: _Scene) -> list[Referent]:
        pair = []
        for referent in self._recent_people(scene):
            pair.append(referent)
            if len(pair) == 2:
                return pair
        return []


def _others_act(scene: _Scene, anchor: _Anchor, token: Token) -> bool:
    """Whether others without a name do something between a place and "they": "Senate Democrats refused, they said"."""
    first = anchor.token.i + 1 if anchor.paragraph is scene.paragraph else 0
    between = scene.paragraph.doc[first : token.i]
    many = (one for one in between if one.tag_ in ("NNS", "NNPS") and one.dep_ in ("nsubj", "nsubjpass"))
    return any(one.i not in scene.names and not scene.is_quoted(one) for one in many)


def _has_object(verb: Token) -> bool:
    return any(child.dep_ == "dobj" and child.i > verb.i for child in verb.children)


def _is_passing(token: Token) -> bool:
    """Whether a body is only what something is of: "investors lost money on shares of X"."""
    return token.dep_ == "pobj" and token.head.lower_ == "of" and not _is_subject(token.head.head)


def _head_of_conjuncts(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _is_subject(token: Token) -> bool:
    first = _head_of_conjuncts(token)
    return first.dep_ in _SUBJECTS or (first.dep_ == "pobj" and first.head.dep_ == "agent")


def _clause(token: Token) -> Token:
    """The verb whose subject or object a word is."""
    head = _head_of_conjuncts(token).head
    while head.pos_ not in ("VERB", "AUX") and head.dep_ != "ROOT":
        head = head.head
    return head


def _is_fronted(other: Token) -> bool:
    """Whether a name stands before the subject of its sentence: "From Smith's point of view, he ..."."""
    root = _clause(other)
    subject = next((child for child in root.children if child.dep_ in _SUBJECTS), None)
    return root.head == root and subject is not None and other.i < subject.left_edge.i


def _opens_with_answer(scene: _Scene, token: Token) -> bool:
    """Whether a paragraph begins with a quotation, which answers what the paragraph before has asked."""
    return scene.is_quoted(token.doc[0])


def _subject_ahead(token: Token) -> list[Token]:
    """The subject that a pronoun before it means, with its appositions: "In his speech, Smith ..."."""
    phrase = token
    while phrase.head.i != phrase.i and phrase.dep_ not in ("prep", "advcl") and phrase.pos_ != "VERB":
        phrase = phrase.head
    while phrase.head.dep_ in ("prep", "advcl", "pobj", "pcomp") and phrase.head.i != phrase.i:
        phrase = phrase.head
    root = phrase.head
    if phrase.dep_ not in ("prep", "advcl") or root.dep_ != "ROOT" or phrase.i > root.i:
        return []
    subject = next((child for child in root.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    start = token.sent.start
    if subject is None or subject.i < token.i or phrase.left_edge.i > start + 1 or token.dep_ not in ("poss", "nsubj"):
        return []
    return [subject, *(child for child in subject.children if child.dep_ == "appos")]


def _is_trailing_attribution(subject: Token) -> bool:
    """Whether a subject only says at the end what somebody else did: "Smith fled, Jones said"."""
    verb = _clause(subject)
    if verb.lemma_.lower() not in _saying() or any(token.text == '"' for token in verb.subtree):
        return False
    return any(child.dep_ == "ccomp" and child.i < subject.i for child in verb.children)


def _governor(verb: Token) -> Token | None:
    """The verb with a subject of its own that a clause hangs on: "warned" over "he was not"."""
    return next((one for one in verb.ancestors if any(child.dep_ in _SUBJECTS for child in one.children)), None)


def _governs(verb: Token, token: Token) -> bool:
    return any(ancestor.i == verb.i for ancestor in token.ancestors)


def _forbidden(other: Token, token: Token) -> bool:
    """Whether grammar keeps a pronoun apart from a name of its own sentence."""
    if token.lower_ in _REFLEXIVES:
        return False
    if token.dep_ == "poss":
        # "Smith's brother and his ..." may be; "his" inside the name's own phrase may not.
        return other.i in {t.i for t in token.head.subtree} and token.head.i == other.i
    mine, theirs = _clause(token), _clause(other)
    if mine.i == theirs.i and _is_subject(token) != _is_subject(other):
        # Subject and object of one verb are two people; a possessor or the name in a phrase before the verb is free.
        return (
            other.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "dative", "iobj")
            and other.i < token.i
            and (_is_subject(other) or not _fronted(other, mine))
        )
    return False


def _fronted(other: Token, verb: Token) -> bool:
    """ "According to Smith, he ..." and "With Jones gone, he ...": the name stands before the verb's subject."""
    return other.i < verb.i


def _office(doc: Doc, start: int) -> tuple[Token | None, list[Token]]:
    """The noun of office after an article, and the words before it: "Russian", "former"."""
    words: list[Token] = []
    for token in doc[start : start + 5]:
        if token.lower_ in titles():
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if after is not None and after.lower_ in titles():
                words.append(token)
                continue
            if after is not None and (
                after.pos_ == "PROPN" or after.lower_ in ("of", "for") or token.dep_ == "compound"
            ):
                return None, []
            return token, words
        if token.pos_ not in ("ADJ", "PROPN", "NOUN") and token.text not in ("-", "."):
            return None, []
        words.append(token)
    return None, []


def _holds(office: str, head: Token, words: Sequence[Token]) -> bool:
    """Whether an office is the one meant: its noun, and the words before it that make it another ("vice", "prime")."""
    parts = office.replace("-", " ").split()
    if head.lower_ not in parts:
        return False
    for pair in (("vice", "president"), ("prime", "minister"), ("deputy", head.lower_), ("attorney", "general")):
        if head.lower_ == pair[1] and (pair[0] in parts) != any(word.lower_ == pair[0] for word in words):
            return False
    told = [word for word in words if word.lower_ not in ("vice", "prime", "deputy") and not word.is_punct]
    return all(word.lower_ in parts for word in told if word.pos_ == "NOUN" or word.text[0].isupper())


def _saying() -> frozenset[str]:
    return word_list("en", "saying.txt")
