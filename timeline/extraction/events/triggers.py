"""Candidates for events: predicates and nouns that say that something happened."""

from __future__ import annotations

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.scene import Scene, in_phrase
from timeline.extraction.events.words import EventWords, Family, event_words
from timeline.extraction.mentions import TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.speakers import agent_of, subject_of
from timeline.vocabulary import BlockRole, EventKind

OBJECTS = frozenset({"dobj", "obj", "dative", "attr"})
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
    for candidate in found:
        candidate.time = time_of(scene, candidate)
    return found


# --- verbs ---------------------------------------------------------------------------------------------------------


def _of_verb(scene: Scene, paragraph: Paragraph, verb: Token, words: EventWords, *, opening: bool) -> Candidate | None:
    if paragraph.role is BlockRole.TITLE and verb.dep_ in ("amod", "pcomp"):
        return None  # "after drowned toddler"
    hedged, top = _climb_hedges(verb, words)
    if not _has_happened(scene, verb, top, paragraph, words):
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
    last = particle if particle is not None and long_form in words.verbs else verb
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    subject = subject_of(verb)
    if subject is None or (subject.i > verb.i and not passive and verb.dep_ == "ROOT" and paragraph.is_body):
        return None
    agents, patients = _parties(scene, paragraph, verb, subject, passive)
    weak = family is None and not agents and not patients
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
        attributed=top.dep_ == "ccomp",
        subject=subject,
        passive=passive,
        weak=weak,
    )


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
    acting = scene.actors_of(paragraph, subject)
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


def _objects_of(scene: Scene, paragraph: Paragraph, prep: Token) -> list[str]:
    return [key for noun in prep.children if noun.dep_ == "pobj" for key in scene.actors_of(paragraph, noun)]


def _climb_hedges(verb: Token, words: EventWords) -> tuple[bool, Token]:
    """Through "is believed to have ended" and "appears to offer" up to the verb that carries the tense."""
    hedged = any(child.dep_ == "advmod" and child.lower_ in words["hedge_adverbs"] for child in verb.children)
    top = verb
    while top.dep_ == "xcomp" and top.head.lemma_.lower() in words["hedge_governors"]:
        passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in top.head.children)
        if not passive and top.head.lemma_.lower() not in ("appear", "seem"):
            break
        hedged, top = True, top.head
    return hedged, top


def _has_happened(scene: Scene, verb: Token, top: Token, paragraph: Paragraph, words: EventWords) -> bool:
    """Whether the words state a finished or current deed: no plan, wish, condition, denial or habit."""
    helpers = {child.lower_ for child in top.children if child.dep_ in ("aux", "auxpass")}
    for token in {verb, top}:
        if any(child.dep_ == "neg" or child.lower_ in words["habits"] | {"never"} for child in token.children):
            return False
        if any(child.tag_ == "MD" for child in token.children if child.dep_ == "aux"):
            return False
        if any(child.dep_ == "mark" and child.lower_ in UNREAL_MARKS for child in token.children):
            return False
    if top.dep_ == "xcomp" and "to" in helpers:
        return _is_done(top.head, words)
    if top.dep_ in ("ccomp", "xcomp") and top.head.lemma_.lower() in words["irrealis_governors"]:
        return False
    # Words outside a quotation that the parse hangs on one inside stand for themselves.
    governed = top.head != top and not scene.in_quotation(paragraph, top.head)
    if top.dep_ == "ccomp" and governed:
        governor = top.head
        if governor.lemma_.lower() not in words["neutral_reports"] or any(c.dep_ == "neg" for c in governor.children):
            return False
    if top.dep_ in ("conj", "advcl", "relcl", "acl") and _unreal_above(top, words):
        return False
    if top.tag_ in ("VBD",) or (top.tag_ == "VBN" and helpers & PAST):
        return True
    if top.tag_ == "VBN" and top.dep_ in ("conj", "relcl", "acl") and top.dep_ != "acl":
        return True
    if top.tag_ in ("VBZ", "VBP") and paragraph.role in (BlockRole.TITLE, BlockRole.DEK, BlockRole.CAPTION):
        return True
    if top.tag_ == "VBG" and helpers & {"is", "are", "was", "were", "been"}:
        return "been" in helpers or bool(helpers & {"was", "were"})
    return top.tag_ == "VBN" and top.dep_ == "ROOT" and paragraph.role is BlockRole.TITLE


