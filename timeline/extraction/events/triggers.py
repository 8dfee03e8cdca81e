"""Candidates for events: predicates and nouns that say that something happened."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from timeline.extraction.actors.echoes import is_kind
from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.certainty import climb_hedges, has_happened, is_attributed, is_supposed
from timeline.extraction.events.entries import entry_day, is_predicate
from timeline.extraction.events.families import OBJECTS, family_in_use
from timeline.extraction.events.scene import Scene, in_phrase
from timeline.extraction.events.times import SUBJECTS, set_times
from timeline.extraction.events.words import EventWords, Family, event_words
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.speakers import agent_of, subject_of
from timeline.vocabulary import ActorKind, BlockRole, EventKind

# What a verb that says little by itself needs.
COMPLEMENTS = OBJECTS | {"prep", "acomp", "oprd"}
# Whom a deed is done with or to: prepositions whose object takes part.
PARTIES = frozenset({"with", "against", "to", "on", "between", "of", "by", "from", "for"})

# An article retells its headline within its first sentences.
OPENING_WORDS = 90


def find_candidates(scene: Scene, language: str = "en") -> list[Candidate]:
    """Every predicate and noun that says that something happened, in text order, the headline first."""
    words = event_words(language)
    found: list[Candidate] = []
    openings = [p for p in scene.paragraphs if p.is_body or p.role is BlockRole.DEK][:3]
    paragraphs = ([scene.headline] if scene.headline else []) + list(scene.paragraphs)
    for paragraph in paragraphs:
        if paragraph.role is BlockRole.SUBHEAD:
            continue
        for token in paragraph.doc:
            if scene.in_quotation(paragraph, token):
                continue
            if _is_headline_noun(paragraph, token, words):
                candidate: Candidate | None = _of_headline_noun(scene, paragraph, token, words)
            elif token.pos_ in ("VERB", "AUX"):
                opening = paragraph in openings and sentence_of(token).start < OPENING_WORDS
                candidate = _of_verb(scene, paragraph, token, words, opening=opening)
            elif token.pos_ in ("NOUN", "PROPN"):
                candidate = of_noun(scene, paragraph, token, words)
            else:
                continue
            if candidate:
                found.append(candidate)
    timed = [candidate for candidate in found if set_times(scene, candidate)]
    timed = [one for candidate in timed for one in _occasions(candidate)]
    # "The firm, founded in 1998", but not "the firm based in Rome".
    return [c for c in timed if not (c.is_verb and c.token.dep_ == "acl" and c.time is None)]


def _occasions(candidate: Candidate) -> list[Candidate]:
    """A candidate, and its like for the other time where the words say that it was done again."""
    if candidate.again is None:
        return [candidate]
    return [candidate, replace(candidate, time=candidate.again, again=None)]


# --- verbs ---------------------------------------------------------------------------------------------------------


def _of_verb(scene: Scene, paragraph: Paragraph, verb: Token, words: EventWords, *, opening: bool) -> Candidate | None:
    if paragraph.role is BlockRole.TITLE and (verb.dep_ in ("amod", "pcomp") or _is_attribute(verb)):
        return None  # "after drowned toddler"
    titled = paragraph.role is BlockRole.TITLE and verb.lemma_.lower() in words.nouns and verb.i + 1 < len(verb.doc)
    if titled and verb.nbor().lower_ in words["about_deeds"]:
        return None  # "Oslo attacks trial"
    if verb.dep_ == "conj" and verb.head.pos_ == "NOUN" and not any(c.dep_ in SUBJECTS for c in verb.children):
        return None  # "groans and astonished laughs"
    hedged, top = climb_hedges(verb, words)
    if not has_happened(scene, verb, top, paragraph, words):
        return None
    lemma = verb.lemma_.lower()
    particle = next((c for c in verb.children if c.dep_ in ("prt", "acomp", "advmod") and c.i == verb.i + 1), None)
    long_form = f"{lemma} {particle.lower_}" if particle is not None else lemma
    family = words.verbs.get(long_form) or words.verbs.get(lemma)
    if (
        lemma in words["reporting"]
        and family is not None
        and family.name == "encounter"
        and any(c.dep_ == "ccomp" for c in verb.children)
    ):
        family = words.families["speech"]  # "argued that": nobody else is there
    if long_form not in words.verbs and lemma in words["stative"]:
        return None
    if lemma in words["light_verbs"] and _carried(verb, words) is not None:
        return None
    if lemma in words["dull"] | words["accomplished"] and any(
        c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children
    ):
        return None  # "came to sign", "helped to see"
    if lemma in words["dull"] and family is None and not any(child.dep_ in COMPLEMENTS for child in verb.children):
        return None  # "went on"
    if verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in words["judging"]:
        return None  # "accused him of killing": he is said to have done it
    last = particle if particle is not None and long_form in words.verbs else verb
    passive = is_passive(verb)
    subject = _subject(scene, paragraph, verb)
    if subject is None or (subject.i > verb.i and not passive and verb.dep_ == "ROOT" and paragraph.is_body):
        return None
    agents, patients = _parties(scene, paragraph, verb, subject, passive)
    family = family_in_use(scene, paragraph, family, verb, subject, patients)
    if family is not None and family.name == "visit" and paragraph.is_body and not (agents or patients):
        family = None  # "snow flew in the north"
    named = bool(agents or patients) or _names_something(subject)
    entered = named or (is_predicate(verb) and entry_day(scene, paragraph, verb) is not None)
    weak = (family is None and not entered) or _lacks_object(verb) or _acts_on_itself(scene, paragraph, verb, agents)
    if weak and not opening:
        return None
    return Candidate(
        paragraph=paragraph,
        token=verb,
        words=(verb, last),
        kind=family.kind if family else EventKind.OTHER,
        family=family,
        agents=agents,
        patients=patients,
        places=[*scene.places_of(paragraph, verb), *_places_behind_names(scene, paragraph, verb)],
        hedged=hedged,
        attributed=is_attributed(verb, words) and not _is_own_word(scene, paragraph, verb, agents),
        subject=subject,
        passive=passive,
        weak=weak,
    )


def _is_attribute(verb: Token) -> bool:
    """Whether a participle only describes the noun behind it: "drowned" in "after drowned Syrian toddler"."""
    if verb.tag_ not in ("VBD", "VBN") or not 0 < verb.i < len(verb.doc) - 1:
        return False
    return verb.nbor(-1).tag_ in ("IN", "PRP$") and verb.nbor().pos_ in ("ADJ", "NOUN", "PROPN")


def _subject(scene: Scene, paragraph: Paragraph, verb: Token) -> Token | None:
    """Who or what does it; of two nouns before "who" or "which" the parse may take one that cannot.

    "A runner from Kenya, who won": not Kenya. "The eruption of April 2010, which closed": no month does anything.
    """
    subject = subject_of(verb)
    if subject is None:
        return None
    timed = subject.ent_type_ in ("DATE", "TIME") and not subject.like_num
    named = verb.dep_ == "relcl" and subject == verb.head and subject.ent_type_ in ("GPE", "LOC")
    if not timed and not (named and any(child.lower_ == "who" for child in verb.children)):
        return subject
    above = subject.head.head if subject.dep_ == "pobj" else subject.head
    noun = verb.dep_ == "relcl" and above.pos_ in ("NOUN", "PROPN") and above.ent_type_ not in ("DATE", "TIME", "GPE")
    return above if noun and scene.place_at(paragraph, above) is None else None


def _is_own_word(scene: Scene, paragraph: Paragraph, verb: Token, agents: list[str]) -> bool:
    """ "The minister said that she had signed": who says it did it."""
    if verb.dep_ != "ccomp":
        return False
    speaker = subject_of(verb.head)
    return speaker is not None and bool(agents) and set(agents) <= set(scene.actors_of(paragraph, speaker))


def is_passive(verb: Token) -> bool:
    """ "Was arrested"; the "detained" of "was arrested and detained"; "a firm founded in 1998"."""
    for child in verb.children:
        if child.dep_ in ("auxpass", "nsubjpass"):
            return True
        if child.dep_ in ("aux", "nsubj"):
            return False
    if verb.dep_ == "acl":
        return verb.tag_ == "VBN"
    joined = verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and verb.head.pos_ == "VERB"
    return joined and not any(child.dep_ in OBJECTS for child in verb.children) and is_passive(verb.head)


def _names_something(subject: Token) -> bool:
    """Whether a subject is or contains a name, if nobody's: an index, a product, "shares in Ford"."""
    return _is_name(subject) or any(
        _is_name(child) or (child.dep_ == "prep" and any(_is_name(noun) for noun in child.children))
        for child in subject.children
    )


