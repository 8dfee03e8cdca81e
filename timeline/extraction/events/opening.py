"""The main event: the headline's, as the opening of the article retells it with day and place; else the opening's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.scene import AT, Scene, is_at, is_of_matter, is_scene_of
from timeline.extraction.events.subjects import find_subject
from timeline.extraction.events.times import INCIDENTS, is_old, set_times
from timeline.extraction.events.triggers import is_definite, of_noun
from timeline.extraction.events.words import event_words
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.speakers import subject_of
from timeline.vocabulary import ActorKind, BlockRole, EventKind

# How many sentences may retell the headline, and how alike they must be: read off forty-eight articles of 2016.
SENTENCES = 6
FIRST = 3
ALIKE = 1.1
# Deeds done with words, which a first sentence may report as something said.
KINDS_OF_WORDS = ("accusation", "demand", "threat", "support", "statement", "refusal")
VERBAL = frozenset(EventKind(kind) for kind in KINDS_OF_WORDS)
PLACES = frozenset({ActorKind.STATE, ActorKind.GOVERNMENT})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def of_headline(scene: Scene, clause: Headline, candidates: list[Candidate]) -> Candidate:
    """The candidate at the predicate of the headline; made where the words alone do not tell an event."""
    if clause.spoken:
        return _words_of(scene, clause)
    found = next((c for c in candidates if c.paragraph is clause.paragraph and c.token == clause.word), None) or _made(
        scene, clause
    )
    if not clause.planned and not clause.nominal and _is_still_to_come(scene, clause):
        clause = replace(clause, planned=True)
    found.headline = clause
    refused = not clause.nominal and any(child.dep_ == "neg" for child in clause.word.children)
    found.kind = EventKind.OTHER if refused else found.kind  # "ministers do not back strike"
    found.hedged = found.hedged or clause.planned or refused
    found.weak = False
    if not found.agents and not clause.nominal and not (found.passive and found.patients):
        named = _named_before(scene, clause)
        if found.passive or (clause.bare and clause.word.tag_ != "VBG"):
            found.patients = found.patients or named
        else:
            found.agents = named
    if not found.places:
        found.places = _places(scene, clause)
    return found


def _words_of(scene: Scene, clause: Headline) -> Candidate:
    """The saying of what a headline gives as somebody's words."""
    speech = event_words().families["speech"]
    return Candidate(
        paragraph=clause.paragraph,
        token=clause.word,
        words=(clause.word, clause.word),
        kind=speech.kind,
        family=speech,
        agents=_named_before(scene, clause),
        patients=[],
        places=[],
        headline=clause,
    )


def _is_still_to_come(scene: Scene, clause: Headline) -> bool:
    """Whether the text says of what its headline tells in the present that it will be done, and not that it was."""
    if clause.bare or clause.word.tag_ in ("VBD", "VBN", "VB", "MD"):
        return False
    planned = False
    for _, sentence in list(opening_sentences(scene))[:FIRST]:
        for token in sentence:
            if token.lemma_.lower() != clause.word.lemma_.lower() or token.pos_ != "VERB":
                continue
            if not any(child.lower_ in ("will", "'ll") for child in token.children):
                return False
            planned = True
    return planned


def _made(scene: Scene, clause: Headline) -> Candidate:
    words = event_words()
    lemma = clause.word.lemma_.lower()
    if lemma in words["light_verbs"] or lemma == "be":
        # "Putin's remarks were made": the noun says what happened.
        noun = next((t for t in clause.word.lefts if t.lemma_.lower() in words.nouns), None)
        if noun is not None:
            found = of_noun(scene, clause.paragraph, noun, words)
            if found is not None:
                return found
    family = words.verbs.get(lemma) or words.verbs.get(clause.word.lower_) or words.nouns.get(lemma)
    if lemma == "fire" and any(
        t.lemma_.lower() in words["staff"] for t in clause.word.doc[clause.word.i + 1 : clause.word.i + 4]
    ):
        family = words.families["appointment"]  # "Bears fire coach"
    return Candidate(
        paragraph=clause.paragraph,
        token=clause.word,
        words=(clause.word, clause.word),
        kind=family.kind if family else EventKind.OTHER,
        family=family,
        agents=[],
        patients=[],
        places=[],
        subject=None if clause.nominal else subject_of(clause.word),
        passive=clause.bare,
        nominal=clause.nominal,
    )


