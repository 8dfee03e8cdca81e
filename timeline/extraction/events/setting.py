"""Where an event took place: what hangs on its words, the title, its sentences, the dateline, or else the opening."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.home import home_of
from timeline.extraction.events.opening import VERBAL, is_early, opening_sentences, places_another
from timeline.extraction.events.scene import (
    AT,
    Scene,
    answers,
    is_about,
    is_at,
    is_ranked,
    is_scene_of,
    is_spoken_of,
    named_by,
)
from timeline.extraction.events.times import INCIDENTS
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import Span
from timeline.extraction.names import table, titles, word_list, words
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.places.datelines import find_datelines
from timeline.extraction.places.gazetteer import place_words, spots
from timeline.extraction.places.space import BEYOND
from timeline.extraction.places.toponyms import find_home_events
from timeline.vocabulary import BlockRole, EventKind, MentionForm

# Something happens at these, and goes elsewhere along the others: "aid to Ukraine".
_WITHIN = AT - {"to", "into", "across"}
# What so many sentences say of the place goes before the dateline.
BEFORE = 3
_Stretch = tuple[Paragraph, DocSpan]


@dataclass(frozen=True, slots=True)
class Setting:
    """The key of a place, with the words that name it where they do not hang on the event's own.

    `at_home` is the country of who acts, or one named in passing, or the one place spoken of: no more is told.
    """

    place: str
    proof: Span | None = None
    at_home: bool = False


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
            return unknown or _narrowed(scene, found.place, own) or found
        if is_known(scene, found.place):
            return _narrowed(scene, found.place, stretches) or found
        unknown = unknown or _mapped(scene, found.place, stretches) or found
    return unknown


def _told(
    scene: Scene, happening: Happening, early: list[Candidate], own: list[_Stretch], opening: list[_Stretch]
) -> Iterator[Setting]:
    spoken = happening.is_speech or happening.first.kind in VERBAL
    yield from _attached(scene, early)
    yield from _in_title(scene, happening)
    yield from _around_parties(scene, early)
    yield from _set_in(scene, happening, own, spoken=spoken)
    yield from _in_space(scene, happening, own)
    for _, sentence in own:
        yield from () if spoken else _at_home(scene, sentence.text)
    yield from _attached(scene, happening.candidates)
    if not happening.is_speech:
        yield from _of_title(scene, happening)
        yield from _set_in(scene, happening, opening[:BEFORE], spoken=spoken)
    yield from _filed(scene)
    yield from (found for found in _labelled(scene, happening) if not scene.is_country(found.place))
    if not happening.is_speech:
        yield from _set_in(scene, happening, [*opening[BEFORE:], *_captions(scene)], spoken=spoken)
    for key, proof in home_of(scene, happening):
        yield Setting(key, proof, at_home=True)
    if not spoken and not happening.is_speech:
        yield from _named_in(scene, happening, own, opening)
    yield from _lived_in(scene, [*own, *opening[:BEFORE]])
    yield from _beside_title(scene, happening)
    if len(_lands(scene, opening)) < 2:
        yield from _labelled(scene, happening)
    yield from _spoken_of(scene, opening[:BEFORE])


def _attached(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Setting]:
    keys = list(dict.fromkeys(key for c in candidates for key in c.places))
    if keys:
        yield Setting(_closest(scene, keys))


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


def is_known(scene: Scene, key: str) -> bool:
    """Whether the map has a place, or it is in space, or a hall, tower or street with a name of its own."""
    place = scene.places[key]
    first, *_, last = f"{place.name} {place.name}".split()
    own_name = " " in place.name and knowledge.load().of_nation(first) is None
    return (
        place.latitude is not None or place.name in BEYOND or (own_name and last.lower() in place_words()["facilities"])
    )


def _closest(scene: Scene, keys: list[str]) -> str:
    """The place that is named most closely: a venue before the town around it, a town before its country."""
    around = {scene.places[key].part_of for key in keys}
    venues = (key for key in keys if scene.places[key].part_of and scene.places[key].name not in around)
    country = scene.places[keys[0]].country
    within = (key for key in keys if scene.places[key].country == country and not is_wide(scene, key))
    return next(venues, None) or next(within if is_wide(scene, keys[0]) else iter(()), keys[0])


def is_wide(scene: Scene, key: str) -> bool:
    """Whether a place is a country or region, in which a town may be meant."""
    return scene.is_country(key) or any(spot.is_region for spot in spots(scene.places[key].name))


def _mapped(scene: Scene, key: str, stretches: list[_Stretch]) -> Setting | None:
    """The town in which a sentence sets a place that no map knows: "near the Mill Lane stop in Croydon"."""
    for paragraph, sentence in stretches:
        keys = [(token, scene.place_at(paragraph, token)) for token in sentence]
        if not any(here == key for _, here in keys):
            continue
        for token, here in keys:
            if here is not None and here != key and scene.places[here].latitude is not None and sets(token):
                return Setting(here, scene.span(paragraph, token))
    return None


def _narrowed(scene: Scene, key: str, stretches: list[_Stretch]) -> Setting | None:
    """The town of a wide place: "Baoding, Hebei province", "Afghanistan's city of Kunduz"; elsewhere none is meant."""
    country = scene.places[key].country
    if not is_wide(scene, key) or country is None or _is_listed(scene, key, stretches):
        return None
    for paragraph, sentence in stretches:
        for token in sentence:
            inner = scene.place_at(paragraph, token)
            if inner is None or inner == key or scene.places[inner].country != country or is_wide(scene, inner):
                continue
            if _is_within(token) and not scene.in_quotation(paragraph, token):
                return Setting(inner, scene.span(paragraph, token))
    return None


def _is_listed(scene: Scene, key: str, stretches: list[_Stretch]) -> bool:
    """ "In France, Spain and Italy": no town of one of them is meant."""
    return any(
        scene.place_at(paragraph, token) == key
        and (token.dep_ == "conj" or any(child.dep_ == "conj" and child.pos_ == "PROPN" for child in token.children))
        for paragraph, sentence in stretches
        for token in sentence
    )


def _is_within(token: Token) -> bool:
    """ "in Kunduz", "in Kunduz province", "Afghanistan's Kunduz city", "the city of Kunduz"."""
    if sets(token):
        return True
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "of":
        return head.head.lemma_.lower() in place_words()["kinds"] and not _is_elsewhere(head.head)
    if token.dep_ in ("compound", "nmod", "poss", "appos"):
        return sets(head) or (head.lemma_.lower() in place_words()["kinds"] and not answers(token))
    return False


# --- the title -----------------------------------------------------------------------------------------------------


def _in_title(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Blast in Oslo", "Oslo plane crash kills ten", "Oslo plane crash: pilot held", "Rain at French Open"."""
    clause = next((c.headline for c in happening.candidates if c.headline), None)
    if clause is None:
        return
    doc, nouns = clause.paragraph.doc, event_words().nouns.keys() | event_words()["verbless"]
    beside: list[Setting] = []
    for token in doc:
        key = scene.place_at(clause.paragraph, token)
        if key is None or places_another(token) or key == scene.place_at(clause.paragraph, token.head):
            continue  # no place, another's, or the beginning of a name of several words
        head = token
        while head.dep_ in ("compound", "nmod", "npadvmod") and head.head != head:
            head = head.head
        free = scene.venue_of(clause.paragraph, token) is not None or is_scene_of(head)
        if (token.i >= clause.first or _opens(token)) and sets(head) and (head is token or free):
            yield Setting(key)
        elif free and head.i != token.i and head.lemma_.lower() in nouns:
            beside.append(Setting(key))
    yield from beside
    yield from _at_home(scene, doc.text)


