"""The time of a main event that no words date directly: from the sentences around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.news import days_told, is_quoted, is_recent, recent_in
from timeline.extraction.events.opening import VERBAL, content, is_early, opening_sentences
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.ties import (
    begins,
    is_another,
    is_beside,
    is_of_root,
    is_of_telling,
    is_of_telling_verb,
    tells_of_past,
)
from timeline.extraction.events.times import (
    INCIDENTS,
    SUBJECTS,
    climb,
    head_of,
    is_of_account,
    is_old,
    rank,
)
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.mentions import TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.speakers import subject_of

# The sentences that retell the headline.
FIRST = 2


def time_around(scene: Scene, main: Happening, happenings: Sequence[Happening]) -> TimeMention | None:
    """A day for a main event that no words date directly.

    That of the same incident told again ("the crash happened on Monday"), else the only one that its sentences or those
    retelling the headline name, else that of a sentence which says that it took place, or of its like in the opening.
    """
    found = (
        _of_incident(scene, main, happenings)
        or _in_opening(scene, main, happenings)
        or _taking_place(scene, main)
        or _made_known(scene, main)
        or _of_like(scene, main, happenings)
        or _in_telling(scene, main, happenings)
        or _first_told(scene, main)
        or _of_its_kind(scene, main)
        or _further_on(scene, main)
        or _only_day(scene, main)
    )
    return None if found is not None and main.is_speech and _is_of_other_words(scene, main, found) else found


def _made_known(scene: Scene, main: Happening) -> TimeMention | None:
    """ "She broke the news on Monday": the day on which whoever acts made it known, where no other is told."""
    if main.first.kind in INCIDENTS or main.first.passive:
        return None
    words = event_words()
    for paragraph, sentence in opening_sentences(scene):
        root = sentence.root
        if root.lemma_.lower() not in words["making_known"]:
            continue
        subject = subject_of(root)
        if subject is None or not set(scene.actors_of(paragraph, subject)) & set(main.actors):
            continue
        times = [t for t in recent_in(scene, paragraph, sentence) if is_of_root(paragraph, t)]
        if times:
            return times[0] if len({t.date.earliest for t in times if t.date}) == 1 else None
    return None


def _is_of_other_words(scene: Scene, main: Happening, time: TimeMention) -> bool:
    """Whether a day is that of words said elsewhere than the main event's: the post of somebody interviewed."""
    keys = {key for candidate in main.candidates for key in candidate.speech}
    own = {s.medium for s in scene.statements if s.key in keys and s.medium}
    around = scene.sentence_at(time.span.start)
    beside = {s.medium for s in scene.statements if s.cue and around and around.start <= s.cue.start < around.end}
    return bool(own and beside) and None not in beside and own.isdisjoint(beside)


def _of_like(scene: Scene, main: Happening, happenings: Sequence[Happening]) -> TimeMention | None:
    """The day of what the opening tells by the same word, where it knows only one: of its actors we may know others."""
    lemma = main.first.token.lemma_.lower()
    told = [
        c
        for h in happenings
        if h is not main
        for c in h.candidates
        if c.time and c.token.lemma_.lower() == lemma and is_recent(scene, c.time) and is_early(scene, c)
    ]
    days = {c.time.date.earliest for c in told if c.time and c.time.date}
    return told[0].time if len(days) == 1 else None


def _of_incident(scene: Scene, main: Happening, happenings: Sequence[Happening]) -> TimeMention | None:
    """Deaths and injuries have the day of the crash or attack that caused them."""
    if main.first.kind not in INCIDENTS and main.first.token.lower_ not in event_words()["verbless"]:
        return None
    told = [
        c
        for h in happenings
        for c in h.candidates
        if c.time and c.kind in INCIDENTS and is_recent(scene, c.time) and set(h.actors) <= set(main.actors)
    ]
    days = {c.time.date.earliest for c in told if c.time and c.time.date}
    return told[0].time if len(days) == 1 else None


def _in_opening(scene: Scene, main: Happening, happenings: Sequence[Happening]) -> TimeMention | None:
    taken = {id(c.time) for h in happenings if h is not main for c in h.candidates if c.time}
    clause = next((c.headline for c in main.candidates if c.headline), None)
    told = content(clause.paragraph.doc) if clause else frozenset()
    own = [(c.paragraph, sentence_of(c.token), taken) for c in main.candidates if not c.in_title]
    first = list(opening_sentences(scene))[:FIRST]
    own += [(p, sentence, set()) for p, sentence in first if len(told & content(sentence)) >= 2]
    for paragraph, sentence, others in own:
        times = [
            t
            for t in recent_in(scene, paragraph, sentence)
            if id(t) not in others and not is_beside(scene, paragraph, t, main)
        ]
        opens = [t for t in times if begins(paragraph, sentence, t)]
        on_root = [t for t in times if is_of_root(paragraph, t)]
        for choice in (times, opens, on_root):
            if len({t.date.earliest for t in choice if t.date}) == 1:
                return max(choice, key=rank)
    return None