UNREAL_MARKS = frozenset({"if", "unless", "whether", "lest"})
PAST = frozenset({"has", "have", "had", "was", "were", "been", "'s", "'ve", "'d", "is", "are", "got", "being"})


def _is_done(governor: Token, words: EventWords) -> bool:
    """The infinitive of "managed to", "went on to", "began to" happened; that of most others did not."""
    return governor.lemma_.lower() in {
        "manage",
        "go",
        "begin",
        "start",
        "continue",
        "come",
        "proceed",
        "gather",
        "meet",
    } and (governor.tag_ in ("VBD", "VBN", "VBZ"))


def _unreal_above(token: Token, words: EventWords) -> bool:
    """Whether a clause above is itself a plan, condition or denial."""
    for _ in range(4):
        head = token.head
        if head == token:
            return False
        if head.pos_ in ("VERB", "AUX"):
            if any(child.tag_ == "MD" for child in head.children if child.dep_ == "aux") and token.dep_ == "conj":
                return True
            if head.dep_ in ("ccomp", "xcomp") and head.head.lemma_.lower() in words["irrealis_governors"]:
                return True
            if any(child.dep_ == "mark" and child.lower_ in UNREAL_MARKS for child in head.children):
                return True
        token = head
    return False


# --- nouns ---------------------------------------------------------------------------------------------------------


def of_noun(scene: Scene, paragraph: Paragraph, noun: Token, words: EventWords) -> Candidate | None:
    lemma = noun.lemma_.lower()
    family = words.nouns.get(lemma)
    if family is None or noun.dep_ in ("compound", "poss", "nmod") or scene.actor_of(paragraph, noun):
        return None
    if _is_generic(noun):
        return None
    agents, patients = _noun_parties(scene, paragraph, noun, family)
    carrier = noun.head
    hedged = False
    if carrier.pos_ == "VERB" and _carried(carrier, words) == noun:
        hedged, top = _climb_hedges(carrier, words)
        if not _has_happened(scene, carrier, top, paragraph, words):
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
            *(scene.places_of(paragraph, carrier) if carrier.pos_ == "VERB" and noun.dep_ in ("dobj", "nsubj") else ()),
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


def _is_generic(noun: Token) -> bool:
    """Whether the noun names no event that has happened: "no deal", "any meeting", "without a signing"."""
    for child in noun.children:
        if child.lower_ in {"no", "any", "every", "possible", "potential", "future", "further", "planned", "proposed",
                            "would-be", "upcoming", "next", "another", "such", "without", "alleged"}:  # fmt: skip
            return True
    governor = noun.head
    if noun.dep_ == "pobj" and governor.lower_ in ("without", "about", "for", "towards", "toward", "despite"):
        return True
    if governor.pos_ == "NOUN" and noun.dep_ in ("pobj",):
        return False
    verb = governor.head if noun.dep_ == "pobj" else governor
    if verb.pos_ in ("VERB", "AUX"):
        if any(child.tag_ == "MD" or child.dep_ == "neg" for child in verb.children):
            return True
        if verb.tag_ == "VB" and not any(child.tag_ == "MD" for child in verb.children):
            return noun.dep_ in ("dobj", "pobj")
    return False


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


# --- time ----------------------------------------------------------------------------------------------------------


