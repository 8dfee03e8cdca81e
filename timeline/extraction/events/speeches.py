"""Speech that is news by itself: a post, an interview, remarks that lead the article. It holds its statements."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.times import set_times
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import StatementMention
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.statements.media import is_of_another_time, media_words
from timeline.extraction.statements.speakers import subject_of
from timeline.vocabulary import ActorKind, BlockRole, EventKind, StatementKind

# "accused", "rejected", "urged" report what was said and are deeds as well.
DEEDS_IN_WORDS = frozenset(
    {
        EventKind.ACCUSATION,
        EventKind.DEMAND,
        EventKind.REFUSAL,
        EventKind.THREAT,
        EventKind.SUPPORT,
        EventKind.DECISION,
        EventKind.CONCESSION,
    }
)


def find_speeches(scene: Scene, candidates: list[Candidate]) -> list[Candidate]:
    """Candidates with speech sorted out: those that belong to one speech share its statements' keys in `speech`.

    Reporting verbs that make no event of their own are dropped; what they report stays as statements.
    """
    words = event_words()
    speech, encounter = words.families["speech"], words.families["encounter"]
    groups = _groups(scene)
    leading = _leading_speakers(scene, candidates)
    # Words exchanged in the meeting of the headline belong to the meeting.
    busy = {key for c in candidates if c.in_title and c.family != speech for key in c.actors}
    events = {
        key: tuple(s.key for s in said)
        for key, said in groups.items()
        if key[0] in leading
        or (key[0] not in busy and _is_notable(scene, key[0]))
        or (key[1] and _is_notable(scene, key[0]) and any(s.kind is StatementKind.DIRECT for s in said))
    }
    group_of = {s: key for key, keys in events.items() for s in keys}
    cues = {s.cue.start: s for s in scene.statements if s.cue}

    kept: list[Candidate] = []
    lesser: list[Candidate] = []
    for candidate in candidates:
        if candidate.family == words.families["media"]:
            _tie_to_speech(candidate, events, groups)
        cue = None if scene.is_outside(candidate.paragraph) else cues.get(candidate.paragraph.offset(candidate.token))
        if cue is not None and candidate.family and candidate.family.kind in DEEDS_IN_WORDS:
            kept.append(candidate)
            continue
        if candidate.family != speech and cue is None:
            if candidate.family == encounter and _refers_to(scene, candidate, events, words["anaphora"]):
                candidate.family = speech
            kept.append(candidate)
            continue
        if cue is not None and cue.key in group_of:
            _join(candidate, group_of[cue.key], events)
            kept.append(candidate)
        elif (group := _group_by_speaker(candidate, events)) is not None:
            _join(candidate, group, events)
            kept.append(candidate)
        elif (not candidate.is_verb and _refers_to(scene, candidate, events, words["anaphora"])) or (
            candidate.in_title and candidate.agents
        ):
            kept.append(candidate)
        elif (cue is None or cue.speaker is None) and candidate.is_verb and candidate.agents:
            candidate.aside = True
            lesser.append(candidate)  # "the Dutch government agreed to pay", "Lee announced his resignation"
    present = {c.speech for c in kept if c.speech and not c.in_title}
    for key, keys in events.items():
        if keys not in present:
            made = _made(scene, key, groups[key], keys)
            # "The court ruled that …" is the ruling already.
            if made and not any(c.token == made.token and c.paragraph is made.paragraph for c in kept):
                kept.append(made)
    for candidate in kept:
        if candidate.speech:
            # "He mentioned deposits in Yakutia": what is spoken of, not where it was said.
            where, word = candidate.paragraph, candidate.token
            candidate.places = [key for key in candidate.places if scene.is_set_in(key, where, word)]
    kept = [c for c in kept if not c.speech or _is_key(scene, c.speech, kept, leading)]
    kept += [*_lesser(scene, groups, kept, candidates), *lesser]
    kept.sort(key=lambda c: (not scene.is_outside(c.paragraph), c.paragraph.index, c.token.i))
    return kept


def _lesser(
    scene: Scene, groups: dict[Group, list[StatementMention]], kept: list[Candidate], found: list[Candidate]
) -> list[Candidate]:
    """The speeches that are no news by themselves, beside their statements: for a person to look at.

    The words of a meeting that the headline tells belong to the meeting, and those of a deed in words to the deed.
    """
    held = {key for c in kept for key in c.speech}
    met = {key for c in found if c.in_title and c.family is not None and c.family.symmetric for key in c.actors}
    told = {(c.paragraph.index, c.token.i) for c in kept}
    made = []
    for group, said in groups.items():
        keys = tuple(s.key for s in said)
        if group[0] in met or _is_outlet(scene, group[0]) or held.intersection(keys):
            continue
        speech = _made(scene, group, said, keys)
        if speech is not None and (speech.paragraph.index, speech.token.i) not in told:
            speech.aside = True
            speech.subject = subject_of(speech.token) if speech.token.pos_ == "VERB" else None
            made.append(speech)
    return made


def _is_key(scene: Scene, speech: tuple[str, ...], kept: list[Candidate], leading: set[str]) -> bool:
    """Whether a speech is an event beside its statements: it leads, has a day, or is that of a body or a known name."""
    parts = [c for c in kept if c.speech == speech]
    speakers = {key for c in parts for key in c.agents}
    return (
        bool(speakers & leading)
        or any(c.in_title or c.medium or c.time is not None for c in parts)
        or any(_is_famous(scene, key) or _is_body(scene, key) for key in speakers)
    )


Group = tuple[str, str]


def _groups(scene: Scene) -> dict[Group, list[StatementMention]]:
    """Statements by speaker and medium; those without a medium go with the speaker's only one.

    A video and the social media that it is shared on are one: they carry a speech and are none of their own. What
    somebody said before the article comes to a post of theirs was not posted, and what they said "when" something else
    was done was said then.
    """
    carriers = event_words()["carriers"]
    platforms = set(media_words().platforms.values())
    media: dict[str, dict[str, None]] = defaultdict(dict)
    for statement in scene.statements:
        if statement.speaker and statement.medium:
            media[statement.speaker][statement.medium] = None
    groups: dict[Group, list[StatementMention]] = defaultdict(list)
    for statement in scene.statements:
        if statement.speaker is None:
            continue
        known = list(media[statement.speaker])
        carrying = [m for m in known if m.casefold() in carriers or carriers & set(m.casefold().split())]
        only = known[0] if known and (len(known) == 1 or carrying == known) else ""
        medium = statement.medium or ("" if is_of_another_time(scene.paragraphs, statement) else only)
        if medium in carrying:
            medium = carrying[0]
        posted = medium in platforms and medium not in carrying
        in_body = scene.is_in_body(statement.content[0].start)
        if posted and in_body and statement.medium is None and (statement.speaker, medium) not in groups:
            medium = ""
        groups[statement.speaker, medium].append(statement)
    return groups


def _is_notable(scene: Scene, key: str) -> bool:
    """Whose words are news: somebody of the title, or known, or with an office, or a body; not a customer.

    Nor is the paper that first had the story.
    """
    return bool(scene.cast.by_key[key].role) or _is_body(scene, key) or _is_famous(scene, key)


def _is_body(scene: Scene, key: str) -> bool:
    """Whether an actor is an office, a firm or the like, and no paper."""
    actor = scene.cast.by_key[key]
    return actor.kind not in (ActorKind.PERSON, ActorKind.GROUP) and not _is_outlet(scene, key)


def _is_outlet(scene: Scene, key: str) -> bool:
    """Whether an actor is a paper or the like."""
    return bool(event_words()["outlets"] & set(scene.cast.by_key[key].name.casefold().split()))


def _is_famous(scene: Scene, key: str) -> bool:
    actor = scene.cast.by_key[key]
    title = (scene.document.title or "").casefold()
    return actor.kind is ActorKind.PERSON and (actor.known is not None or actor.name.split()[-1].casefold() in title)


def _leading_speakers(scene: Scene, candidates: list[Candidate]) -> set[str]:
    """Those whose words the headline, the standfirst or the first paragraph reports."""
    speech = event_words().families["speech"]
    first = next((p for p in scene.paragraphs if p.role is BlockRole.BODY), None)
    found = {key for c in candidates if c.family == speech and c.is_verb and c.in_title for key in c.agents}
    for statement in scene.statements:
        at = statement.cue.start if statement.cue else statement.content[0].start
        leads = first is not None and first.start <= at < first.end
        if statement.speaker and leads and statement.cue and _heads_its_sentence(first, at):
            found.add(statement.speaker)
    return found


def _heads_its_sentence(paragraph: Paragraph | None, offset: int) -> bool:
    token = paragraph.token_at(offset) if paragraph else None
    return token is not None and sentence_of(token).start == 0 and sentence_of(token).root in (token, token.head)


def _join(candidate: Candidate, group: Group, events: dict[Group, tuple[str, ...]]) -> None:
    candidate.speech = events[group]
    candidate.medium = group[1] or None
    candidate.kind = EventKind.STATEMENT
    candidate.agents = [group[0]]


def _group_by_speaker(candidate: Candidate, events: dict[Group, tuple[str, ...]]) -> Group | None:
    """The speech of the subject, where there is only one, or the one through the medium that the verb names; a verb
    that does not name it posted nothing."""
    mine = [group for group in events if group[0] in candidate.agents]
    if len(mine) == 1 and (not candidate.is_verb or mine[0][1] not in media_words().platforms.values()):
        return mine[0]
    around = sentence_of(candidate.token).text.casefold()
    return next((group for group in mine if group[1] and group[1].casefold() in around), None)


def _refers_to(
    scene: Scene, candidate: Candidate, events: dict[Group, tuple[str, ...]], anaphora: frozenset[str]
) -> bool:
    """Whether "the discussion about rare earths" means a speech already reported; then it joins it."""
    if candidate.token.lemma_.lower() not in anaphora or candidate.is_verb or candidate.patients:
        return False
    if not any(child.lower_ in ("the", "this", "these", "his", "her", "their") for child in candidate.token.children):
        return False
    about = _content_words([token for token in candidate.token.subtree if token != candidate.token])
    best: tuple[int, Group] | None = None
    for group, keys in events.items():
        if candidate.agents and group[0] not in candidate.agents:
            continue
        said = " ".join(span.text for s in scene.statements if s.key in keys for span in s.content).casefold()
        shared = sum(word in said for word in about) + bool(candidate.agents)
        # "The remarks", and nothing more: those just reported.
        shared += not about and _reported_near(scene, candidate, keys)
        if shared and (best is None or shared > best[0]):
            best = (shared, group)
    if best is None:
        return False
    _join(candidate, best[1], events)
    return True


def _reported_near(scene: Scene, candidate: Candidate, keys: tuple[str, ...]) -> bool:
    """Whether a speech is reported in the same paragraph or the one before, ahead of a word."""
    at = candidate.paragraph.offset(candidate.token)
    around = [p.start for p in scene.paragraphs if p.index == candidate.paragraph.index - 1]
    start = around[0] if around else candidate.paragraph.start
    return any(start <= s.content[0].start < at for s in scene.statements if s.key in keys)


def _content_words(tokens: list[Token]) -> set[str]:
    return {t.lower_ for t in tokens if t.pos_ in ("NOUN", "PROPN", "ADJ") and len(t) > 3}


def _tie_to_speech(
    candidate: Candidate, events: dict[Group, tuple[str, ...]], groups: dict[Group, list[StatementMention]]
) -> None:
    """A video that goes viral is that of the one who speaks in it."""
    if candidate.subject is None or candidate.actors:
        return
    noun = candidate.subject.lemma_.casefold()
    for speaker, medium in events:
        if medium and noun in medium.casefold().split():
            candidate.patients = [speaker]
            candidate.medium = medium
            return


def _made(scene: Scene, group: Group, said: list[StatementMention], keys: tuple[str, ...]) -> Candidate | None:
    """A candidate from the statement itself, where its cue is no event word."""
    family = event_words().families["speech"]
    for statement in said:
        at = statement.cue.start if statement.cue else None
        for paragraph in scene.paragraphs:
            if at is None or not paragraph.start <= at < paragraph.end or paragraph.role is BlockRole.TITLE:
                continue
            token = paragraph.token_at(at)
            if token is None or statement.cue is None:
                continue
            last = paragraph.token_at(statement.cue.end - 1) or token
            made = Candidate(
                paragraph=paragraph,
                token=token,
                words=(token, last if last.i >= token.i else token),
                kind=EventKind.STATEMENT,
                family=family,
                agents=[group[0]],
                patients=[],
                places=[],
                hedged=statement.hedged,
                speech=keys,
                medium=group[1] or None,
            )
            return made if set_times(scene, made) else None
    return None