def _is_name(noun: Token) -> bool:
    return noun.pos_ == "PROPN" or noun.ent_type_ == "ORG"


def _acts_on_itself(scene: Scene, paragraph: Paragraph, verb: Token, agents: list[str]) -> bool:
    """Whether "him" was read as the one who acts, which takes "himself": then one of the two is misread."""
    for child in verb.children:
        if child.dep_ in OBJECTS and child.tag_ == "PRP" and not child.lower_.endswith(("self", "selves")):
            return bool(set(scene.actors_of(paragraph, child)) & set(agents))
    return False


def _lacks_object(verb: Token) -> bool:
    """ "The e-mails that he sent", "what he had taught", "as he had asked": too little said by the verb itself."""
    for child in verb.children:
        if child.dep_ in ("dobj", "pobj") and (child.tag_ in ("WP", "WDT") or child.lower_ in ("that", "which")):
            return True
    if verb.dep_ == "advcl":
        compared = any(child.dep_ == "mark" and child.lower_ in ("as", "than") for child in verb.children)
        return compared and not any(child.dep_ in (*OBJECTS, "ccomp", "xcomp", "auxpass") for child in verb.children)
    if verb.dep_ != "relcl":
        return False
    subject = objects = False
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            subject = child.tag_ not in ("WDT", "WP")
        elif child.dep_ in ("advmod", "prep") and any(t.lower_ in PLACING_WORDS for t in child.subtree):
            return False
        elif child.dep_ in ("dobj", "attr", "ccomp", "xcomp"):
            objects = True
    return subject and not objects