def time_of(scene: Scene, candidate: Candidate) -> TimeMention | None:
    """The time expression that hangs on a trigger, by the parse; never one of another clause or of an argument."""
    if scene.is_outside(candidate.paragraph):
        return None
    best: TimeMention | None = None
    for time in scene.times_in(candidate.paragraph):
        if time.date is None or time.type not in ("DATE", "TIME") or _is_to_come(scene, time):
            continue
        head = _head_of(candidate.paragraph, time)
        if head is None or scene.in_quotation(candidate.paragraph, head):
            continue
        if only_bounds(candidate.paragraph, time) and not _lasts_since(candidate, head):
            continue
        if sentence_of(head).start == sentence_of(candidate.token).start and _hangs_on(head, candidate):
            finer = best is None or best.date is None or time.date.precision.rank > best.date.precision.rank
            if finer:
                best = time
    return best


def only_bounds(paragraph: Paragraph, time: TimeMention) -> bool:
    """ "Two days before the election", "since Monday": a time that the event lies beside, not in."""
    head = _head_of(paragraph, time)
    return head is not None and head.dep_ == "pobj" and head.head.lower_ in BESIDE


def _lasts_since(candidate: Candidate, time: Token) -> bool:
    """ "Have been cut off since Monday": on that day it happened."""
    return candidate.passive and time.head.lower_ == "since" and time.head.head == candidate.token


def _is_to_come(scene: Scene, time: TimeMention) -> bool:
    """What has happened was not after the article: such a time is another's, or read for the wrong year."""
    published = scene.document.published
    first = time.date.earliest if time.date else None
    return bool(first and published and published.latest and first > published.latest)


BESIDE = frozenset({"before", "after", "until", "till", "since", "by"})


def _head_of(paragraph: Paragraph, time: TimeMention) -> Token | None:
    at = time.span.start - paragraph.start
    span = paragraph.doc.char_span(at, at + len(time.span.text), alignment_mode="expand")
    if span is None:
        return None
    before = paragraph.doc[span.start - 1] if span.start else None
    if before is not None and before.dep_ == "prep" and not any(c.dep_ in ("pobj", "pcomp") for c in before.children):
        # "On 28 February US President X left": the parse takes the date for a part of the name.
        return before
    return span.root


def _hangs_on(time: Token, candidate: Candidate) -> bool:
    """Whether the nearest predicate or event noun above a time expression is the trigger, or shares its time."""
    trigger = candidate.token
    words = event_words()
    at = time
    if _dates_a_thing(time, candidate, words):
        return False
    for _ in range(8):
        if at.head == at:
            return False
        at = at.head
        if at == trigger:
            return True
        if at.pos_ in ("VERB", "AUX"):
            return _shares_time(at, trigger, time, words)
        if at.pos_ in ("NOUN", "PROPN") and at.lemma_.lower() in words.nouns:
            return False
    return False


def _dates_a_thing(time: Token, candidate: Candidate, words: EventWords) -> bool:
    """ "A 2010 allegation", "Tuesday's budget": the time of what is spoken of; an election that is won is the event."""
    noun = time.head.head if time.dep_ == "pobj" and time.head.lower_ == "of" else time.head
    inside = time.dep_ in ("nummod", "amod", "compound", "nmod", "poss") or noun != time.head
    if not inside or noun.pos_ not in ("NOUN", "PROPN") or noun == candidate.token:
        return False
    return candidate.family is None or words.nouns.get(noun.lemma_.lower()) != candidate.family


def _shares_time(verb: Token, trigger: Token, time: Token, words: EventWords) -> bool:
    """ "On Friday X met Y and signed Z"; "the talks took place on Friday"; "is believed on Monday to have ended"."""
    if trigger.pos_ in ("VERB", "AUX"):
        if trigger in verb.conjuncts and time.i < min(verb.i, trigger.i):
            return True
        return trigger.dep_ == "xcomp" and trigger.head == verb
    # A noun has the time of the verb that only says that it took place.
    governed = trigger.dep_ in ("nsubj", "nsubjpass", "dobj") and trigger.head == verb
    return governed and (verb.lemma_.lower() in words["light_verbs"] or verb.lemma_ in ("take", "be"))
