"""Where an event took place: what hangs on its words, the title, its sentences, the dateline, or else the opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from spacy.tokens import Token

from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.closeness import closest, is_known, mapped, narrowed
from timeline.extraction.events.headings import at_home_event, beside_title, in_title, labelled, of_title
from timeline.extraction.events.home import home_of
from timeline.extraction.events.journeys import in_space, journey_of, launch_of
from timeline.extraction.events.opening import VERBAL, content, is_early, opening_sentences
from timeline.extraction.events.passing import lands, lived_in, named_in, of_nation, spoken_of
from timeline.extraction.events.placing import Setting, Stretch, set_in
from timeline.extraction.events.scene import Scene, named_by
from timeline.extraction.events.times import INCIDENTS
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.places.datelines import find_datelines
from timeline.extraction.places.gazetteer import place_words
from timeline.vocabulary import BlockRole

# What so many sentences say of the place goes before the dateline.
BEFORE = 3
# The words that a sentence shares with what an event tells, where it names nobody who takes part.
SHARED = 2


def setting_of(scene: Scene, happening: Happening, *, is_main: bool) -> Setting | None:
    """Where an event took place, by the first that tells it; only of the main event what stands further off.

    Measured on twenty-four articles of 2016 whose readers name a place: what hangs on its words and the title were
    right for 11 of 13, datelines and what is named in passing for 5 of 6; for three articles nothing was found.
    """
    opening = list(opening_sentences(scene)) if is_main else []
    early = [c for c in happening.candidates if c.in_title or not is_main or is_early(scene, c)]
    own = [(c.paragraph, sentence_of(c.token)) for c in early if not c.in_title]
    stretches = [*own, *opening]
    unknown = None
    beside = chain(_attached(scene, early), _around_parties(scene, early))
    for found in _told(scene, happening, early, own, opening) if is_main else beside:
        if found.at_home:
            return unknown or narrowed(scene, found.place, own) or found
        if found.pinned or is_known(scene, found.place):
            return narrowed(scene, found.place, stretches) or found
        unknown = unknown or mapped(scene, found.place, stretches) or found
    return unknown


def _told(
    scene: Scene, happening: Happening, early: list[Candidate], own: list[Stretch], opening: list[Stretch]
) -> Iterator[Setting]:
    spoken = happening.is_speech or happening.first.kind in VERBAL
    yield from _attached(scene, early)
    yield from in_title(scene, happening)
    yield from _around_parties(scene, early)
    yield from set_in(scene, happening, own, spoken=spoken)
    yield from in_space(scene, happening, own if spoken else [*own, *opening[:BEFORE]])
    for _, sentence in own:
        yield from () if spoken else at_home_event(scene, sentence.text)
    yield from _attached(scene, happening.candidates)
    if not happening.is_speech:
        yield from of_title(scene, happening)
        yield from set_in(scene, happening, opening[:BEFORE], spoken=spoken)
    yield from launch_of(scene, happening, [*own, *opening])
    yield from journey_of(scene, happening, [*own, *opening])
    yield from _filed(scene)
    yield from (found for found in labelled(scene, happening) if not scene.is_country(found.place))
    for key, proof in home_of(scene, happening):
        yield Setting(key, proof, at_home=True)
    if not happening.is_speech:
        later = [told for told in opening[BEFORE:] if _goes_on(scene, happening, told)]
        yield from set_in(scene, happening, [*later, *_captions(scene)], spoken=spoken)
    yield from beside_title(scene, happening)
    if not spoken and not happening.is_speech:
        yield from named_in(scene, happening, own, opening)
    yield from lived_in(scene, [*own, *opening[:BEFORE]])
    if len(lands(scene, opening)) < 2:
        yield from labelled(scene, happening)
    title = [(scene.title, scene.title.doc[:])] if scene.title is not None else []
    yield from spoken_of(scene, [*title, *opening[:BEFORE]])
    yield from of_nation(scene, happening, opening)


def _goes_on(scene: Scene, happening: Happening, stretch: Stretch) -> bool:
    """Whether a sentence goes on telling of an event: it names who takes part, shares its words, or refers back."""
    paragraph, sentence = stretch
    start, end = paragraph.start + sentence.start_char, paragraph.start + sentence.end_char
    if happening.first.kind in INCIDENTS or any(a.key in happening.actors for a, _ in scene.cast.between(start, end)):
        return True
    told = frozenset[str]().union(*(content(sentence_of(c.token)) for c in happening.candidates))
    return len(told & content(sentence)) >= SHARED or _refers_back(scene, paragraph, sentence[0])


def _refers_back(scene: Scene, paragraph: Paragraph, first: Token) -> bool:
    """ "The six-year-old fell into a well": whom or what has been told, if it is nobody else."""
    if first.tag_ not in ("DT", "PRP", "PRP$") or first.lower_ in ("a", "an"):
        return False
    return scene.actor_of(paragraph, first if first.tag_ == "PRP" else first.head) is None


def _attached(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Setting]:
    keys = list(dict.fromkeys(key for c in candidates for key in c.places))
    if keys:
        yield Setting(closest(scene, keys))


def _around_parties(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Setting]:
    """ "A storm hit Jamaica", "Judges in Oslo agreed"."""
    for candidate in (c for c in candidates if c.is_verb):
        paragraph = candidate.paragraph
        for verb in (candidate.token, *(t for t in candidate.token.children if t.dep_ == "xcomp")):
            if verb.lemma_.lower() in place_words()["where_objects"]:
                struck = [t for t in verb.children if t.dep_ in ("dobj", "nsubjpass")]
                named = [t for noun in struck for t in _within(noun)]
                keys = [scene.place_at(paragraph, token) for token in named]
                yield from (Setting(key) for key in keys if key)
        if candidate.subject is not None and not candidate.subject.text[0].isupper():
            yield from (Setting(key) for key in scene.places_of(paragraph, candidate.subject))


def _within(noun: Token) -> list[Token]:
    """A name, or that behind "the commonwealth of"."""
    return named_by(noun) if noun.lemma_.lower() in place_words()["kinds"] else [noun]


CAPTIONS = 2


def _captions(scene: Scene) -> list[Stretch]:
    """The sentences of the first captions: a picture of what happened says where."""
    captions = [paragraph for paragraph in scene.paragraphs if paragraph.role is BlockRole.CAPTION]
    return [(paragraph, sentence) for paragraph in captions[:CAPTIONS] for sentence in paragraph.doc.sents]


def _filed(scene: Scene) -> Iterator[Setting]:
    """The town the report was filed from."""
    for span, _ in find_datelines(scene.document):
        yield from (Setting(key, span) for key, place in scene.places.items() if span in place.mentions)