def _in_telling(scene: Scene, main: Happening, happenings: Sequence[Happening]) -> TimeMention | None:
    """The first day that the opening names in a main clause, where its sentence speaks of what the main event does."""
    if main.is_speech:
        return None
    taken = {id(c.time) for h in happenings if h is not main for c in h.candidates if c.time}
    told = frozenset[str]().union(*(content(sentence_of(c.token)) for c in main.candidates))
    for position, (paragraph, sentence) in enumerate(opening_sentences(scene)):
        subject = subject_of(sentence.root)
        enough = 1 if not position and subject is not None and subject.lemma_.lower() in told else 2
        times = [
            t
            for t in recent_in(scene, paragraph, sentence)
            if is_of_root(paragraph, t) and not is_beside(scene, paragraph, t, main)
        ]
        if times and len(told & content(sentence)) >= enough:
            one = len({t.date.earliest for t in times if t.date}) == 1
            return times[0] if one and id(times[0]) not in taken else None
    return None


def _first_told(scene: Scene, main: Happening) -> TimeMention | None:
    """The first day that the opening gives to what a main clause of it tells, where that touches the main event."""
    if not any(c.headline for c in main.candidates):
        return None  # what only the text tells has its time beside it, or none
    told = _told(main)
    for position, (paragraph, sentence) in enumerate(opening_sentences(scene)):
        times = [
            t
            for t in recent_in(scene, paragraph, sentence)
            if (is_of_telling(paragraph, sentence, t) and not is_beside(scene, paragraph, t, main))
            or (main.first.kind in VERBAL and position < FIRST and is_of_telling_verb(paragraph, t))
        ]
        if not times:
            continue
        one = len({t.date.earliest for t in times if t.date}) == 1
        return times[0] if one and _goes_on(scene, main, paragraph, times[0], sentence, told) else None
    return None


def _goes_on(
    scene: Scene, main: Happening, paragraph: Paragraph, time: TimeMention, sentence: DocSpan, told: frozenset[str]
) -> bool:
    """Whether a dated clause goes on telling of the main event: of its actors, of nobody else, in a word of its own."""
    head = head_of(paragraph, time)
    verb = climb(head) if head is not None else None
    if verb is None or any(c.tag_ == "MD" for c in verb.children) or verb.tag_ in ("VBZ", "VBP"):
        return False
    subject = subject_of(verb)
    if subject is None:
        return False
    actors = set(main.actors)
    if actors & set(scene.actors_of(paragraph, subject)):
        return True
    shared = len(told & content(sentence))
    if scene.actor_of(paragraph, subject) is not None:  # somebody else acts
        return shared > 1 if not actors else shared > 0 and main.first.kind in VERBAL
    return shared > 0 or subject.tag_ == "PRP" or any(c.lower_ in KNOWN for c in subject.children)


KNOWN = frozenset({"the", "this", "his", "her", "their"})


def _of_its_kind(scene: Scene, main: Happening) -> TimeMention | None:
    """ "The flight crashed after taking off on Sunday": the day of the crash or attack where only one is told."""
    if main.first.kind not in INCIDENTS:
        return None
    words, told = event_words(), _told(main)
    found = []
    for paragraph, _, time in days_told(scene):
        for word in _words_above(head_of(paragraph, time)):
            lemma = word.lemma_.lower()
            family = words.verbs.get(lemma) or words.nouns.get(lemma)
            incident = family is not None and family.kind in INCIDENTS
            if (incident or (_breaks_in(word) and lemma in told)) and not is_beside(scene, paragraph, time, main):
                found.append(time)
                break
    return found[0] if len({t.date.earliest for t in found if t.date}) == 1 else None


def _words_above(time: Token | None) -> Iterator[Token]:
    """The words that a time hangs on, and what broke in on them: "she was walking home on Friday when she was hit"."""
    at = time
    for _ in range(CLAUSES):
        if at is None or at.head == at:
            return
        at = at.head
        yield at
        if at.tag_ == "VBG":
            yield from (clause for clause in at.children if _breaks_in(clause))


