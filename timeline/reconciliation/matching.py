"""Whether two mentions speak of the same thing: scores over values, decided by thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from timeline.extraction.mentions import ActorMention, EventMention, StatementMention
from timeline.extraction.names import normal_form
from timeline.extraction.offices import Office, office_of
from timeline.reconciliation.identity import (
    DAYS,
    OWN_WORDS,
    TITLE_STEM,
    actor_names,
    is_full_name,
    title_words,
    words_of,
)
from timeline.reconciliation.known import Known, KnownActor, KnownEvent, KnownStatement
from timeline.reconciliation.stories import Story
from timeline.vocabulary import ActorKind, DateBasis, EventKind, PartialDate, StatementKind

# From here two mentions are one event. Tuned on our own demo articles and on clusters of news articles.
SAME_EVENT = 0.62
# From this likeness two articles are about one event first of all: .995 of such pairs of news articles of the same two
# months are, and .83 of all that are (182 articles of 35 stories).
ONE_SUBJECT = 0.2
# Where one telling names nobody, the share of common title words from which it is the same event.
SAME_TITLE, SAME_TITLE_NEXT_DAY = 0.6, 0.9
# Two outlets' days for one event differ by a slip or a time zone, not by a week.
SLIP = timedelta(days=1)
# An undated event is told while it is news.
NEWS = timedelta(days=30)


def match_actor(actor: ActorMention, known: Known) -> KnownActor | None:
    """The actor that a mention names: by the knowledge file, else by a full name of the same kind.

    Similar spellings are never enough, and a surname or a description alone only within the same article. A spelling
    that a person has taken from an actor names somebody else, whatever the knowledge file has. Of namesakes, whom their
    offices tell apart ("mayor of Leeds", "striker"), it is the one whose office goes with the mention's; without one,
    him of whom none is known.
    """
    names = actor_names(actor)
    if actor.known:
        found = next((k for k in known.actors if actor.known in k.known_ids), None)
        if found and not _is_taken_away(actor, names, found, known):
            return found
    fit: list[tuple[int, KnownActor]] = []
    for candidate in known.actors:
        if actor.known and candidate.known_ids:
            continue
        shared = {
            name
            for name in names & candidate.names
            if (candidate.uid, name) not in known.not_aliases and (candidate.here or _is_enough(actor, name))
        }
        if shared and (candidate.kind is actor.kind or "kind" in candidate.locked):
            fit.append((len(max(shared, key=len)), candidate))
    return _among_namesakes(actor, fit)


def _among_namesakes(actor: ActorMention, fit: list[tuple[int, KnownActor]]) -> KnownActor | None:
    """Of actors with the mention's name, each with the length of it that they share, the one who is meant."""
    own = office_of(actor.role or "")
    left = [(length, candidate, _goes_with(own, candidate)) for length, candidate in fit]
    left = [one for one in left if one[2] >= 0]
    if own is None and not any(candidate.here for _, candidate, _ in left):
        held = [office for _, candidate, _ in left for office in candidate.offices]
        if any(one.is_beside(other) for one, other in combinations(held, 2)) and len(left) > 1:
            left = [one for one in left if not one[1].offices]
    best = max(left, key=lambda one: (one[0], one[1].here, one[2], one[1].uid), default=None)
    return best[1] if best else None


def _goes_with(own: Office | None, candidate: KnownActor) -> int:
    """How well an office goes with those of a known actor: below 0 where nobody holds both at a time."""
    if own is None or not candidate.offices:
        return 0
    if all(own.is_beside(office) for office in candidate.offices):
        return -1
    return 2 if any(own.noun == office.noun for office in candidate.offices) else 1


def _is_taken_away(actor: ActorMention, names: frozenset[str], found: KnownActor, known: Known) -> bool:
    withdrawn = {name for name in names if (found.uid, name) in known.not_aliases}
    return bool(withdrawn) and (names <= withdrawn or normal_form(actor.name) in withdrawn)


def _is_enough(actor: ActorMention, name: str) -> bool:
    """Whether a name tells who an actor is in any article."""
    return not actor.is_unnamed and (actor.kind is not ActorKind.PERSON or is_full_name(name))


def match_statement(
    statement: StatementMention,
    speaker: str | None,
    fingerprint: str,
    known: Iterable[KnownStatement],
    source: str = "",
) -> KnownStatement | None:
    """The known statement of the same words, or, among one speaker's quotations, the one cut out of the other.

    Of two of the same words, which only a person makes, the one that this source supports.
    """
    pool = list(known)
    alike = [k for k in pool if fingerprint in k.fingerprints]
    same = next((k for k in alike if source in k.sources), alike[0] if alike else None)
    if same is not None or speaker is None or statement.kind is not StatementKind.DIRECT:
        return same
    words = quoted_words(statement)
    return next(
        (
            k
            for k in pool
            if k.kind is StatementKind.DIRECT and k.speaker == speaker and is_cut_from(words, words_of(k.text))
        ),
        None,
    )


def quoted_words(statement: StatementMention) -> list[str]:
    return words_of(" ".join(span.text for span in statement.content))