def _named_before(scene: Scene, clause: Headline) -> list[str]:
    """The actors who stand before the predicate as its subject: not those who only qualify it ("Clinton aide says")."""
    doc, found = clause.paragraph.doc, []
    subject = find_subject(clause)
    before = (
        [
            t
            for t in doc[subject.first.i : subject.head.i + 1]
            if t.dep_ not in ("advmod", "aux", "auxpass", "punct", "neg")
        ]
        if subject is not None
        else []
    )
    for at, token in enumerate(before):
        actor = scene.actor_of(clause.paragraph, token)
        if actor is None:
            continue
        following = before[at + 1] if at + 1 < len(before) else None
        ends = following is None or following.lower_ == "and" or doc[token.i + 1].text == ","
        behind = any(t.tag_ == "IN" for t in before[:at])
        if ends and not behind:
            found.append(actor.key)
    if not found and before:
        # "Police identify victims": the one body in the article that is called so.
        called = [
            a.key for a in scene.cast.actors if " " in a.name and a.name.split()[-1].casefold() == before[-1].lower_
        ]
        found = called if len(called) == 1 else []
    return list(dict.fromkeys(found))


def named_in(scene: Scene, clause: Headline) -> list[str]:
    """Everybody whom the clause names, but where: who takes part in what nobody does."""
    found = []
    for token in clause.paragraph.doc[clause.first : clause.last + 1]:
        actor = scene.actor_of(clause.paragraph, token)
        owner = token.dep_ in ("compound", "amod", "poss", "nmod") and token.head.pos_ != "PROPN"
        deed = token.head.lemma_.lower() in event_words().nouns
        if actor is not None and owner and (actor.kind in PLACES or not (deed or clause.nominal)):
            continue  # "German consulate", "Smith's stalker is jailed": whose it is, or where
        at = token.head if token.dep_ == "compound" and is_scene_of(token.head) else token
        where = at.dep_ == "pobj" and at.head.lower_ in AT and scene.place_at(clause.paragraph, token)
        if actor is not None and not where and not scene.venue_of(clause.paragraph, token):
            found.append(actor.key)
    return list(dict.fromkeys(found))


def places_another(token: Token) -> bool:
    """ "… before the Oval Office clash": that is where the clash was, whether the parse takes it for noun or verb."""
    words = event_words()
    order = words["after"] | words["before"]
    at = token
    while at.head != at:
        if at.dep_ == "pobj" and (at.head.lower_ in order or at.head.head.lower_ == "ahead"):
            return True
        if any(child.dep_ == "mark" and child.lower_ in order for child in at.children):
            return True
        at = at.head
    return False


def _hangs_on_event(token: Token) -> bool:
    """ "White House clash", "Oslo plane crash": not the "Oslo family" that it kills."""
    while token.dep_ in ("compound", "nmod", "npadvmod") and token.head != token:
        token = token.head
    return token.lemma_.lower() in event_words().nouns


def _places(scene: Scene, clause: Headline) -> list[str]:
    found = []
    for token in clause.paragraph.doc[clause.first : clause.last + 1]:
        key = scene.place_at(clause.paragraph, token)
        if (
            key
            and not places_another(token)
            and (
                (token.dep_ == "pobj" and is_at(token.head) and not _is_far(token.head))
                or (_hangs_on_event(token) and scene.venue_of(clause.paragraph, token))
            )
        ):
            found.append(key)
    return list(dict.fromkeys(found))


def _is_far(prep: Token) -> bool:
    """ "Adopts resolution against war in Ukraine": the war is there."""
    return prep.head.lemma_.lower() in event_words()["elsewhere"] or is_of_matter(prep)


