"""When an event was: which time expression dates it, and what may be said where none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.news import DAYS, NEWS_DAYS, is_news, is_recent, signs_post
from timeline.extraction.events.opening import VERBAL, is_early, opening_sentences
from timeline.extraction.events.reported import told_of_speech
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.surroundings import FIRST
from timeline.extraction.events.ties import tells_of_past
from timeline.extraction.events.times import is_old
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import RelationMention, StatementMention, TimeMention
from timeline.extraction.paragraphs import sentence_of
from timeline.vocabulary import DateBasis, PartialDate, RelationKind

# An article is filed within these days of the day that its dateline names.
FILED_DAYS = 3


# --- the date ------------------------------------------------------------------------------------------------------


def date_of(scene: Scene, happening: Happening) -> PartialDate:
    """The date that the text gives an event; where it gives none, the day by which it was told is the latest."""
    if _is_to_come(happening):
        # Told by the day of publication, and still to come.
        return _beside(PartialDate.unknown(), happening.beside, "Planned, and beside it stands")
    if happening.is_speech and not happening.in_title:
        return _date_of_words(scene, happening)
    stated = [time.date for time in own_times(scene, happening) if time.date]
    if not stated and happening.around is not None and happening.around.date is not None:
        stated = [happening.around.date]
    if not stated:
        early = (c.time for c in happening.candidates if c.time and is_early(scene, c))
        stated = [t.date for t in early if t.date and not is_old(scene, t) and not is_recent(scene, t)]
    if stated:
        return _as_sure(scene, max(stated, key=lambda d: d.precision.rank))
    if any(_only_reports(happening, c) for c in happening.candidates):
        return _bound(scene, happening)
    return _day_of_speech(scene, happening) or _bound(scene, happening)


def _as_sure(scene: Scene, date: PartialDate) -> PartialDate:
    """A day counted from the day of publication is open where all posts of the page are older than a week by then.

    Such a page bears the day of a change or a copy: "on Tuesday" was said in the week of its posts.
    """
    published = scene.document.published
    if date.basis is not DateBasis.RELATIVE or date.precision not in DAYS or not published or not published.latest:
        return date
    if _is_week_off(published, date):
        reason = f"“{date.raw}” may be the day six days before, or the one after an early publication."
        return PartialDate.until(published.latest, raw=date.raw, reason=reason)
    posts = [t.date.latest for t in _posts(scene) if t.date and t.date.latest]
    if not posts or (published.latest - max(posts)).days <= NEWS_DAYS:
        return date
    reason = f"“{date.raw}” of an article that may be older than the day on its page."
    return PartialDate.until(published.latest, raw=date.raw, reason=reason)


def own_times(scene: Scene, happening: Happening) -> list[TimeMention]:
    """The times that hang on the words of an event itself."""
    times = [c.time for c in happening.candidates if c.time and not _only_reports(happening, c)]
    if any(c.headline for c in happening.candidates):
        times = [t for c in happening.candidates if (t := c.time) in times and t and not _is_earlier(scene, c, t)]
    if len(times) < len({key for c in happening.candidates for key in c.speech}):
        # Of words spoken at several times those of long ago do not date the others.
        times = [time for time in times if not is_old(scene, time)]
    return times


def _only_reports(happening: Happening, candidate: Candidate) -> bool:
    """ "It was reported on Saturday that he was hurt": by then it had happened, on a day that is not told."""
    if happening.first.kind in VERBAL or candidate.token.lemma_.lower() not in event_words()["neutral_reports"]:
        return False
    if happening.in_title and tells_of_past(candidate.token, happening):
        return True
    return any(c.told is not None and c.told is candidate.time for c in happening.candidates)


def _is_earlier(scene: Scene, candidate: Candidate, time: TimeMention) -> bool:
    """Whether a time is too long ago for what a headline tells: no news, behind the first sentences."""
    if is_old(scene, time) or is_recent(scene, time) or candidate.in_title:
        return is_old(scene, time)
    here = sentence_of(candidate.token).start
    first = list(opening_sentences(scene))[:FIRST]
    return not any(p is candidate.paragraph and sentence.start == here for p, sentence in first)


def _is_to_come(happening: Happening) -> bool:
    return happening.hedged and any(c.headline and c.headline.planned for c in happening.candidates)


def _beside(date: PartialDate, time: TimeMention | None, reason: str) -> PartialDate:
    """An open date with the words of a time that stands beside the event, which say nothing sure of it."""
    return (
        date
        if time is None
        else replace(
            date, raw=time.span.text, reason=f"{reason} “{time.span.text}”, which may be the time of something else."
        )
    )


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
    day = None if _is_another_time(scene, told) else _one_day(scene, _beside_in_speech(scene, told, speeches))
    if day is not None and not is_news(scene, day):
        day = None
    return _one_day(scene, [told]) or day or _bound(scene, happening)


def _beside_in_speech(scene: Scene, told: StatementMention, speeches: Sequence[Candidate]) -> list[StatementMention]:
    """What the same mouth says in the same speech, from the same medium: no more is known to be of the same day."""
    keys = {key for candidate in speeches for key in candidate.speech}
    return [
        s
        for s in scene.statements
        if s.key in keys and s.speaker == told.speaker and s.medium == told.medium and s.speaker is not None
    ]


def _is_another_time(scene: Scene, statement: StatementMention) -> bool:
    """ "She had said before", "he once wrote", "she has repeatedly said": not what was said on the day of the news."""
    at = statement.cue.start if statement.cue else None
    paragraph = next((p for p in scene.paragraphs if at is not None and p.start <= at < p.end), None)
    cue = paragraph.token_at(at) if paragraph is not None and at is not None else None
    return cue is not None and any(
        (child.dep_ in ("aux", "auxpass") and child.lower_ in ("had", "'d"))
        or (child.dep_ == "advmod" and child.lower_ in OTHER_TIMES)
        for child in cue.children
    )


OTHER_TIMES = frozenset({"before", "earlier", "formerly", "later", "often", "once", "previously", "repeatedly"})


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
        return _beside(PartialDate.unknown(), happening.beside, "Beside it stands")
    told = [c.told for c in happening.candidates if c.told]
    told += [c.time for c in happening.candidates if c.time and _only_reports(happening, c)]
    told = [t for t in told if is_recent(scene, t) and not _is_week_off(published, t.date)]
    told += [t for t in scene.datelines if is_recent(scene, t) and _is_filed_with(published, t)]
    posts = [t for t in _posts(scene) if _is_filed_with(published, t)] if happening.in_title else []
    days = [t.date.latest for t in told if t.date and t.date.latest]
    # Of posts the last: an earlier one may speak of something else.
    last = [t.date.latest for t in posts if t.date and t.date.latest]
    day = min([*days, *([max(last)] if last else [])], default=None)
    if day is None and happening.beside is not None:
        open_day = PartialDate.until(published.latest)
        return _beside(open_day, happening.beside, "Beside it stands")
    if day is None:
        return PartialDate.until(
            published.latest,
            reason="The article does not say when; it cannot have been after the article was published.",
        )
    raw = next(t.span.text for t in [*told, *posts] if t.date and t.date.latest == day)
    return PartialDate.until(
        day, raw=raw, reason=f"Known on the day that “{raw}” gives; the article does not say when it happened."
    )


def _is_week_off(published: PartialDate, date: PartialDate | None) -> bool:
    """ "Monday" in what came out on a Sunday: the Monday six days before, or the next, by the clock of another zone."""
    last = date.latest if date and date.basis is DateBasis.RELATIVE and " " not in (date.raw or "") else None
    return bool(last and published.latest and (published.latest - last).days == 6)


def _posts(scene: Scene) -> list[TimeMention]:
    """The days of embedded posts."""
    return [
        t
        for paragraph in scene.paragraphs
        if "(@" in paragraph.text
        for t in scene.times_in(paragraph)
        if t.date and t.date.precision in DAYS and signs_post(paragraph, t)
    ]


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
    day = _one_day(scene, said) or _one_day(scene, [s for s in said if s.content[0].start < end])
    if day is None and happening.in_title and happening.first.kind in VERBAL:
        media = {s.medium for s in said if s.medium}
        day = _one_day(scene, [s for s in scene.statements if not media or s.medium is None or s.medium in media])
        return day if day is not None and is_news(scene, day) else None
    return day


def _one_day(scene: Scene, said: Sequence[StatementMention]) -> PartialDate | None:
    dates = [s.date for s in said if s.date is not None and s.date.basis is not DateBasis.PUBLICATION_BOUND]
    published = scene.document.published
    if not dates or len({(d.earliest, d.latest) for d in dates}) > 1:
        return None
    first, last = dates[0].earliest, published.latest if published else None
    return dates[0] if not (first and last and first > last) else None
