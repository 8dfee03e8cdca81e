"""Who did what, when and where; before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from timeline.extraction.cast import Cast
from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.confidence import circumstances, confidence
from timeline.extraction.events.dating import date_of, narrowed, own_times
from timeline.extraction.events.families import OBJECTS
from timeline.extraction.events.headlines import find_headline
from timeline.extraction.events.naming import UNCLEAR, clear_to, loose_name_of, name_of, takes_up, told_by
from timeline.extraction.events.opening import (
    PLACES,
    leads,
    named_in,
    of_headline,
    of_opening,
    retell,
    share_right,
)
from timeline.extraction.events.order import find_relations
from timeline.extraction.events.scene import AT, Scene
from timeline.extraction.events.setting import setting_of
from timeline.extraction.events.speeches import find_speeches
from timeline.extraction.events.subjects import is_deed
from timeline.extraction.events.surroundings import time_around, words_beside
from timeline.extraction.events.times import is_old
from timeline.extraction.events.triggers import find_candidates, is_definite
from timeline.extraction.events.unnamed import name_the_unnamed
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import (
    Document,
    EventMention,
    Participant,
    PlaceMention,
    RelationMention,
    Span,
    StatementMention,
    TimeMention,
)
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.statements.media import media_words
from timeline.vocabulary import ActorKind, EventKind

# Kept from this score; below it the words say too little. A deed of a subject with a name is kept for review from the
# second. What is shown begins higher, outside.
KEPT, TOLD = 0.7, 0.55
# So many of an article may be shown, and so many more wait for a person.
MOST, MORE = 16, 40


def find_events(
    document: Document,
    paragraphs: Sequence[Paragraph],
    outside_title: Paragraph | None,
    cast: Cast,
    places: Sequence[PlaceMention],
    times: Sequence[TimeMention],
    statements: Sequence[StatementMention],
) -> tuple[tuple[EventMention, ...], tuple[RelationMention, ...]]:
    """The events of a document, in text order, and what it says of their order."""
    scene = Scene(document, paragraphs, outside_title, cast, places, times, statements)
    clause = find_headline(scene)
    found = find_candidates(scene)
    headed = of_headline(scene, clause, found) if clause else None
    candidates = find_speeches(scene, found)
    if headed is not None and headed not in candidates:
        candidates.insert(0, headed)
    happenings = _together(scene, candidates)
    main = next((h for h in happenings if headed is not None and headed in h.candidates), None)
    if main is None:
        main = of_opening(scene, happenings, lambda h: bool(name_of(scene, h)))
    else:
        happenings = retell(scene, main, happenings)
    if main is not None and clause is not None and clause.nominal and headed in main.candidates:
        known = {(c.paragraph.index, c.token.i) for c in main.candidates}
        lead = next((c for c in leads(scene, clause) if takes_up(scene, c, clause)), None)
        lead = lead if lead is not None and (lead.paragraph.index, lead.token.i) not in known else None
        main.candidates[1:1] = [lead] if lead is not None else []
    if main is not None:
        name_the_unnamed(scene, main, clause if headed in main.candidates else None)
    if main is not None and clause is not None and headed in main.candidates:
        unnamed = all(scene.cast.by_key[key].is_unnamed for key in main.actors)
        main.first.patients += named_in(scene, clause) if unnamed else []
    happenings = [h for h in happenings if h is main or not all(c.weak for c in h.candidates)]
    if main is not None and not own_times(scene, main):
        main.around = time_around(scene, main, happenings)
        main.beside = words_beside(scene, main)
    order = find_relations(scene, happenings, main)
    for happening in happenings:
        happening.score = _score(scene, happening, happening is main)
    chosen = _choose(scene, happenings, main)
    main = main if main in chosen else None
    mentions: dict[str, EventMention] = {}
    for number, happening in enumerate(chosen, 1):
        happening.key = f"e{number}"
        mentions[happening.key] = _mention(scene, happening, happening is main)
    relations = tuple(
        RelationMention(kind=kind, source=a.key, target=b.key, evidence=evidence)
        for kind, a, b, evidence in order.relations
        if a.key and b.key and a is not b
    )
    dates = {key: event.date for key, event in mentions.items()}
    # Words of order that the dates contradict: one of the two is misread.
    relations = tuple(r for r in dict.fromkeys(relations) if r.kind.fits(dates[r.source], dates[r.target]))
    mentions = {key: replace(mentions[key], date=date) for key, date in narrowed(dates, relations).items()}
    return tuple(_with_statements(scene, chosen, mentions, main).values()), relations


# --- which candidates are one event --------------------------------------------------------------------------------


def _together(scene: Scene, candidates: list[Candidate]) -> list[Happening]:
    """Gather candidates that name the same event: one family, no different actors, no different dates."""
    happenings: list[Happening] = []
    for candidate in candidates:
        match = next((h for h in reversed(happenings) if _same(scene, h, candidate)), None)
        if match is None:
            happenings.append(Happening([candidate]))
        else:
            match.candidates.append(candidate)
    return happenings


def _same(scene: Scene, happening: Happening, candidate: Candidate) -> bool:
    if candidate.speech or happening.is_speech:
        return any(candidate.speech == c.speech for c in happening.candidates) and bool(candidate.speech)
    known = happening.first
    if known.headline is not None and candidate.time is not None and is_old(scene, candidate.time):
        return False
    if known.family is None or candidate.family is None:
        return (
            known.family == candidate.family
            and known.token.lemma_ == candidate.token.lemma_
            and set(candidate.actors) == set(happening.actors)
            and bool(candidate.actors)
            and _dates_agree(happening, candidate)
        )
    if known.family != candidate.family or not _dates_agree(happening, candidate):
        return False
    here, there = set(candidate.actors), set(happening.actors)
    if not here and not there and candidate.is_verb and known.is_verb:
        return known.token.lemma_ == candidate.token.lemma_ and any(c.time for c in happening.candidates)
    if known.family.symmetric:
        if here and there:
            fixed = event_words()["fixed_encounters"]
            lemmas = {c.token.lemma_.lower() for c in (known, candidate)}
            if lemmas & fixed and len(lemmas) > 1:
                return False
            return len(here & there) >= min(2, len(here), len(there)) and not _different_pairs(here, there)
        if here and happening.in_title:
            # "After Oval Office clash" in the title, and in the text who clashed.
            places = {key for c in happening.candidates for key in c.places}
            alike = _manner(known) == _manner(candidate)
            return (
                alike
                and not known.is_verb
                and (not places or not candidate.places or bool(places & set(candidate.places)))
            )
        fits = _manner(candidate) == _manner(known) or candidate.token.lemma_.lower() in event_words()["any_encounter"]
        return fits and is_definite(candidate) and bool(there) and _is_near(happening, candidate)
    if here and there:
        agents = {key for c in happening.candidates for key in c.agents}
        patients = {key for c in happening.candidates for key in c.patients}
        if candidate.agents and agents and not agents & set(candidate.agents):
            return False
        if candidate.patients and patients and not patients & set(candidate.patients):
            return False
        alike = _manner(known) == _manner(candidate) or _refers(known, candidate)
        return bool(here & there) and alike
    return is_definite(candidate) and _refers(known, candidate) and _is_near(happening, candidate)


def _refers(known: Candidate, candidate: Candidate) -> bool:
    """Whether a noun may stand for the deed of a verb: "the killing", not "the decision" of any that a person takes."""
    words = event_words()
    nouns = [c for c in (known, candidate) if not c.is_verb]
    return bool(nouns) and not any(c.token.lemma_.lower() in words["vague"] for c in nouns)


def _manner(candidate: Candidate) -> str:
    """A clash is no summit, though people meet at both."""
    lemma = candidate.token.lemma_.lower()
    return event_words().verb_of_noun.get(lemma) or lemma


def _different_pairs(here: set[str], there: set[str]) -> bool:
    return len(here) >= 2 and len(there) >= 2 and len(here & there) < 2


def _dates_agree(happening: Happening, candidate: Candidate) -> bool:
    mine = candidate.time.date if candidate.time else None
    if mine is None:
        return True
    others = [c.time.date for c in happening.candidates if c.time and c.time.date]
    return all(mine.overlaps(other) for other in others)


def _is_near(happening: Happening, candidate: Candidate) -> bool:
    return candidate.paragraph.index - happening.candidates[-1].paragraph.index <= 2


# --- which matter --------------------------------------------------------------------------------------------------


def _score(scene: Scene, happening: Happening, is_main: bool) -> float:
    """How often such an event is right in title, actors and date.

    Read off three hundred events of news agencies, papers, broadcasters and Wikinews, by the words that tell them:
    more than nine in ten where a named actor does something, fewer where a pronoun does or nobody known.
    """
    told = [c for c in happening.candidates if c.is_verb and not c.weak]
    timed = any(c.time for c in happening.candidates)
    if is_main:
        score = share_right(scene, happening)
    elif happening.is_speech:
        score = 0.93
    elif told:
        score = max(_trust(scene, c, timed) for c in told) + (0.01 if timed else 0.0)
    else:
        sentence = len(happening.actors) > 1 and _is_sentence(happening)
        carried = any(c.carried for c in happening.candidates)
        vague = all(c.token.lemma_.lower() in event_words()["vague"] for c in happening.candidates)
        sure = sentence or (timed and not vague and (carried or bool(happening.actors)))
        score = 0.86 if sentence and timed else 0.75 if sure else 0.6
    if happening.around is not None:
        score -= 0.05
    score += min(0.01 * (len(happening.candidates) - 1), 0.03)
    return max(0.0, min(score, 0.98))


def _trust(scene: Scene, candidate: Candidate, timed: bool) -> float:
    """The share of events right that are told by such a verb."""
    subject = candidate.subject
    if candidate.agents or (candidate.passive and candidate.patients):
        by_pronoun = subject is not None and subject.pos_ == "PRON" and subject.tag_ == "PRP"
        share = 0.83 if by_pronoun else 0.91 if candidate.family else 0.83
        if candidate.family is None and candidate.token.lemma_.lower() in event_words()["dull"] and not timed:
            share -= 0.1
    elif subject is not None and subject.pos_ == "PROPN":
        share = 0.86 if candidate.family else 0.84 if timed else 0.75
    elif candidate.actors:
        share = 0.86 if candidate.family else 0.75
    else:
        share = 0.84 if candidate.family and timed else 0.7 if candidate.family else 0.55
    if candidate.token.dep_ == "relcl":
        share -= 0.03 if timed else 0.08  # of two nouns before "which" the parse takes the nearer
    return share - (0.12 if candidate.attributed else 0.0)


def _is_sentence(happening: Happening) -> bool:
    """Whether an event that only nouns name has a verb for its title: "Russia's invasion" is "Russia invades"."""
    return any(event_words().verb_of_noun.get(c.token.lemma_.lower()) for c in happening.candidates)


def _choose(scene: Scene, happenings: list[Happening], main: Happening | None) -> list[Happening]:
    """Those that score enough and can be told in a sentence, the main event always."""
    worth = [h for h in happenings if h.score >= (TOLD if _is_told(h) else KEPT) or h is main]
    ranked = sorted(worth, key=lambda h: (h is not main, h.aside or h.score < KEPT, _is_minor(h), -h.score))
    kept: list[Happening] = []
    for happening in ranked:
        happening.title = name_of(scene, happening)
        if not happening.title and (loose := loose_name_of(scene, happening)):
            happening.title = loose
            _set_aside(happening)
        happening.score = min(happening.score, clear_to(scene, happening, happening.title))
        if happening.title and not any(
            happening.title == other.title and _dates_agree(other, happening.first) for other in kept
        ):
            kept.append(happening)
    for happening in kept[MOST:]:
        _set_aside(happening)
    return [h for h in happenings if h in kept[:MORE]]


def _set_aside(happening: Happening) -> None:
    """Leave an event for a person to look at, whatever else speaks for it."""
    for candidate in happening.candidates:
        candidate.aside = True


def _is_told(happening: Happening) -> bool:
    """Whether a verb tells it, and of something that has a name: "GM cut its costs", "Boeing has begun talks"."""
    return any((c.is_verb and not c.weak) or (c.carried and c.agents) for c in happening.candidates)


def _is_minor(happening: Happening) -> bool:
    """Deeds without a day, and of no kind that is news by itself: told where there is room for them."""
    return not happening.is_speech and not any(c.time or c.family for c in happening.candidates)


# --- the mention ---------------------------------------------------------------------------------------------------


def _mention(scene: Scene, happening: Happening, is_main: bool) -> EventMention:
    date = date_of(scene, happening)
    triggers = [t for c in _by_trust(happening) if (t := c.trigger(scene))]
    # A headline is no evidence where the text itself tells the event: its writer has only read that.
    telling = [c for c in happening.candidates if not c.in_title] or happening.candidates
    evidence = dict.fromkeys(e for c in telling if (e := c.evidence(scene)))
    said = {key for c in happening.candidates for key in c.speech}
    for statement in (s for s in scene.statements if s.key in said):
        if whole := _sentence_of(scene, statement):
            evidence[whole] = None
    told = told_by(scene, happening)
    if told is not None and (whole := _sentence_of(scene, told)):
        evidence = {whole: None, **evidence}  # what the title says stands first
    if happening.around is not None and (beside := scene.sentence_at(happening.around.span.start)):
        evidence[beside] = None
    setting = setting_of(scene, happening, is_main=is_main)
    if setting and (proof := setting.proof) and not any(known.contains(proof) for known in evidence):
        evidence[scene.sentence_at(proof.start) or proof] = None
    kind = _kind(scene, happening)
    event = EventMention(
        key=happening.key,
        title=happening.title,
        kind=kind,
        date=date,
        confidence=happening.score,
        main=is_main,
        hedged=happening.hedged,
        participants=tuple(_participants(scene, happening)),
        place=setting.place if setting else None,
        trigger=triggers[0] if triggers else None,
        evidence=tuple(evidence),
    )
    # A title that is not clear by itself waits for a person, however the event is told.
    clear = clear_to(scene, happening, happening.title)
    if happening.aside or (happening.score < KEPT and not is_main):
        clear = min(clear, UNCLEAR)
    if told is not None:
        clear = min(clear, told.confidence)  # what somebody says is no surer than that they say it
    return replace(event, confidence=min(confidence(circumstances(scene, happening, event)), clear))


def _sentence_of(scene: Scene, statement: StatementMention) -> Span | None:
    return scene.sentence_at((statement.cue or statement.content[0]).start)


def _kind(scene: Scene, happening: Happening) -> EventKind:
    words = event_words()
    headed = next((c for c in happening.candidates if c.headline), None)
    leading = headed or next((c for c in happening.candidates if c.family and not c.in_title), happening.first)
    if happening.is_speech and (headed is None or (headed.family is None and not _is_done(happening, headed))):
        return EventKind.STATEMENT
    if leading.kind is EventKind.VOTE and leading.token.lemma_.lower() in words["contests"]:
        said = leading.paragraph.text.casefold() + (scene.document.title or "").casefold()
        return leading.kind if any(word in said for word in words["polls"]) else EventKind.OTHER
    passive = leading.passive or (leading.headline is not None and leading.headline.bare)
    if leading.token.lemma_.lower() in words["casualties"] and not leading.agents:
        cause = words.nouns.get(leading.subject.lemma_.lower()) if leading.subject is not None else None
        return EventKind.DEATH if passive else cause.kind if cause else leading.kind
    return leading.kind


def _is_done(happening: Happening, headed: Candidate) -> bool:
    """Whether the text tells the deed of a headline by its verb, beside what is said of it."""
    lemma = headed.token.lemma_
    return any(c.token.lemma_ == lemma and c.is_verb and not (c.speech or c.in_title) for c in happening.candidates)


def _by_trust(happening: Happening) -> list[Candidate]:
    """Speech by its cue; the body before headline, standfirst and captions; verbs before nouns."""
    return sorted(happening.candidates, key=lambda c: (not c.speech, not c.paragraph.is_body, not c.is_verb))


def _participants(scene: Scene, happening: Happening) -> list[Participant]:
    headed = next((c for c in happening.candidates if c.headline), None)
    # Who only tells of the deed is no part of it: "Kyiv and Washington agree, says a minister".
    spoken = headed is None or headed.kind is EventKind.STATEMENT
    spoken = spoken or (headed is not None and headed.token.lemma_.lower() in event_words()["reporting"])
    telling = not spoken and headed is not None and bool(headed.agents)
    acting = [c for c in happening.candidates if not (telling and c.speech and headed is not c)]
    agents = list(dict.fromkeys(key for c in acting for key in c.agents))
    roles = [Participant(key, "agent") for key in agents]
    listening = happening.is_speech and not happening.in_title
    whom = _spoken_of(scene, happening) if listening else happening.actors
    roles += [Participant(key, "patient") for key in whom if key not in agents]
    roles = _without_scenery(scene, happening, roles)
    # A person who acts stands before the state that a headline names for them.
    kinds = {p.actor: scene.cast.by_key[p.actor].kind for p in roles}
    spoken_for = PLACES if any(p.role == "agent" and kinds[p.actor] is ActorKind.PERSON for p in roles) else ()
    return sorted(roles, key=lambda p: (p.role != "agent", kinds[p.actor] in spoken_for))


def _spoken_of(scene: Scene, happening: Happening) -> list[str]:
    """Whom a speech is about by its own verbs: "described him as a visionary"; not whom it was made to."""
    words, found = event_words()["spoken_of"], list[str]()
    keys = {key for c in happening.candidates for key in c.speech}
    for cue in (s.cue for s in scene.statements if s.key in keys and s.cue is not None):
        at = cue.end - 1
        paragraph = next((p for p in scene.paragraphs if p.start <= at < p.end), None)
        verb = paragraph.token_at(at) if paragraph is not None else None
        if paragraph is None or verb is None or verb.lemma_.lower() not in words:
            continue
        found += [key for child in verb.rights if child.dep_ in OBJECTS for key in scene.actors_of(paragraph, child)]
    return list(dict.fromkeys(found))


def _without_scenery(scene: Scene, happening: Happening, roles: list[Participant]) -> list[Participant]:
    """Without the states that only say where it was or whose somebody is: "Costa Rica plane crash", "Brazil's Massa".

    Left are those that a subject, an object or an object of "with" or "by" names.
    """
    states = {p.actor for p in roles if scene.cast.by_key[p.actor].kind in (ActorKind.STATE, ActorKind.GOVERNMENT)}
    if not states or len(states) == len(roles):
        return roles
    acting = {key for c in happening.candidates for token in _parts(c) for key in scene.actors_of(c.paragraph, token)}
    governing = (c for c in happening.candidates if c.subject is not None and c.subject.lower_ == "government")
    acting |= {key for c in governing for key in c.agents}
    return [p for p in roles if p.actor not in states or p.actor in acting]


def _parts(candidate: Candidate) -> list[Token]:
    """The subject of a verb, its objects, and what it is done with, to or by; of a noun those beside it."""
    verb = candidate.token
    found = [candidate.subject] if candidate.subject is not None else []
    found += [t for t in found for t in t.lefts if t.dep_ == "poss" and candidate.headline and is_deed(t.head)]
    if not candidate.is_verb and candidate.family is not None and candidate.family.symmetric:
        return [*found, *(t for t in verb.subtree if t != verb)]
    for child in verb.children:
        if child.dep_ in OBJECTS or (child.dep_ == "poss" and not candidate.is_verb):
            found.append(child)
        elif child.dep_ in ("prep", "agent") and child.lower_ not in AT:
            found += [noun for noun in child.children if noun.dep_ == "pobj"]
    return found


# --- statements ----------------------------------------------------------------------------------------------------


def _with_statements(
    scene: Scene, chosen: list[Happening], mentions: dict[str, EventMention], main: Happening | None
) -> dict[str, EventMention]:
    """Hang every statement on an event: the speech that it is part of, else one its speaker takes part in nearby, else
    the main one."""
    held: dict[str, list[str]] = {key: [] for key in mentions}
    shown = [h for h in chosen if not h.aside]
    speech_of = {s: h.key for h in shown for c in h.candidates for s in c.speech}
    for statement in scene.statements:
        key = speech_of.get(statement.key)
        if key is None:
            others = [h for h in shown if not _is_post_of(h, statement.speaker)]
            near = _nearest(scene, statement, others, main)
            key = near.key if near else main.key if main and not _is_post_of(main, statement.speaker) else None
        if key:
            held[key].append(statement.key)
    return {key: replace(event, statements=tuple(held[key])) for key, event in mentions.items()}


def _is_post_of(happening: Happening, speaker: str | None) -> bool:
    """Whether an event is what somebody posted: what else they said was said elsewhere."""
    platforms = set(media_words().platforms.values())
    return any(c.speech and c.medium in platforms and speaker in c.agents for c in happening.candidates)


def _nearest(
    scene: Scene, statement: StatementMention, chosen: list[Happening], main: Happening | None
) -> Happening | None:
    """The event told around a statement in which its speaker takes part: in the same paragraph, or in the one before
    unless that looks back to an earlier day than the main event's."""
    if statement.speaker is None:
        return None
    at = statement.content[0].start
    here = next((p.index for p in scene.paragraphs if p.start <= at < p.end), None)
    best: tuple[int, int, Happening] | None = None
    for happening in (h for h in chosen if statement.speaker in h.actors):
        for candidate in happening.candidates:
            if here is None or scene.is_outside(candidate.paragraph) or not candidate.paragraph.is_body:
                continue
            before = here - candidate.paragraph.index
            if before not in (0, 1) or (before and _looks_back(happening, main)):
                continue
            distance = (before, abs(at - candidate.paragraph.offset(candidate.token)))
            if best is None or distance < best[:2]:
                best = (*distance, happening)
    return best[2] if best else None


def _looks_back(happening: Happening, main: Happening | None) -> bool:
    """Whether an event is dated, and on another day than the main one."""
    days = [c.time.date.latest for c in happening.candidates if c.time and c.time.date]
    others = [c.time.date.latest for c in main.candidates if c.time and c.time.date] if main else []
    return happening is not main and bool(days) and not set(days) & set(others)
