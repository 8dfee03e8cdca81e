"""What an event is called: the clause of the headline, or the telling of the text that names most."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.opening import content
from timeline.extraction.events.reported import title_of_speech, told_of_speech
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.titles import is_sentence, loose_title_of, title_of
from timeline.extraction.events.trifles import is_trifle
from timeline.extraction.events.wellformed import MEN_AND_WOMEN, needs_context
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import StatementMention
from timeline.vocabulary import ActorKind

MAX_WORDS = 24
# Letters by which two forms of a word are taken for one.
STEM = 5


def name_of(scene: Scene, happening: Happening) -> str:
    """The title of an event, a short sentence; '' where no words make one.

    A headline without a verb, or of a plan, gives way to a sentence of the text that tells the same.
    """
    headed = next((c for c in happening.candidates if c.headline), None)
    clause = headed.headline if headed else None
    if headed is not None and clause is not None:
        told = [c for c in happening.candidates if not c.in_title and c.is_verb and not c.speech]
        if clause.planned:
            told = [c for c in told if c.carries_out(headed)]
        elif clause.nominal:
            told = [c for c in told if takes_up(scene, c, clause)]
        if (clause.planned or clause.nominal) and (text := _fullest(scene, happening, told)):
            return text
        text = clause.text(scene)
        if 3 <= len(text.split()) <= MAX_WORDS:
            return text
    if happening.is_speech:
        deeds = [c for c in happening.candidates if c.family is None or c.family.name != "speech"]
        deeds = [c for c in deeds if c.token.lemma_.lower() not in event_words()["reporting"]]
        words = title_of_speech(scene, [c for c in happening.candidates if c.speech])
        return words or _fullest(scene, happening, deeds)  # "dismissed the claim", "blamed the weather"
    return _fullest(scene, happening, happening.candidates)


def told_by(scene: Scene, happening: Happening) -> StatementMention | None:
    """The statement whose words are the title of a speech; None where the title is of something else."""
    spoken = [c for c in happening.candidates if c.speech]
    title, statement = told_of_speech(scene, spoken) if spoken else ("", None)
    return statement if title == happening.title else None


def loose_name_of(scene: Scene, happening: Happening) -> str:
    """The clause of an event that has no better title, in the words of the text; '' where none is fit."""
    return next((title for c in happening.candidates if (title := loose_title_of(scene, c))), "")


# How often an entry is right, at most, whose title is no sentence or is plain only beside its text.
UNCLEAR = 0.8


def clear_to(scene: Scene, happening: Happening, title: str) -> float:
    """How sure an event of this title may be taken: 1.0, or `UNCLEAR` where a person should look at the title first."""
    headed = next((c for c in happening.candidates if c.headline), None)
    clause = headed.headline if headed else None
    persons = [actor.name for actor in scene.cast.actors if actor.kind is ActorKind.PERSON]
    persons += [name.rpartition(" ")[2] for name in persons]
    if needs_context(title, persons):
        return UNCLEAR
    if clause is not None and title == clause.text(scene):
        state = headed is not None and (
            is_trifle(headed) or (clause.word.lemma_.lower() in event_words()["stative"] and clause.word.lemma_ != "be")
        )
        return UNCLEAR if clause.nominal or state else 1.0
    if happening.is_speech:
        told = told_of_speech(scene, [c for c in happening.candidates if c.speech])[1]
        return 1.0 if told is None or _points_inside(scene, told, title) else UNCLEAR
    telling = [c for c in happening.candidates if title_of(scene, c) == title]
    if telling and not any(is_sentence(scene, c, title) for c in telling):
        return UNCLEAR
    return 1.0


def _points_inside(scene: Scene, statement: StatementMention, title: str) -> bool:
    """Whether "he" and "she" of a reported clause are the speaker or somebody whom the title names."""
    for span in statement.content:
        paragraph = next((p for p in scene.paragraphs if p.start <= span.start < p.end), None)
        tokens = [t for t in paragraph.doc if span.start <= paragraph.offset(t) < span.end] if paragraph else []
        for token in tokens:
            pointing = token.lower_ in MEN_AND_WOMEN or token.lower_ in ("they", "them")
            if paragraph is None or not pointing or scene.in_quotation(paragraph, token):
                continue
            meant = scene.actor_of(paragraph, token)
            if meant is None and token.lower_ in ("they", "them"):
                if any(t.tag_ in ("NNS", "NNPS") or t.lower_ == "and" for t in tokens if t.i < token.i):
                    continue
                return False
            if meant is None or (meant.key != statement.speaker and meant.name not in title):
                return False
    return True


def takes_up(scene: Scene, candidate: Candidate, clause: Headline) -> bool:
    """Whether the title of a telling in the text has at least two words of the headline that it stands for."""
    title = title_of(scene, candidate).lower()
    stems = {lemma[:STEM] for lemma in content(clause.paragraph.doc)}
    return len(stems & {word[:STEM] for word in title.split()}) >= 2


def _fullest(scene: Scene, happening: Happening, candidates: Iterable[Candidate]) -> str:
    """The title of whichever telling names most; '' where none makes a sentence."""
    best: tuple[float, str] = (-1.0, "")
    for candidate in candidates:
        text = title_of(scene, candidate)
        if not text:
            continue
        named = sum(scene.cast.by_key[key].name in text for key in happening.actors)
        worth = named + 0.5 * candidate.is_verb + 0.3 * bool(candidate.places) - 0.05 * max(0, len(text.split()) - 12)
        if worth > best[0]:
            best = (worth, text)
    return best[1]