def _in_space(scene: Scene, happening: Happening, own: list[_Stretch]) -> Iterator[Setting]:
    """ "A mission to the far side of the Moon": whoever goes there acts there."""
    titles_of = [(c.paragraph, c.paragraph.doc[:]) for c in happening.candidates if c.headline]
    for paragraph, sentence in [*titles_of, *own]:
        for token in sentence:
            key = scene.place_at(paragraph, token) if token.dep_ == "pobj" else None
            if key is not None and scene.places[key].name in BEYOND and token.head.lower_ in AT | {"for"}:
                yield Setting(key)


def _of_title(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Stores in Oslo lower prices": where a title that nobody could parse sets what the opening tells."""
    title = scene.title
    if title is None or any(c.in_title for c in happening.candidates):
        return
    for token in title.doc:
        key = scene.place_at(title, token)
        if key is not None and sets(token) and not places_another(token) and not is_spoken_of(token):
            yield Setting(key)


def _labelled(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Lviv: Five hurt by missiles", "Ukraine war: Civilians abducted": the word before the colon of a title."""
    title = scene.title
    colon = next((t for t in title.doc[:LABEL] if t.text == ":"), None) if title is not None else None
    if title is None or colon is None or happening.is_speech or happening.first.kind in VERBAL:
        return
    key = scene.place_at(title, title.doc[0])
    bare = all(scene.place_at(title, token) == key for token in title.doc[: colon.i])
    about = title.doc[colon.i - 1].lemma_.lower() in event_words()["elsewhere"]
    if key is not None and is_known(scene, key) and (bare or (about and happening.first.kind in INCIDENTS)):
        yield Setting(key)


# Words of a title before a colon that may name a place.
LABEL = 5


def _opens(token: Token) -> bool:
    """ "In China, wins churn up supporters"."""
    return token.dep_ == "pobj" and token.head.i == 0


def _at_home(scene: Scene, text: str) -> Iterator[Setting]:
    """The country of "the Brazilian Grand Prix"."""
    countries = knowledge.load().countries
    for _, _, state in find_home_events(text):
        yield from (Setting(key) for key, place in scene.places.items() if place.name == countries[state].name)


def _beside_title(scene: Scene, happening: Happening) -> Iterator[Setting]:
    """ "Oslo zoo bear escapes": what a title names in passing, as the last that tells anything."""
    clause = next((c.headline for c in happening.candidates if c.headline), None)
    for token in clause.paragraph.doc if clause else ():
        if token.dep_ in ("compound", "nmod", "poss") and not places_another(token):
            key = scene.venue_of(clause.paragraph, token) if clause else None
            if key and is_known(scene, key) and not scene.is_country(key) and not _is_seat(scene, key):
                yield Setting(key)


def _spoken_of(scene: Scene, opening: list[_Stretch]) -> Iterator[Setting]:
    """The place that an article names much more often than any other, and in its first sentences.

    Read in two hundred articles: thirteen had one where nothing else told a place, and ten were right, before it had
    to stand in the first sentences too.
    """
    often = sorted(scene.places.values(), key=lambda place: -len(place.mentions))[:2]
    counts = [len(place.mentions) for place in often]
    if not counts or counts[0] < OFTEN or counts[0] < 2 * sum(counts[1:]):
        return
    for paragraph, sentence in opening:
        token = next((t for t in sentence if scene.place_at(paragraph, t) == often[0].key), None)
        if token is not None:
            yield Setting(often[0].key, scene.span(paragraph, token), at_home=True)
            return


OFTEN = 4


# --- sentences -----------------------------------------------------------------------------------------------------


def sets(token: Token) -> bool:
    """ "in Croydon", "near the station": not "aid to Ukraine", nor "the war in Ukraine", which is elsewhere."""
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        token = token.head  # "in Karol Bagh, New Delhi"
    prep = token.head
    if token.dep_ != "pobj" or is_about(prep, token) or answers(token):
        return False
    if prep.lower_ not in _WITHIN:
        if prep.lower_ == "over":
            return is_at(prep)
        return prep.lower_ == "from" and prep.head.lemma_.lower() in place_words()["departs"]
    head = prep.head
    return not (_is_elsewhere(head) or _describes(head) or _is_of_school(head) or is_ranked(head))


def _is_of_school(head: Token) -> bool:
    """ "Researchers from the University of Colorado at Boulder": where that is."""
    while head.dep_ in ("prep", "pobj", "appos", "compound"):
        if (
            head.lemma_.lower() in place_words()["schools"]
            and head.dep_ == "pobj"
            and head.head.lower_ in ("from", "of")
        ):
            return True
        head = head.head
    return False


def _describes(head: Token) -> bool:
    """ "She was a student at a college in Oslo", "Louisiana, a state on the Gulf": what it is, not what happened."""
    while head.pos_ not in ("VERB", "AUX") and head.head != head:
        if head.dep_ == "appos" and head.lemma_.lower() in place_words()["kinds"]:
            return True
        head = head.head
    return head.lemma_ == "be" and any(child.dep_ == "attr" and child.pos_ == "NOUN" for child in head.children)


def _is_elsewhere(head: Token) -> bool:
    """Whether a place beside a word tells where that is, or somebody comes from, and not where the event was."""
    lemma = head.lemma_.lower()
    return lemma in event_words()["elsewhere"] or lemma in place_words()["of_origin"]


def _set_in(scene: Scene, happening: Happening, stretches: list[_Stretch], *, spoken: bool) -> Iterator[Setting]:
    """Places at which the sentences set something; where the event is `spoken` words, not those it speaks of."""
    for paragraph, sentence in stretches:
        for token in sentence:
            if not sets(token) or scene.in_quotation(paragraph, token):
                continue
            if places_another(token) and happening.first.kind not in INCIDENTS:
                continue
            if _is_said_by(scene, paragraph.offset(token), happening.actors) or is_spoken_of(token):
                continue
            if _is_of_another(scene, happening, paragraph, token):
                continue
            if not (spoken and scene.is_reported(paragraph.offset(token))):
                for word in (token, *(t for t in token.lefts if t.dep_ == "compound")):
                    key = _free_place(scene, happening, paragraph, word)
                    # "in Nairobi hospitals" are there, "in US politics" are not.
                    if key and (word is token or not scene.is_country(key)):
                        yield Setting(key, scene.span(paragraph, word))


def _is_said_by(scene: Scene, offset: int, actors: Sequence[str]) -> bool:
    """Whether one who acts says the words at an offset: what they speak of is not where they act."""
    return any(span.start <= offset < span.end for s in scene.statements if s.speaker in actors for span in s.content)


def _is_of_another(scene: Scene, happening: Happening, paragraph: Paragraph, token: Token) -> bool:
    """Whether a place stands in a clause of somebody else: "… while the court in Edinburgh had ruled against it"."""
    verb = token.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    told = any(c.paragraph is paragraph and c.token == verb for c in happening.candidates)
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if told or subject is None or happening.first.kind in INCIDENTS:
        return False
    others = scene.actors_of(paragraph, subject)
    return bool(others) and not set(others) & set(happening.actors)


def _named_in(scene: Scene, happening: Happening, own: list[_Stretch], opening: list[_Stretch]) -> Iterator[Setting]:
    """Places that the sentences name in passing: "the firm's Kenyan range" does not, "its Nairobi plant" does.

    A country further on than the event's own sentences only where no other is spoken of.
    """
    lands = _lands(scene, opening)
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
                or _is_elsewhere(head)
                or (after.startswith("-") and after != "-only")
                or scene.in_quotation(paragraph, token)
            ):
                continue
            key = _free_place(scene, happening, paragraph, token)
            if not key or key == scene.place_at(paragraph, head) or not is_known(scene, key) or _is_seat(scene, key):
                continue
            family = event_words().nouns.get(head.lemma_.lower())
            if scene.is_country(key) and family is not None and family.kind not in AT_HOME:
                continue  # "the Ukraine talks"
            if not scene.is_country(key):
                yield Setting(key, scene.span(paragraph, token))
            elif token.dep_ != "poss" and (at < len(own) or len(lands) == 1):
                yield Setting(key, scene.span(paragraph, token), at_home=True)


def _lands(scene: Scene, stretches: list[_Stretch]) -> set[str | None]:
    """The countries of the places that some sentences name, and of those that the title names."""
    title = scene.title
    named = [*stretches, *([(title, title.doc[:])] if title is not None else [])]
    keys = {scene.place_at(paragraph, token) for paragraph, sentence in named for token in sentence}
    return {scene.places[key].country for key in keys if key is not None}


# What a country has within itself: its elections, its trials, its fires.
AT_HOME = INCIDENTS - {EventKind.ATTACK} | {EventKind.VOTE, EventKind.JUSTICE, EventKind.PROTEST}


def _is_seat(scene: Scene, key: str) -> bool:
    """ "White House records" are not kept there: who governs from a house bears its name."""
    known = knowledge.load()
    hits = (hit for found in known.find(words(scene.places[key].name)) for hit in found.hits)
    return any(hit.alias.form is MentionForm.METONYM and not hit.alias.capital for hit in hits)


def _lived_in(scene: Scene, stretches: list[_Stretch]) -> Iterator[Setting]:
    """ "A Baltimore man", "the Erie, Pennsylvania, resident": the town of whom no more is told."""
    for paragraph, sentence in stretches:
        for token in sentence:
            beside = token.dep_ in ("compound", "nmod", "npadvmod", "appos", "amod")
            if not beside or token.head.lemma_.lower() not in place_words()["residents"] or token.i > token.head.i:
                continue
            key = scene.place_at(paragraph, token)
            if key and is_known(scene, key) and not scene.is_country(key):
                yield Setting(key, scene.span(paragraph, token), at_home=True)


def _free_place(scene: Scene, happening: Happening, paragraph: Paragraph, token: Token) -> str | None:
    """The place that a word names, unless somebody who takes part bears the name."""
    key = scene.place_at(paragraph, token)
    actor = scene.actor_of(paragraph, token) if key else None
    return key if actor is None or actor.key not in happening.actors else None


def _captions(scene: Scene) -> list[_Stretch]:
    """The sentences of the first captions: a picture of what happened says where."""
    captions = [paragraph for paragraph in scene.paragraphs if paragraph.role is BlockRole.CAPTION]
    return [(paragraph, sentence) for paragraph in captions[:CAPTIONS] for sentence in paragraph.doc.sents]


CAPTIONS = 2


# --- the dateline --------------------------------------------------------------------------------------------------


def _filed(scene: Scene) -> Iterator[Setting]:
    """The town the report was filed from."""
    for span, _ in find_datelines(scene.document):
        yield from (Setting(key, span) for key, place in scene.places.items() if span in place.mentions)