PLACING_WORDS = frozenset({"where", "when", "which", "whom"})


def named_objects(scene: Scene, paragraph: Paragraph, verb: Token) -> list[Token]:
    """Objects that are somebody's name: what hangs on them by "in" belongs to the deed, "met Biden in Munich"."""
    objects = [child for child in verb.children if child.dep_ in OBJECTS]
    objects += [n for child in verb.children if child.dep_ == "prep" for n in child.children if n.dep_ == "pobj"]
    return [noun for noun in objects if noun.pos_ == "PROPN" and scene.actor_of(paragraph, noun) is not None]


def _places_behind_names(scene: Scene, paragraph: Paragraph, verb: Token) -> list[str]:
    return [key for noun in named_objects(scene, paragraph, verb) for key in scene.places_of(paragraph, noun)]


def _parties(
    scene: Scene, paragraph: Paragraph, verb: Token, subject: Token, passive: bool
) -> tuple[list[str], list[str]]:
    """Who does it, and whom it is done to or with."""
    acting = scene.actors_of(paragraph, subject) or _named_before_kind(scene, paragraph, subject)
    objects: list[str] = []
    for child in verb.children:
        if child.dep_ in OBJECTS:
            objects += scene.actors_of(paragraph, child)
            for prep in (c for c in child.children if c.dep_ == "prep" and c.lower_ in ("with", "between", "against")):
                objects += _objects_of(scene, paragraph, prep)
        elif child.dep_ == "prep" and child.lower_ in PARTIES - {"of", "for", "from"}:
            objects += _objects_of(scene, paragraph, child)
    if passive:
        agent = agent_of(verb)
        doers = scene.actors_of(paragraph, agent) if agent is not None else []
        return doers, list(dict.fromkeys([*acting, *(key for key in objects if key not in doers)]))
    return acting, list(dict.fromkeys(key for key in objects if key not in acting))


def _named_before_kind(scene: Scene, paragraph: Paragraph, noun: Token) -> list[str]:
    """The body of "the Delta airline", "the Miners union", the state of "the Canadian government"."""
    kind = noun.lower_
    if kind != "government" and not is_kind(kind):
        return []
    named = (scene.actor_of(paragraph, word) for word in noun.lefts if word.dep_ in ("compound", "amod", "nmod"))
    fits = (ActorKind.STATE, ActorKind.GOVERNMENT) if kind == "government" else (ActorKind.ORGANISATION,)
    return [actor.key for actor in named if actor is not None and actor.kind in fits][:1]


def _objects_of(scene: Scene, paragraph: Paragraph, prep: Token) -> list[str]:
    return [key for noun in prep.children if noun.dep_ == "pobj" for key in scene.actors_of(paragraph, noun)]


# --- nouns ---------------------------------------------------------------------------------------------------------


def of_noun(scene: Scene, paragraph: Paragraph, noun: Token, words: EventWords) -> Candidate | None:
    lemma = noun.lemma_.lower()
    family = words.nouns.get(lemma)
    if family is None or noun.dep_ in ("compound", "poss", "nmod") or scene.actor_of(paragraph, noun):
        return None
    if is_supposed(noun, words):
        return None
    agents, patients = _noun_parties(scene, paragraph, noun, family)
    carrier = noun.head
    hedged = False
    if carrier.pos_ == "VERB" and _carried(carrier, words) == noun:
        hedged, top = climb_hedges(carrier, words)
        if not has_happened(scene, carrier, top, paragraph, words):
            return None
        # "Trump held talks with Putin": the subject of the light verb takes part.
        subject = subject_of(carrier)
        if noun.dep_ == "dobj" and subject is not None:
            acting = scene.actors_of(paragraph, subject)
            agents = list(dict.fromkeys([*acting, *agents]))
            patients = [key for key in patients if key not in agents]
    return Candidate(
        paragraph=paragraph,
        token=noun,
        words=(noun, noun),
        kind=family.kind,
        family=family,
        agents=agents,
        patients=patients,
        places=[
            *_places_inside(scene, paragraph, noun),
            *scene.places_of(paragraph, noun),
            *(
                scene.places_of(paragraph, carrier)
                if carrier.pos_ == "VERB" and noun.dep_ in ("dobj", "nsubj", "nsubjpass")
                else ()
            ),
        ],
        hedged=hedged,
        carried=carrier.pos_ == "VERB" and _carried(carrier, words) == noun,
    )


