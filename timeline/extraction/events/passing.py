"""Places named in passing: what is told of a place where nothing says that something happened there."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.closeness import is_known
from timeline.extraction.events.home import nations
from timeline.extraction.events.placing import Setting, Stretch, free_place, is_elsewhere
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.times import INCIDENTS
from timeline.extraction.events.words import event_words
from timeline.extraction.names import table, titles, word_list, words
from timeline.extraction.places.gazetteer import place_words
from timeline.vocabulary import EventKind, MentionForm


def named_in(scene: Scene, happening: Happening, own: list[Stretch], opening: list[Stretch]) -> Iterator[Setting]:
    """Places that the sentences name in passing: "the firm's Kenyan range" does not, "its Nairobi plant" does.

    A country further on than the event's own sentences only where no other is spoken of.
    """
    spoken_of_lands = lands(scene, opening)
    institutions = word_list("en", "institutions.txt")
    people = {row[0] for row in table("en", "people.txt")}
    for at, (paragraph, sentence) in enumerate([*own, *opening]):
        for token in sentence:
            head, after = token.head, token.doc[token.i + 1 : token.i + 3].text
            if token.dep_ not in ("compound", "nmod", "poss", "npadvmod", "amod") and after != "-only":
                continue
            if (
                head.lemma_.lower() in titles()
                or head.lemma_.lower() in people
                or head.text.capitalize() in institutions
                or is_elsewhere(head)
                or (after.startswith("-") and after != "-only")
                or scene.in_quotation(paragraph, token)
            ):
                continue
            key = free_place(scene, happening, paragraph, token)
            if not key or key == scene.place_at(paragraph, head) or not is_known(scene, key) or is_seat(scene, key):
                continue
            family = event_words().nouns.get(head.lemma_.lower())
            if scene.is_country(key) and family is not None and family.kind not in AT_HOME:
                continue  # "the Ukraine talks"
            if not scene.is_country(key):
                yield Setting(key, scene.span(paragraph, token))
            elif token.dep_ != "poss" and (at < len(own) or len(spoken_of_lands) == 1):
                yield Setting(key, scene.span(paragraph, token), at_home=True)


def lands(scene: Scene, stretches: list[Stretch]) -> set[str | None]:
    """The countries of the places that some sentences name, and of those that the title names."""
    title = scene.title
    named = [*stretches, *([(title, title.doc[:])] if title is not None else [])]
    keys = {scene.place_at(paragraph, token) for paragraph, sentence in named for token in sentence}
    return {scene.places[key].country for key in keys if key is not None}


def is_seat(scene: Scene, key: str) -> bool:
    """ "White House records" are not kept there: who governs from a house bears its name."""
    known = knowledge.load()
    hits = (hit for found in known.find(words(scene.places[key].name)) for hit in found.hits)
    return any(hit.alias.form is MentionForm.METONYM and not hit.alias.capital for hit in hits)


def lived_in(scene: Scene, stretches: list[Stretch]) -> Iterator[Setting]:
    """ "A Baltimore man", "the Erie, Pennsylvania, resident": the town of whom no more is told."""
    for paragraph, sentence in stretches:
        for token in sentence:
            beside = token.dep_ in ("compound", "nmod", "npadvmod", "appos", "amod")
            if not beside or token.head.lemma_.lower() not in place_words()["residents"] or token.i > token.head.i:
                continue
            key = scene.place_at(paragraph, token)
            if key and is_known(scene, key) and not scene.is_country(key):
                yield Setting(key, scene.span(paragraph, token), at_home=True)


def of_nation(scene: Scene, happening: Happening, opening: list[Stretch]) -> Iterator[Setting]:
    """ "An Irish singer dies": the one nation of whom the title or whoever acts is called, where nothing else is named.

    Not that of those who may well be abroad ("an Irish tourist"), nor of a thing named after it.
    """
    headed = [(c.paragraph, list(c.paragraph.doc)) for c in happening.candidates if c.headline]
    acting = [(c.paragraph, list(c.subject.subtree)) for c in happening.candidates if c.subject is not None]
    named = {
        name
        for paragraph, words in [*headed, *acting]
        for name, first, last in nations(scene, paragraph, words)
        if _calls(first, last)
    }
    countries = {place.name: key for key, place in scene.places.items() if place.name == place.country}
    if len(named) == 1 and lands(scene, opening) <= named and (key := countries.get(*named)):
        yield Setting(key, at_home=True)


def _calls(first: Token, last: Token) -> bool:
    """ "The Irish singer", "Mexican butterflies", "US singer": not "the Peru Papers", nor an Irish tourist."""
    heads = {first.head.lemma_.lower(), last.head.lemma_.lower()}
    if last.dep_ not in ("amod", "compound", "nmod") or heads & place_words()["abroad"]:
        return False
    people = titles().union(row[0] for row in table("en", "people.txt"))
    return last.pos_ == "ADJ" or bool(heads & people)


def spoken_of(scene: Scene, opening: list[Stretch]) -> Iterator[Setting]:
    """The place that an article names much more often than any other, and in its first sentences.

    Read in two hundred articles: thirteen had one where nothing else told a place, and ten were right, before it had
    to stand in the first sentences too. No country, where the title names another beside it ("Kurds announce deal with
    Syria as Turkey invades").
    """
    often = sorted(scene.places.values(), key=lambda place: -len(place.mentions))[:2]
    counts = [len(place.mentions) for place in often]
    if not counts or counts[0] < OFTEN or counts[0] < 2 * sum(counts[1:]):
        return
    if scene.is_country(often[0].key) and lands(scene, []) - {often[0].country}:
        return
    for paragraph, sentence in opening:
        token = next((t for t in sentence if scene.place_at(paragraph, t) == often[0].key), None)
        if token is not None:
            yield Setting(often[0].key, scene.span(paragraph, token), at_home=True)
            return


# What a country has within itself: its elections, its trials, its fires.
AT_HOME = INCIDENTS - {EventKind.ATTACK} | {EventKind.VOTE, EventKind.JUSTICE, EventKind.PROTEST}


OFTEN = 4
