"""Words that refer back: pronouns, "the president", "his country", "the two leaders".

What stands outside quotation marks never looks inside them for whom it means. A pronoun prefers the last subject that
agrees with it; what a pronoun tells of a person's gender is learned in a first walk and used in the second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from timeline.extraction.actors.binding import (
    REFLEXIVES,
    clause_of,
    forbidden,
    governor,
    governs,
    has_object,
    head_of_conjuncts,
    is_fronted,
    is_passing,
    is_subject,
    is_trailing_attribution,
    saying,
    subject_ahead,
)
from timeline.extraction.actors.echoes import echo_at, firm_words, suits
from timeline.extraction.actors.officeholders import holds, leads, office_at
from timeline.extraction.actors.scenes import GENDERS, PLURALS, Anchor, Referent, Scene, scenes_of
from timeline.extraction.knowledge import load
from timeline.extraction.mentions import Document, Mention, Span
from timeline.extraction.names import gendered_titles
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, BlockRole, MentionForm

_POSSESSIVES = frozenset({"his", "her", "hers"})
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
# How much a sentence further back counts less; beyond it nothing is looked for.
_DISTANCE = (3.5, 2.8, 1.6, 0.9, 0.5, 0.3, 0.1)
# By so much the firm that "the company" means suits it better than any other.
_CLEAR = 0.4


def refer_back(
    document: Document, paragraphs: Sequence[Paragraph], referents: Sequence[Referent]
) -> dict[int, list[Mention]]:
    """The pronouns and nominals that stand for each referent, by its id."""
    scenes = scenes_of(document, paragraphs, referents)
    learned: dict[int, str] = {}
    first = _Walk(document, scenes, referents, learned)
    first.go()
    learned.update({who: votes.most_common(1)[0][0] for who, votes in first.votes.items()})
    second = _Walk(document, scenes, referents, learned)
    second.go()
    return second.found


class _Walk:
    """One walk through a document, from the first sentence to the last."""

    def __init__(
        self, document: Document, scenes: Sequence[Scene], referents: Sequence[Referent], learned: dict[int, str]
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
        self.anchors: list[Anchor] = []
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

    def _meet(self, scene: Scene, token: Token) -> None:
        if token.i in scene.names:
            self._note(scene, scene.names[token.i], token)
            return
        if token.i in scene.covered:
            return
        lower = token.lower_
        if lower in GENDERS:
            self._resolve_pronoun(scene, token, GENDERS[lower])
        elif lower in PLURALS or lower == "it":
            self._resolve_body(scene, token)
        elif lower in ("the", "both") and token.i + 1 < len(token.doc):
            self._resolve_nominal(scene, token)

    def _note(self, scene: Scene, referent: Referent, token: Token) -> None:
        self.counts[referent.id] += 1
        self.anchors.append(Anchor(referent, token, scene.paragraph, self.sentence, scene.is_quoted(token)))

    def _mention(self, scene: Scene, referent: Referent, first: Token, last: Token, form: MentionForm) -> None:
        start, end = scene.paragraph.start + first.idx, scene.paragraph.start + last.idx + len(last)
        self.found[referent.id].append(Mention(Span.of(self.document.text, start, end), form))

    # he, she

    def _resolve_pronoun(self, scene: Scene, token: Token, gender: str) -> None:
        meant = self._named_ahead(scene, token)
        if meant is not None and self._gender(meant) in (None, gender):
            self._mention(scene, meant, token, token, MentionForm.PRONOUN)
            return
        best: dict[int, tuple[float, Anchor]] = {}
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

    def _named_ahead(self, scene: Scene, token: Token) -> Referent | None:
        """Who is the subject that a pronoun stands before, where nobody is named between."""
        ahead = subject_ahead(token)
        if not ahead or scene.is_quoted(token) or scene.is_quoted(ahead[0]):
            return None
        if any(i in scene.names for i in range(token.sent.start, token.i)):
            return None
        meant = next((scene.names[one.i] for one in ahead if one.i in scene.names), None)
        return meant if meant is not None and meant.kind is ActorKind.PERSON else None

    def _gender(self, who: Referent) -> str | None:
        return who.gender or self.learned.get(who.id)

    def _reachable(self, scene: Scene, token: Token) -> Iterator[Anchor]:
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

    def _score(self, anchor: Anchor, scene: Scene, token: Token) -> float | None:
        """How well a place suits a pronoun; None where grammar forbids it."""
        other = anchor.token
        distance = self.sentence - anchor.sentence
        score = _DISTANCE[distance]
        same = anchor.paragraph is scene.paragraph and scene.number[other.i] == scene.number[token.i]
        subject = is_subject(other)
        if same and forbidden(other, token):
            return None
        if token.lower_ in REFLEXIVES:
            return score + 2 if same and subject else None
        if subject:
            clause = clause_of(other)
            score += 0.9 if clause.dep_ in ("relcl", "advcl", "acl") else 1.3
            if clause.dep_ == "ROOT":
                score += 0.6
        elif any(child.dep_ == "relcl" for child in other.children):
            score += 1.0  # "angered Smith, who ..." makes Smith a subject
        elif other.dep_ == "poss" and is_subject(other.head):
            score += 0.9
        elif other.dep_ in ("poss", "compound"):
            score -= 0.3
        if head_of_conjuncts(other) is not other:
            score -= 0.2
        if same and not subject and is_subject(token) and other.i < token.i and is_fronted(other):
            score += 0.9
        if not same and other.dep_ == "dobj" and other.head.lemma_ in _ASKING and _opens_with_answer(scene, token):
            score += 2.5
        if same and subject and is_subject(token):
            verb = clause_of(other)
            score += 1.7 if verb == governor(clause_of(token)) else 0.4 * governs(verb, token)
        if not same and subject and is_trailing_attribution(other) and clause_of(token).lemma_.lower() not in saying():
            score -= 0.9
        if not same and not anchor.paragraph.is_body and scene.paragraph.is_body:
            score -= 0.8
        if self._gender(anchor.referent) is None:
            score -= 0.4
        return score + min(self.counts[anchor.referent.id], 8) * 0.04

    # it, they

    def _resolve_body(self, scene: Scene, token: Token) -> None:
        """ "It said", "they said" after a body, a state or several people as the subject; nothing where unsure."""
        if token.dep_ != "nsubj" or scene.is_quoted(token):
            return
        if token.head.lemma_.lower() not in saying():
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
                and forbidden(anchor.token, token)
            ):
                continue
            if not is_subject(anchor.token):
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

    def _resolve_doer(self, scene: Scene, token: Token) -> None:
        """The "it" of "Boeing said it had sold …", and of "It sold …" behind a sentence with a body for its subject."""
        verb = token.head
        if verb.lemma_ == "be" or verb.tag_ not in ("VBD", "VBN", "VBG", "VBP", "VBZ", "VB"):
            return
        within = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in saying() and verb.head.i < token.i
        opening = verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBN") and has_object(verb)
        if not within and not opening:
            return
        for anchor in reversed(self.anchors):
            if anchor.sentence < self.sentence - (0 if within else 1):
                return
            if anchor.quoted or not is_subject(anchor.token):
                continue
            clause = clause_of(anchor.token)
            here = anchor.sentence == self.sentence and anchor.paragraph is scene.paragraph
            if within and not (here and clause.i == verb.head.i):
                continue
            if opening and (here or clause.dep_ != "ROOT" or anchor.token.head.i != clause.i):
                continue
            if anchor.referent.kind is ActorKind.ORGANISATION:
                self._mention(scene, anchor.referent, token, token, MentionForm.PRONOUN)
                self._note(scene, anchor.referent, token)
            return

    def _party(self, anchor: Anchor) -> list[Referent]:
        """Those joined by "and" with the one at a place."""
        first = head_of_conjuncts(anchor.token)
        joined = {first.i, *(token.i for token in first.conjuncts)}
        return list(
            {
                other.referent.id: other.referent
                for other in self.anchors
                if other.paragraph is anchor.paragraph and other.token.i in joined
            }.values()
        )

    # the president, the two leaders

    def _resolve_nominal(self, scene: Scene, token: Token) -> None:
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
                self.anchors.append(Anchor(referent, noun, scene.paragraph, self.sentence, False, shared=True))
            return
        head, words = office_at(doc, token.i + 1)
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

    def _resolve_firm(self, scene: Scene, article: Token, noun: Token) -> bool:
        """ "The company", "the airline": the firm that suits it best; nobody where two suit it as well."""
        after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
        if noun.dep_ == "compound" or (after is not None and after.lower_ in ("of", "-", "that", "which", "whose")):
            return False
        best: dict[int, float] = {}
        for anchor in self._reachable(scene, article):
            who = anchor.referent
            if self.counts[who.id] == 1 and is_passing(anchor.token):
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
            return any(map(leads, offices))
        return any(holds(office, head, words) for office in offices)

    def _recent_people(self, scene: Scene) -> Iterator[Referent]:
        seen = set()
        for anchor in reversed(self.anchors):
            who = anchor.referent
            if who.kind is ActorKind.PERSON and not anchor.quoted and who.id not in seen:
                seen.add(who.id)
                yield who

    def _last_two(self, scene: Scene) -> list[Referent]:
        pair = []
        for referent in self._recent_people(scene):
            pair.append(referent)
            if len(pair) == 2:
                return pair
        return []


def _others_act(scene: Scene, anchor: Anchor, token: Token) -> bool:
    """Whether others without a name do something between a place and "they": "Senate Democrats refused, they said"."""
    first = anchor.token.i + 1 if anchor.paragraph is scene.paragraph else 0
    between = scene.paragraph.doc[first : token.i]
    many = (one for one in between if one.tag_ in ("NNS", "NNPS") and one.dep_ in ("nsubj", "nsubjpass"))
    return any(one.i not in scene.names and not scene.is_quoted(one) for one in many)


def _opens_with_answer(scene: Scene, token: Token) -> bool:
    """Whether a paragraph begins with a quotation, which answers what the paragraph before has asked."""
    return scene.is_quoted(token.doc[0])