def retell(scene: Scene, main: Happening, happenings: list[Happening]) -> list[Happening]:
    """The happenings with the one that retells the headline taken into the main one."""
    clause = next((c.headline for c in main.candidates if c.headline), None)
    if clause is None:
        return happenings
    told = content(clause.paragraph.doc[clause.first : clause.last + 1])
    known = any(is_early(scene, c) for c in main.candidates)
    best: tuple[float, Happening] | None = None
    for position, (paragraph, sentence) in enumerate(opening_sentences(scene)):
        for happening in happenings:
            if happening is main or known:
                continue
            for candidate in happening.candidates:
                if candidate.paragraph is not paragraph or sentence_of(candidate.token).start != sentence.start:
                    continue
                alike = _likeness(scene, main, candidate, told) - 0.1 * position
                if alike >= ALIKE and (best is None or alike > best[0]):
                    best = (alike, happening)
    taken = [best[1]] if best else []
    taken += [
        h
        for h in happenings
        if h is not main and h not in taken and (_is_same_incident(main, h) or _announces(main, taken, h))
    ]
    for happening in taken:
        main.candidates.extend(happening.candidates)
    return [h for h in happenings if h not in taken]


def _announces(main: Happening, taken: list[Happening], other: Happening) -> bool:
    """ "Warren announced that she was endorsing Biden" tells no more than that she endorses him."""
    told = [c.token for h in (main, *taken) for c in h.candidates]
    return any(
        child in told and c.is_verb and child.doc is c.token.doc
        for c in other.candidates
        for child in c.token.children
        if child.dep_ == "ccomp"
    )


def _is_same_incident(main: Happening, other: Happening) -> bool:
    """ "The attack happened at 11pm": an attack, accident or death spoken of as the known one."""
    family = main.first.family
    if family is None or family.kind not in INCIDENTS or not all(c.family == family for c in other.candidates):
        return False
    dates = [c.time.date for h in (main, other) for c in h.candidates if c.time and c.time.date]
    return (
        not other.actors
        and any(is_definite(c) for c in other.candidates)
        and all(a.overlaps(b) for a in dates for b in dates)
    )


def _likeness(scene: Scene, main: Happening, candidate: Candidate, told: frozenset[str]) -> float:
    known = main.first
    here = content(candidate.token.subtree)
    if candidate.subject is not None:
        here |= content(candidate.subject.subtree)
    shared = len(told & here) / max(len(told), 1)
    kin = known.token.lemma_.lower() == candidate.token.lemma_.lower() or (
        known.family is not None and known.family == candidate.family
    )
    agents, others = set(known.agents), set(candidate.agents)
    if candidate.time is not None and is_old(scene, candidate.time):
        return 0.0
    if known.kind in VERBAL and candidate.speech and agents & others:
        kin = True
    if agents and others and not agents & others and not _speaks_for(scene, agents, others):
        return 0.0
    if not kin and shared < 0.34:
        return 0.0
    top = candidate.token.dep_ in ("ROOT", "ccomp", "conj")
    return 1.5 * kin + 2 * shared + 0.4 * bool(agents & others) + 0.3 * top


def _speaks_for(scene: Scene, agents: set[str], others: set[str]) -> bool:
    """A headline names the state or body for which the person of the first sentence acts."""
    kinds = {scene.cast.by_key[key].kind for key in agents}, {scene.cast.by_key[key].kind for key in others}
    return any(ActorKind.PERSON not in kind for kind in kinds) and ActorKind.PERSON in kinds[0] | kinds[1]


def content(tokens: object) -> frozenset[str]:
    """The lemmas of the words that say what is told."""
    return frozenset(
        t.lemma_.lower()
        for t in tokens  # type: ignore[attr-defined]
        if isinstance(t, Token) and t.pos_ in CONTENT and len(t) > 2 and not t.is_stop
    )


def opening_sentences(scene: Scene) -> Iterator[tuple[Paragraph, DocSpan]]:
    """The sentences that may retell the headline, with their paragraphs."""
    left = SENTENCES
    for paragraph in scene.paragraphs:
        if not paragraph.is_body and paragraph.role is not BlockRole.DEK:
            continue
        for sentence in paragraph.doc.sents:
            yield paragraph, sentence
            left -= 1
            if not left:
                return


def is_early(scene: Scene, candidate: Candidate) -> bool:
    """Whether a candidate stands among the sentences that may retell the headline."""
    if candidate.in_title:
        return False
    return any(
        p is candidate.paragraph and sentence.start == sentence_of(candidate.token).start
        for p, sentence in opening_sentences(scene)
    )


