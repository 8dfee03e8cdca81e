"""When an event was: which time expression dates it, and what may be said where none does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.opening import VERBAL, content, is_early, opening_sentences
from timeline.extraction.events.reported import told_of_speech
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.times import INCIDENTS, SUBJECTS, climb, head_of, is_old, looks_ahead, only_bounds, rank
from timeline.extraction.events.words import EventWords, event_words
from timeline.extraction.mentions import RelationMention, StatementMention, TimeMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.speakers import subject_of
from timeline.vocabulary import DateBasis, DatePrecision, PartialDate, RelationKind

DAYS = (DatePrecision.DAY, DatePrecision.HOUR, DatePrecision.MINUTE)
# News is not older than this; what is further back is told as background.
NEWS_DAYS = 8
# The sentences that retell the headline.
FIRST = 2
# An article is filed within these days of the day that its dateline names.
FILED_DAYS = 3


# --- the time of the main event ------------------------------------------------------------------------------------


def time_around(scene: Scene, main: Happening, happenings: Sequence[Happening]) -> TimeMention | None:
    """A day for a main event that no words date directly.

    That of the same incident told again ("the crash happened on Monday"), else the only one that its sentences or those
    retelling the headline name, else that of a sentence which says that it took place, or of its like in the opening.
    """
    return (
        _of_incident(scene, main, happenings)
        or _in_opening(scene, main, happenings)
        or _taking_place(scene, main)
        or _made_known(scene, main)
        or _of_like(scene, main, happenings)
        or _in_telling(scene, main, happenings)
    )


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
        times = [t for t in _recent_in(scene, paragraph, sentence) if _is_of_root(paragraph, t)]
        if times:
            return times[0] if len({t.date.earliest for t in times if t.date}) == 1 else None
    return None


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
            for t in _recent_in(scene, paragraph, sentence)
            if id(t) not in others and not _is_beside(scene, paragraph, t, main)
        ]
        on_root = [t for t in times if _is_of_root(paragraph, t)]
        for choice in (times, on_root):
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
            for t in _recent_in(scene, paragraph, sentence)
            if _is_of_root(paragraph, t) and not _is_beside(scene, paragraph, t, main)
        ]
        if times and len(told & content(sentence)) >= enough:
            one = len({t.date.earliest for t in times if t.date}) == 1
            return times[0] if one and id(times[0]) not in taken else None
    return None


def _taking_place(scene: Scene, main: Happening) -> TimeMention | None:
    """ "The incident happened on Friday", "It came a day after": a verb that only says that it took place."""
    if main.is_speech:
        return None
    words = event_words()
    for paragraph, sentence in opening_sentences(scene):
        for time in _recent_in(scene, paragraph, sentence):
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


def _recent_in(scene: Scene, paragraph: Paragraph, sentence: DocSpan) -> list[TimeMention]:
    start, end = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
    return [
        t
        for t in scene.times_in(paragraph)
        if start <= t.span.start < end
        and is_recent(scene, t)
        and not _is_quoted(scene, paragraph, t)
        and not only_bounds(paragraph, t)
        and not _is_attribute(paragraph, t)
        and not looks_ahead(paragraph, t)
    ]


def _is_attribute(paragraph: Paragraph, time: TimeMention) -> bool:
    """The "evening" of "the evening sky": what sort of a thing it is, not when; "the Monday raid" was on Monday."""
    head = head_of(paragraph, time)
    if head is None or head.dep_ not in ("compound", "amod", "nmod"):
        return False
    return head.head.lemma_.lower() not in event_words().nouns


def _is_beside(scene: Scene, paragraph: Paragraph, time: TimeMention, main: Happening) -> bool:
    """ "Police said on Friday", "the phone, which appeared on Monday": not the day of what the sentence tells."""
    head = head_of(paragraph, time)
    if head is None:
        return True
    verb = climb(head)
    if verb.lemma_.lower() in event_words()["neutral_reports"]:
        subject = subject_of(verb)
        speakers = scene.actors_of(paragraph, subject) if subject is not None else []
        return main.first.kind not in VERBAL and not set(speakers) & set(main.actors)
    return verb.dep_ == "relcl" and main.first.kind not in INCIDENTS


def _is_of_root(paragraph: Paragraph, time: TimeMention) -> bool:
    head = head_of(paragraph, time)
    return head is not None and climb(head).dep_ == "ROOT"


def _is_quoted(scene: Scene, paragraph: Paragraph, time: TimeMention) -> bool:
    token = paragraph.token_at(time.span.start)
    return token is not None and scene.in_quotation(paragraph, token)


def is_recent(scene: Scene, time: TimeMention) -> bool:
    """A day of the week before publication: news is not older."""
    published = scene.document.published
    if time.date is None or time.date.precision not in DAYS or time.date.earliest is None:
        return False
    if published is None or published.latest is None:
        return True
    return 0 <= (published.latest - time.date.earliest).days <= NEWS_DAYS


# --- the date ------------------------------------------------------------------------------------------------------


def date_of(scene: Scene, happening: Happening) -> PartialDate:
    """The date that the text gives an event; where it gives none, the day by which it was told is the latest."""
    planned = any(c.headline and c.headline.planned for c in happening.candidates)
    if planned and happening.hedged:
        return PartialDate.unknown()  # told by the day of publication, and still to come
    if happening.is_speech and not happening.in_title:
        return _date_of_words(scene, happening)
    times = [c.time for c in happening.candidates if c.time]
    if any(c.headline for c in happening.candidates):
        times = [time for time in times if not is_old(scene, time)]  # a headline is of today
    if len(times) < len({key for c in happening.candidates for key in c.speech}):
        # Of words spoken at several times those of long ago do not date the others.
        times = [time for time in times if not is_old(scene, time)]
    stated = [time.date for time in times if time.date]
    if stated:
        return max(stated, key=lambda d: d.precision.rank)
    if happening.around is not None and happening.around.date is not None:
        return happening.around.date
    return _day_of_speech(scene, happening) or _bound(scene, happening)


def _date_of_words(scene: Scene, happening: Happening) -> PartialDate:
    """The date of a speech: that of the statement which its title tells, and where it tells none the one of all."""
    speeches = [c for c in happening.candidates if c.speech]
    told = told_of_speech(scene, speeches)[1]
    if told is None:
        dates = [c.time.date for c in speeches if c.time and c.time.date]
        if dates and len({(d.earliest, d.latest) for d in dates}) == 1:
            return dates[0]
        return _day_of_speech(scene, happening) or _bound(scene, happening)
    around = scene.sentence_at((told.cue or told.content[0]).start)
    for candidate in speeches:
        at = candidate.paragraph.offset(candidate.token)
        if candidate.time and candidate.time.date and around and around.start <= at < around.end:
            return candidate.time.date
    return _one_day(scene, [told]) or _bound(scene, happening)


def narrowed(dates: Mapping[str, PartialDate], relations: Sequence[RelationMention]) -> dict[str, PartialDate]:
    """The dates by event, where what came before a dated event was not after it.

    "Died on Tuesday after being shot": shot on Tuesday at the latest.
    """
    found = dict(dates)
    for relation in relations:
        if relation.kind is not RelationKind.BEFORE:
            continue
        first, second = found[relation.source], dates[relation.target]
        if first.earliest is not None or second.earliest is None or second.latest is None:
            continue
        if first.latest is None or second.latest < first.latest:
            quoted = f"“{second.raw}”" if second.raw else second.display
            found[relation.source] = PartialDate.until(
                second.latest, raw=second.raw, reason=f"Before something that is dated {quoted}."
            )
    return found


def _bound(scene: Scene, happening: Happening) -> PartialDate:
    published = scene.document.published
    if published is None or published.latest is None:
        return PartialDate.unknown()
    told = [c.told for c in happening.candidates if c.told and is_recent(scene, c.told)]
    told += [t for t in scene.datelines if is_recent(scene, t) and _is_filed_with(published, t)]
    posts = [t for t in _posts(scene) if _is_filed_with(published, t)] if happening.in_title else []
    days = [t.date.latest for t in told if t.date and t.date.latest]
    # Of posts the last: an earlier one may speak of something else.
    last = [t.date.latest for t in posts if t.date and t.date.latest]
    day = min([*days, *([max(last)] if last else [])], default=None)
    if day is None:
        return PartialDate.until(
            published.latest,
            reason="The article does not say when; it cannot have been after the article was published.",
        )
    raw = next(t.span.text for t in [*told, *posts] if t.date and t.date.latest == day)
    return PartialDate.until(
        day, raw=raw, reason=f"Known on the day that “{raw}” gives; the article does not say when it happened."
    )


def _posts(scene: Scene) -> list[TimeMention]:
    """The days of embedded posts: "Ann Lee (@annlee) 8 November 2016"."""
    found = []
    for paragraph in scene.paragraphs:
        if "(@" not in paragraph.text:
            continue
        found += [
            t
            for t in scene.times_in(paragraph)
            if t.date
            and t.date.precision in DAYS
            and HANDLE.search(paragraph.text, 0, max(t.span.start - paragraph.start, 0))
        ]
    return found


HANDLE = re.compile(r"\(@\w+\)\W{0,3}$")


def _is_filed_with(published: PartialDate, time: TimeMention) -> bool:
    last = time.date.latest if time.date else None
    return bool(last and published.latest and 0 <= (published.latest - last).days <= FILED_DAYS)


def _day_of_speech(scene: Scene, happening: Happening) -> PartialDate | None:
    """The day that the statements of a speech are dated to, where they agree.

    What a headline blames, demands or threatens is a deed in words: that of the statements of whoever does it, or of
    those that the article opens with.
    """
    keys = {key for c in happening.candidates for key in c.speech}
    said = [s for s in scene.statements if s.key in keys]
    if not said and happening.in_title and happening.first.kind in VERBAL:
        agents = {key for c in happening.candidates if c.in_title for key in c.agents}
        said = [s for s in scene.statements if s.speaker in agents]
    end = max((p.start + sentence.end_char for p, sentence in opening_sentences(scene)), default=0)
    return _one_day(scene, said) or _one_day(scene, [s for s in said if s.content[0].start < end])


def _one_day(scene: Scene, said: Sequence[StatementMention]) -> PartialDate | None:
    dates = [s.date for s in said if s.date is not None and s.date.basis is not DateBasis.PUBLICATION_BOUND]
    published = scene.document.published
    if not dates or len({(d.earliest, d.latest) for d in dates}) > 1:
        return None
    first, last = dates[0].earliest, published.latest if published else None
    return dates[0] if not (first and last and first > last) else None