def _carried(verb: Token, words: EventWords) -> Token | None:
    """The event noun that a light verb only says took place: "held talks", "the talks began"."""
    if verb.lemma_.lower() not in words["light_verbs"]:
        return None
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubj", "nsubjpass") and child.lemma_.lower() in words.nouns:
            return child
    return None


def _noun_parties(scene: Scene, paragraph: Paragraph, noun: Token, family: Family) -> tuple[list[str], list[str]]:
    """ "Trump-Zelenskyy clash", "Russia's invasion of Ukraine", "talks between A and B", "A and B's exchange"."""
    agents: list[str] = []
    patients: list[str] = []
    for child in noun.children:
        if child.dep_ == "poss":
            # "A and B's exchange" parses as A joined to B's exchange.
            if noun.dep_ == "conj" and noun.head.pos_ == "PROPN":
                agents += scene.actors_of(paragraph, noun.head)[:1]
            agents += scene.actors_of(paragraph, child)
        elif child.dep_ in ("compound", "nmod", "amod"):
            agents += _named_before(scene, paragraph, child)
    for prep in (child for child in noun.children if child.dep_ == "prep"):
        named = _objects_of(scene, paragraph, prep)
        if prep.lower_ in ("between", "by", "with"):
            agents += named
        elif prep.lower_ in ("of", "on", "against", "to", "for") and family.name not in ("encounter", "agreement"):
            patients += named
    agents = list(dict.fromkeys(agents))
    return agents, [key for key in dict.fromkeys(patients) if key not in agents]


def _named_before(scene: Scene, paragraph: Paragraph, word: Token) -> list[str]:
    """Actors among the words before an event noun; not a place that also stands for a government."""
    chain = [word, *(t for t in word.subtree if t != word and t.dep_ in ("compound", "nmod"))]
    found = sorted((t for t in chain if not scene.venue_of(paragraph, t)), key=lambda t: t.i)
    return [actor.key for t in found if (actor := scene.actor_of(paragraph, t))]


def _is_headline_noun(paragraph: Paragraph, token: Token, words: EventWords) -> bool:
    """The "clash" of "after Trump-Zelenskyy White House clash", which the parse of a headline takes for a verb."""
    if paragraph.is_body or token.pos_ != "VERB" or token.lower_ not in words.nouns:
        return False
    return any(child.dep_ == "mark" and child.lower_ in words["after"] | words["before"] for child in token.children)


def _of_headline_noun(scene: Scene, paragraph: Paragraph, token: Token, words: EventWords) -> Candidate:
    family = words.nouns[token.lower_]
    mark = next(child for child in token.children if child.dep_ == "mark")
    before = [t for t in token.doc[mark.i + 1 : token.i] if t.pos_ in ("PROPN", "NOUN")]
    places = [key for t in before if (key := scene.venue_of(paragraph, t))]
    agents = [a.key for t in before if not scene.venue_of(paragraph, t) and (a := scene.actor_of(paragraph, t))]
    return Candidate(
        paragraph=paragraph,
        token=token,
        words=(token, token),
        kind=family.kind,
        family=family,
        agents=list(dict.fromkeys(agents)),
        patients=[],
        places=list(dict.fromkeys(places)),
        nominal=True,
    )


def _places_inside(scene: Scene, paragraph: Paragraph, noun: Token) -> list[str]:
    """Places inside the noun's own phrase: "White House clash"."""
    found = []
    for token in noun.subtree:
        if token != noun and in_phrase(token, noun) and token.dep_ in ("compound", "nmod"):
            key = scene.venue_of(paragraph, token)
            if key:
                found.append(key)
    return list(dict.fromkeys(found))


def is_definite(candidate: Candidate) -> bool:
    return not candidate.is_verb and any(
        child.lower_ in ("the", "this", "that", "their", "his", "her") for child in candidate.token.children
    )
