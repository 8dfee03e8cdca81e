"""Which time expression hangs on a word, by the parse."""

from __future__ import annotations

import re

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.entries import entry_day, is_predicate
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.mentions import Span, TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.vocabulary import DateBasis, DatePrecision, EventKind, PartialDate

INCIDENTS = frozenset({EventKind.ATTACK, EventKind.ACCIDENT, EventKind.DEATH})
SUBJECTS = ("nsubj", "nsubjpass")
VERBS = ("VERB", "AUX")
# News is not older than this many days; what is further back is told as background.
OLD_DAYS = 31


def set_times(scene: Scene, candidate: Candidate) -> bool:
    """Give a candidate the time that hangs on it, by the parse; False where that time is to come or returns.

    Never the time of another clause or of an argument ("a 2010 allegation"). `told` is the day on which somebody is
    said to have reported it: "said on Friday that it had sold".
    """
    if scene.is_outside(candidate.paragraph):
        return True
    words = event_words()
    for time in scene.times_in(candidate.paragraph):
        if time.type not in ("DATE", "TIME", "SET") or elsewhere(candidate.paragraph, time):
            continue
        head = head_of(candidate.paragraph, time)
        if head is None or sentence_of(head).start != sentence_of(candidate.token).start:
            continue
        if scene.in_quotation(candidate.paragraph, head):
            continue
        if time.type == "SET":
            if climb(head) == candidate.token:
                return False
            continue
        if time.date is None or (only_bounds(candidate.paragraph, time) and not _lasts_since(candidate, head)):
            continue
        if _hangs_on(head, candidate, words):
            if _is_to_come(scene, time):
                if head.dep_ == "pobj" and head.head.lower_ in PUT_OFF:
                    continue
                return False
            if candidate.time is not None and _is_another(candidate.time, time, head):
                candidate.again = time
                continue
            if candidate.time is None or rank(time) > rank(candidate.time):
                candidate.time = time
        elif candidate.told is None and not _is_to_come(scene, time) and _is_of_report(head, candidate):
            candidate.told = time
    if candidate.time is not None:
        candidate.time = _with_next(scene, candidate, candidate.time)
    elif is_predicate(candidate.token.head if candidate.carried else candidate.token):
        candidate.time = entry_day(scene, candidate.paragraph, candidate.token)
        return candidate.time is None or not _is_to_come(scene, candidate.time)
    return True


# "Postponed the talks to Friday", "extended the curfew until May": when what is put off will be.
PUT_OFF = frozenset({"to", "until", "till", "for", "by"})


def elsewhere(paragraph: Paragraph, time: TimeMention) -> bool:
    """ "At 9 a.m. Sunday (7:30 p.m. ET Saturday)": the same moment by the clock of another place."""
    before = paragraph.text[: time.span.start - paragraph.start]
    return time.type == "TIME" and CLOCK_BEFORE.search(before) is not None


CLOCK_BEFORE = re.compile(r"\d[^()]{0,30}\($")


def _with_next(scene: Scene, candidate: Candidate, time: TimeMention) -> TimeMention:
    """ "On Sunday and Saturday evening": a deed done on two days has the span of both."""
    paragraph = candidate.paragraph
    for other in scene.times_in(paragraph):
        between = paragraph.text[time.span.end - paragraph.start : max(other.span.start - paragraph.start, 0)]
        head = head_of(paragraph, other) if AND.fullmatch(between) else None
        if head is None or climb(head) != candidate.token or time.date is None or other.date is None:
            continue
        both = [d for date in (time.date, other.date) for d in (date.earliest, date.latest) if d is not None]
        if len(both) < 4 or time.date.overlaps(other.date) or _is_to_come(scene, other):
            continue
        both.sort()
        if (both[2] - both[1]).days > 1:
            candidate.again = candidate.again or other  # "in March and June": not all the while between
            return time
        span = Span.of(scene.document.text, time.span.start, other.span.end)
        reason = f"stated: “{span.text}”" if time.date.basis is DateBasis.STATED else time.date.reason
        date = PartialDate(
            earliest=both[0], latest=both[3], precision=DatePrecision.RANGE, basis=time.date.basis,
            raw=span.text, reason=reason,
        )  # fmt: skip
        return TimeMention(span=span, type=time.type, value=time.value, date=date)
    return time


AND = re.compile(r",?\s+and\s+(?:on\s+|in\s+|at\s+)?")


def is_old(scene: Scene, time: TimeMention) -> bool:
    """Longer ago than news is: the eruption of ten years ago is not the one of the headline."""
    published = scene.document.published
    last = time.date.latest if time.date else None
    return bool(last and published and published.earliest and (published.earliest - last).days > OLD_DAYS)