def _breaks_in(verb: Token) -> bool:
    """ "… when she was hit"."""
    return verb.dep_ == "advcl" and any(child.lower_ == "when" for child in verb.children)


# Words up from a time at which what it dates is looked for.
CLAUSES = 4


def _further_on(scene: Scene, main: Happening) -> TimeMention | None:
    """The first day that is given to what whoever acts in the main event does, in two of its words."""
    told, actors = _told(main), {key for c in main.candidates for key in c.agents}
    for paragraph, sentence, time in days_told(scene):
        head = head_of(paragraph, time)
        if head is None or is_of_account(head) or tells_of_past(climb(head), main):
            continue
        subject = subject_of(climb(head))
        acting = subject is not None and actors & set(scene.actors_of(paragraph, subject))
        if acting and len(told & content(sentence)) >= 2:
            return time
    return None


def _only_day(scene: Scene, main: Happening) -> TimeMention | None:
    """The one day of the news that the body names, where the opening tells of it in a word of the event.

    What somebody else did on that day, and when a death or attack was reported, say nothing of it.
    """
    days = list(days_told(scene))
    if main.is_speech or len({time.date.earliest for _, _, time in days if time.date}) != 1:
        return None
    paragraph, sentence, time = days[0]
    head = head_of(paragraph, time)
    early = any(p is paragraph and first.start == sentence.start for p, first in opening_sentences(scene))
    bare_clock = time.type == "TIME" and time.span.text[0].isdigit()
    if not early or head is None or bare_clock or not _told(main) & content(sentence):
        return None
    verb = climb(head)
    if is_beside(scene, paragraph, time, main) or is_another(verb, main):
        return None
    subject = subject_of(verb)
    others = set(scene.actors_of(paragraph, subject)) if subject is not None else set()
    return time if not others or others & set(main.actors) else None


def words_beside(scene: Scene, main: Happening) -> TimeMention | None:
    """The time that stands nearest to what the main event tells, where none is surely its own.

    One that hangs on its words, of any length; else that of a sentence which shares two words with it; else the first
    that the opening gives to anything.
    """
    own = [
        t
        for c in main.candidates
        if not scene.is_outside(c.paragraph)
        for t in scene.times_in(c.paragraph)
        if _names_time(scene, t) and _hangs_by(c.paragraph, t, c.token)
    ]
    if own:
        return own[0]
    told = _told(main)
    days = list(days_told(scene))
    alike = [t for _, sentence, t in days if len(told & content(sentence)) >= 2]
    if alike:
        return alike[0]
    opening = [
        t
        for paragraph, sentence in opening_sentences(scene)
        for t in scene.times_in(paragraph)
        if sentence.start_char <= t.span.start - paragraph.start < sentence.end_char
        and _names_time(scene, t)
        and not is_quoted(scene, paragraph, t)
    ]
    return next((t for t in opening if is_recent(scene, t)), opening[0] if opening else None)


def _names_time(scene: Scene, time: TimeMention) -> bool:
    """A day, month or year of the calendar that is not long past."""
    return time.date is not None and not is_old(scene, time)


def _hangs_by(paragraph: Paragraph, time: TimeMention, word: Token) -> bool:
    head = head_of(paragraph, time)
    return head is not None and climb(head) == word


def _told(main: Happening) -> frozenset[str]:
    """The words by which the title and the sentences of an event tell it."""
    return frozenset[str]().union(*(content(sentence_of(c.token)) for c in main.candidates))


def _taking_place(scene: Scene, main: Happening) -> TimeMention | None:
    """ "The incident happened on Friday", "It came a day after": a verb that only says that it took place."""
    if main.is_speech:
        return None
    words = event_words()
    for paragraph, sentence in opening_sentences(scene):
        for time in recent_in(scene, paragraph, sentence):
            head = head_of(paragraph, time)
            verb = climb(head) if head is not None else None
            if verb is None or verb.lemma_.lower() not in words["taking_place"]:
                continue
            subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
            if subject is not None and _refers_back(subject, main, words):
                return time
    return None


def _refers_back(subject: Token, main: Happening, words: EventWords) -> bool:
    """ "It", "this", "the incident": what has been told, or the main event by its own noun."""
    if subject.lower_ in ("it", "this"):
        return True
    definite = any(child.lower_ in ("the", "this") for child in subject.children)
    lemma = subject.lemma_.lower()
    family = words.nouns.get(lemma)
    kin = family is not None and (family == main.first.family or family.kind is main.first.kind)
    return definite and (kin or lemma in words["occasions"])
