"""What an event is called: the clause of the headline, or the telling of the text that names most."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.opening import content
from timeline.extraction.events.reported import title_of_speech
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.titles import title_of

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
        return title_of_speech(scene, [c for c in happening.candidates if c.speech])
    return _fullest(scene, happening, happening.candidates)


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