def rank(time: TimeMention) -> int:
    """How precise a time is, to compare by."""
    return time.date.precision.rank if time.date else -1


def only_bounds(paragraph: Paragraph, time: TimeMention) -> bool:
    """ "Two days before the election", "since Monday": a time that the event lies beside, not in."""
    head = head_of(paragraph, time)
    if head is None or head.dep_ != "pobj":
        return False
    return head.head.lower_ in BESIDE or (head.head.lower_ in ("to", "of") and head.head.head.lower_ in BESIDE_OF)


BESIDE = frozenset({"before", "after", "until", "till", "since", "by"})
BESIDE_OF = frozenset({"prior", "as", "ahead"})


def _is_another(known: TimeMention, time: TimeMention, head: Token) -> bool:
    """ "Met from 3 to 5 March, and again between 12 and 14 April": the deed was done twice."""
    begin = head.head.i if head.dep_ == "pobj" else head.left_edge.i
    repeated = any(token.lower_ == "again" for token in head.doc[max(begin - 2, 0) : begin])
    return repeated and known.date is not None and time.date is not None and not known.date.overlaps(time.date)


def _lasts_since(candidate: Candidate, time: Token) -> bool:
    """ "Have been cut off since Monday", "has led it since 2004": then it happened or began."""
    since = time.head
    perfect = candidate.passive or any(child.lower_ in ("has", "have", "had") for child in candidate.token.children)
    return perfect and since.lower_ == "since" and since.head == candidate.token


def _is_to_come(scene: Scene, time: TimeMention) -> bool:
    """What has happened was not after the article: such a time is another's, or read for the wrong year."""
    published = scene.document.published
    first = time.date.earliest if time.date else None
    return bool(first and published and published.latest and first > published.latest)


def head_of(paragraph: Paragraph, time: TimeMention) -> Token | None:
    """The word by which a time expression hangs in its sentence."""
    at = time.span.start - paragraph.start
    span = paragraph.doc.char_span(at, at + len(time.span.text), alignment_mode="expand")
    if span is None:
        return None
    before = paragraph.doc[span.start - 1] if span.start else None
    if before is not None and before.dep_ == "prep" and not any(c.dep_ in ("pobj", "pcomp") for c in before.children):
        # "On 28 February US President X left": the parse takes the date for a part of the name.
        return before
    # Of "the evening" in "the evening sky" both words hang on the sky.
    return span[-1] if span.root.dep_ == "det" else span.root


def climb(time: Token) -> Token:
    """The word that a time expression hangs on, through its own prepositions and nouns."""
    at = time.head
    while at.dep_ in ("prep", "npadvmod", "pobj") and at.pos_ not in VERBS and at.head != at:
        at = at.head
    return at


def is_of_account(time: Token) -> bool:
    """ "According to officials on Saturday": when they told it."""
    at = time
    while at.dep_ in ("prep", "npadvmod", "pobj") and at.pos_ not in VERBS and at.head != at:
        at = at.head
        if at.lower_ == "according":
            return True
    return False


def _hangs_on(time: Token, candidate: Candidate, words: EventWords) -> bool:
    """Whether the nearest predicate or event noun above a time expression is the trigger, or shares its time."""
    trigger = candidate.token
    at = time
    start = time.head.i if time.dep_ == "pobj" else time.left_edge.i
    before = time.doc[start - 1] if start else time
    if before != trigger and before.pos_ in VERBS and before.lemma_.lower() in words["neutral_reports"]:
        return False  # "it was reported on Saturday he was hurt", "was hurt, police said Monday"
    if _dates_a_thing(time, candidate, words) or (time.dep_ == "pobj" and time.head.lower_ == "for"):
        return False  # "reported a loss for the fourth quarter"
    link = time.head.head if time.dep_ == "pobj" else time
    if link.lower_ == "again" and link.head.lemma_.lower() in words["neutral_reports"] and link.i > trigger.i:
        return trigger in (link.head.head, *link.head.children)  # "met in May, and again in June, the mayor says"
    for _ in range(8):
        if at.head == at:
            return False
        at = at.head
        if at == trigger:
            return True
        if at.pos_ in VERBS:
            return _shares_time(at, candidate, time, words)
        if at.pos_ in ("NOUN", "PROPN") and at.lemma_.lower() in words.nouns and not _is_one_deed(at, candidate, words):
            return False
    return False