def is_cut_from(one: list[str], other: list[str]) -> bool:
    """Whether the shorter of two runs of words stands in the longer, and is long enough to be nobody else's."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return len(short) >= OWN_WORDS and any(
        long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFacts:
    """An event mention with its actors and statements named by uid where they are known.

    `names` are the capitalised words of its passages, `acting` is what the first actor is, `source` names the document
    through its copies and versions.
    """

    mention: EventMention
    actors: tuple[str, ...]
    statements: frozenset[str]
    words: frozenset[str]
    fingerprints: frozenset[str]
    story: Story
    country: str = ""
    names: frozenset[str] = frozenset()
    acting: ActorKind | None = None
    source: str = ""


def fit_event(facts: EventFacts, event: KnownEvent, published: PartialDate | None) -> tuple[int, float] | None:
    """How well a mention fits a known event: the sentences that both have, then the score; None where it does not.

    A sentence that both have is enough, unless, as every year or week has it ("The two met in Geneva on Monday"), it
    tells of another day.
    """
    score = score_event(facts, event, published)
    shared = len(facts.fingerprints & event.fingerprints)
    if shared and (facts.source in event.sources or not _are_other_days(facts.mention.date, event.date)):
        return shared, score
    return (0, score) if score >= SAME_EVENT else None


def score_event(facts: EventFacts, event: KnownEvent, published: PartialDate | None) -> float:
    """How surely a mention tells of a known event, 0 to about 1.2; 0 where something speaks against it."""
    mention = facts.mention
    if facts.country and event.country and facts.country != event.country and mention.kind in PAIRED:
        # A summit in London and a quarrel in Washington are two meetings, whoever was at both.
        return 0.0
    if _are_rivals(facts, event):
        return 0.0
    said = len(facts.statements & event.statements)
    shared = set(facts.actors) & set(event.actors)
    agents = bool(shared) and facts.actors[0] in event.actors and event.actors[0] in facts.actors
    words = _overlap(facts.words, event.words)
    alike = mention.kind is event.kind
    story = max((facts.story.likeness(other) for other in event.stories), default=0.0) if mention.main else 0.0
    elsewhere = bool(facts.names and event.names) and not facts.names & event.names
    told = not (facts.actors and event.actors) and not elsewhere and _says_the_same(mention, event)
    dates = _dates_agree(mention.date, event.date, published, 1.0 if told else max(words, story))
    # Two mains of one story, of which one names nobody: "Seven hurt in crash" and "Driver held after crash".
    nameless = story >= ONE_SUBJECT and not (facts.actors and event.actors) and not elsewhere
    if dates is None or not (shared or told or nameless):
        return 0.0
    called = {name[:TITLE_STEM] for name in facts.names | event.names}
    deed = title_words(mention.title) & title_words(event.title) - called
    if story >= ONE_SUBJECT and (deed or (alike and mention.kind not in MANIFOLD)):
        # Two headlines on one event may call it a meeting, an accusation or neither; where they share nobody, what
        # shares somebody fits better.
        return SAME_EVENT + (story if shared else dates)
    if not alike:
        return 0.0
    one, other = (found - facts.names - event.names - DAYS for found in (facts.words, event.words))
    if mention.kind in MANIFOLD and not said and (_overlap(one, other) < LIKE or len(facts.words & event.words) < FEW):
        # The same speaker says many things, and does many that are of no kind by name; and a short sentence shares two
        # words with any long one.
        return 0.0
    if mention.kind in PAIRED and len(shared) < min(2, len(set(facts.actors)), len(set(event.actors))):
        return 0.0
    if not shared:
        return SAME_EVENT + dates
    overlap = len(shared) / max(min(len(facts.actors), len(event.actors)), 1)
    return 0.25 * overlap + 0.1 * agents + 0.15 + 0.6 * words + dates + 0.3 * min(said, 2)


def _are_other_days(one: PartialDate, other: PartialDate) -> bool:
    """Whether two days that are known are further apart than by a slip."""
    if not (one.is_exact and other.is_exact and one.earliest and other.earliest):
        return False
    return abs(one.earliest - other.earliest) > SLIP


def _are_rivals(facts: EventFacts, event: KnownEvent) -> bool:
    """Whether two of one kind act, neither of whom has a part in the other telling: Niger here, Nigeria there."""
    if not (facts.actors and event.actors):
        return False
    alike = facts.acting is not None and facts.acting is event.acting
    return alike and facts.actors[0] not in event.actors and event.actors[0] not in facts.actors


def _says_the_same(mention: EventMention, event: KnownEvent) -> bool:
    """Whether two titles, one of which names nobody, say the same of one day, or nearly word for word of the next.

    "Trump pauses military aid to Ukraine" and "Military aid is paused".
    """
    one, other = mention.date, event.date
    if not (one.is_exact and other.is_exact and one.earliest and other.earliest):
        return False
    apart = abs(one.earliest - other.earliest)
    shared = _overlap(title_words(mention.title), title_words(event.title))
    return shared >= SAME_TITLE if not apart else apart <= SLIP and shared >= SAME_TITLE_NEXT_DAY


# Of the words but names and days, the share that two deeds of no kind have in common.
FEW, LIKE = 3, 0.35
PAIRED = frozenset({EventKind.MEETING, EventKind.AGREEMENT})
MANIFOLD = frozenset({EventKind.STATEMENT, EventKind.OTHER})


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared content words over the shorter side."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _dates_agree(one: PartialDate, other: PartialDate, published: PartialDate | None, words: float) -> float | None:
    """A bonus for one and the same day, a smaller one for dates that can be the same; None where they cannot be."""
    if one.is_exact and other.is_exact:
        if one.earliest == other.earliest:
            return 0.25
        assert one.earliest and other.earliest
        slip = abs(one.earliest - other.earliest) <= SLIP
        return 0.0 if slip and words >= 0.5 else None
    if not one.overlaps(other):
        return None
    bounded = {DateBasis.PUBLICATION_BOUND, DateBasis.ORDER} & {one.basis, other.basis}
    if bounded:
        # A day that is known is that of the news by itself: an article long after may look back at it.
        day, news = other.best_day, one.earliest if one.is_exact else published.latest if published else None
        near = day is not None and news is not None and abs(day - news) <= NEWS
        return 0.05 if near or day is None or news is None else None
    return 0.1