def of_opening(scene: Scene, happenings: list[Happening], tells: Callable[[Happening], bool]) -> Happening | None:
    """The event of the opening that shares most words with the title, else of the first sentence that tells one.

    A title that asks or teases still says what the article is about. `tells` says which events make a sentence.
    """
    title = scene.title
    asked = content(title.doc) if title is not None else frozenset()
    first: Happening | None = None
    best: tuple[float, Happening] | None = None
    for position, (paragraph, sentence) in enumerate(opening_sentences(scene)):
        here = [
            (c, h)
            for h in happenings
            for c in h.candidates
            if c.paragraph is paragraph and sentence_of(c.token).start == sentence.start and tells(h)
        ]
        told = [pair for pair in here if pair[0].is_verb or pair[0].carried or not _sets_the_scene(pair[0].token)]
        named = [pair for pair in told if pair[1].actors or pair[0].family] or told
        if named and first is None and position < FIRST:
            first = min(named, key=lambda pair: (_depth(pair[0]), not pair[0].is_verb, pair[0].token.i))[1]
        for candidate, happening in named:
            subject = content(candidate.subject.subtree) if candidate.subject is not None else frozenset()
            shared = len(asked & (content(candidate.token.subtree) | subject))
            worth = shared - 0.4 * position - 0.5 * _depth(candidate) + 0.3 * candidate.is_verb
            if shared > 1 and (best is None or worth > best[0]):
                best = (worth, happening)
    return best[1] if best is not None else first


def leads(scene: Scene, clause: Headline) -> Iterator[Candidate]:
    """The main clauses of the first sentences that take up the nouns of a headline which has no verb."""
    told = content(clause.paragraph.doc)
    for paragraph, sentence in list(opening_sentences(scene))[:FIRST]:
        verb = sentence.root
        subject = subject_of(verb) if verb.pos_ == "VERB" else None
        if subject is None or len(told & content(sentence)) < 2 or scene.in_quotation(paragraph, verb):
            continue
        unreal = any(c.dep_ == "neg" or c.tag_ == "MD" or c.lower_ == "if" for c in verb.children)
        if unreal or verb.lemma_.lower() in event_words()["reporting"]:
            continue
        lead = Candidate(
            paragraph=paragraph,
            token=verb,
            words=(verb, verb),
            kind=EventKind.OTHER,
            family=None,
            agents=scene.actors_of(paragraph, subject),
            patients=[],
            places=scene.places_of(paragraph, verb),
            subject=subject,
            passive=any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children),
        )
        if set_times(scene, lead):
            yield lead


def _sets_the_scene(noun: Token) -> bool:
    """ "Since the explosion", "before the spill": what the sentence starts from, not what it tells."""
    words = event_words()
    return noun.dep_ == "pobj" and noun.head.lower_ in words["after"] | words["before"] | words["meanwhile"]


def share_right(scene: Scene, main: Happening) -> float:
    """How often such a main event has the right title and actor: read off four hundred headlines of twenty outlets.

    Nine in ten where the headline says who does what; fewer where a noun names it, or only the opening tells it.
    """
    words = event_words()
    headed = next((c for c in main.candidates if c.headline), None)
    early = any(is_early(scene, c) for c in main.candidates)
    if headed is None or headed.headline is None:
        known = any(c.family and c.agents and not _depth(c) for c in main.candidates)
        return 0.88 if known else 0.86 if main.is_speech else 0.75
    clause = headed.headline
    if clause.nominal:
        return 0.87 if early and any(c.is_verb for c in main.candidates) else 0.65
    share = 0.95 if main.actors else 0.91
    lemma = clause.word.lemma_.lower()
    share -= 0.0 if clause.word.pos_ in ("VERB", "AUX") or clause.bare else 0.03
    share -= 0.05 if lemma in words["stative"] and not clause.bare and clause.by is None else 0.0
    first = clause.paragraph.doc[clause.first]
    share -= 0.15 if first.tag_ in ("PRP", "PRP$", "WP", "EX") else 0.0
    return share + (0.02 if early else 0.0)


def _depth(candidate: Candidate) -> int:
    token, depth = candidate.token, 0
    while token.head != token:
        if token.dep_ not in ("xcomp", "conj", "ccomp"):
            depth += 1
        token = token.head
    return depth