def _dates_a_thing(time: Token, candidate: Candidate, words: EventWords) -> bool:
    """ "A 2010 allegation", "Tuesday's budget": the time of what is spoken of; an election that is won is the event."""
    noun = time.head.head if time.dep_ == "pobj" and time.head.lower_ == "of" else time.head
    inside = time.dep_ in ("nummod", "amod", "compound", "nmod", "poss") or noun != time.head
    if not inside or noun.pos_ not in ("NOUN", "PROPN") or noun == candidate.token or noun.lemma_ in PARTS_OF_DAY:
        return False
    family = words.nouns.get(noun.lemma_.lower())
    return candidate.family is None or (family != candidate.family and not _is_one_deed(noun, candidate, words))


# "In the early hours of Wednesday".
PARTS_OF_DAY = frozenset({"hour", "morning", "afternoon", "evening", "night"})


def _is_one_deed(noun: Token, candidate: Candidate, words: EventWords) -> bool:
    """Whether a verb and the noun beside it tell one deed: "held talks on Monday", "Friday's blast killed ten", "ten
    were killed in Friday's blast"."""
    trigger = candidate.token
    if noun.head == trigger and noun.dep_ == "dobj":
        return trigger.lemma_.lower() in words["light_verbs"]
    in_it = noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head == trigger
    family = words.nouns.get(noun.lemma_.lower())
    beside = (noun.head == trigger and noun.dep_ in SUBJECTS) or in_it
    return beside and candidate.kind in INCIDENTS and family is not None and family.kind in INCIDENTS


def _shares_time(verb: Token, candidate: Candidate, time: Token, words: EventWords) -> bool:
    """ "On Friday X met Y and signed Z"; "the talks took place on Friday"; "was hurt when a car crashed on Friday"."""
    trigger = candidate.token
    if trigger.pos_ in VERBS:
        if trigger in verb.conjuncts and time.i < min(verb.i, trigger.i) and time.dep_ not in SUBJECTS:
            return True
        if _while(verb, trigger) or _while(trigger, verb) or _is_occasion(verb, trigger, words):
            return True
        if verb.dep_ == "advcl" and verb.head == trigger and verb.i < trigger.i and verb.lower_ in SPEAKING:
            return True
        if trigger.dep_ != "xcomp":
            return False
        # "On Sunday a man took a knife and began to shout"
        fronted = trigger.head in verb.conjuncts and time.i < verb.i and time.dep_ not in SUBJECTS
        return trigger.head == verb or fronted
    # A noun has the time of the verb that only says that it took place.
    governed = trigger.dep_ in (*SUBJECTS, "dobj") and trigger.head == verb
    return governed and (verb.lemma_.lower() in words["light_verbs"] or verb.lemma_ in ("take", "be"))


def _is_occasion(verb: Token, trigger: Token, words: EventWords) -> bool:
    """ "In a letter sent on Monday, X said", "at a meeting held in May": a deed has the day of its occasion."""
    noun = verb.head
    if (
        verb.dep_ != "acl"
        or verb.lemma_.lower() not in words["giving_out"]
        or noun.dep_ != "pobj"
        or noun.head.lower_ not in OCCASIONS
    ):
        return False
    return noun.head.head == trigger and verb.i < trigger.i


OCCASIONS = frozenset({"in", "at", "during"})
# "Speaking on television on Sunday, X vowed".
SPEAKING = frozenset({"speaking", "talking", "writing", "testifying", "appearing"})


def _while(clause: Token, verb: Token) -> bool:
    """ "When his car crashed", of the verb above it."""
    if clause.dep_ != "advcl" or clause.head != verb:
        return False
    contrasts = clause.tag_ != "VBG" and any(child.dep_ in SUBJECTS for child in clause.children)
    return any(
        child.dep_ in ("advmod", "mark") and (child.lower_ in WHEN or (child.lower_ == "while" and not contrasts))
        for child in clause.children
    )


WHEN = frozenset({"when", "as"})


def looks_ahead(paragraph: Paragraph, time: TimeMention) -> bool:
    """ "A strike that was to begin on Thursday", "will meet on Monday": the time of a plan."""
    head = head_of(paragraph, time)
    verb = climb(head) if head is not None else None
    if verb is None or verb.pos_ not in VERBS:
        return False
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in ("have", "had") for child in helpers):
        return False
    was_to = verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and any(child.tag_ == "TO" for child in helpers)
    return was_to or any(child.lower_ in ("will", "shall", "'ll", "would") for child in helpers)


def _is_of_report(time: Token, candidate: Candidate) -> bool:
    """Whether a time hangs on the verb that reports the candidate's clause: "announced on Friday it had sold"."""
    if is_of_account(time):
        return True
    top = candidate.token
    for _ in range(4):
        if top.dep_ == "ccomp" and top.head.pos_ in VERBS:
            return climb(time) == top.head or time.head == top.head
        if top.head == top or top.dep_ not in ("conj", "xcomp", "advcl"):
            return False
        top = top.head
    return False
