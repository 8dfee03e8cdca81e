"""The country in which a state, its bodies and its people act: at home, where nothing says that they act elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.closeness import is_wide
from timeline.extraction.events.opening import is_early
from timeline.extraction.events.scene import Scene, in_phrase
from timeline.extraction.events.words import event_words
from timeline.extraction.mentions import ActorMention, Span
from timeline.extraction.names import table, titles, word_list
from timeline.extraction.paragraphs import Paragraph, sentence_of
from timeline.extraction.places.gazetteer import country_names, place_words
from timeline.vocabulary import ActorKind, EventKind

# What is done to others, or with them, is done where they are as well as not.
ABROAD = frozenset({EventKind.MEETING, EventKind.ATTACK, EventKind.AGREEMENT, EventKind.COOPERATION, EventKind.AID})
STATES = frozenset({ActorKind.STATE, ActorKind.GOVERNMENT})


def home_of(scene: Scene, happening: Happening) -> Iterator[tuple[str, Span | None]]:
    """The key of the country of who acts, with the words that tell it; nothing where a second nation is spoken of.

    "China widens its tariffs", "Samoan government shuts down", "Thailand's ruling party withdraws". What a state enacts
    holds at home, whomever it is about: "Germany bans an airline of Iran".
    """
    if any(c.kind in ABROAD for c in happening.candidates if c.in_title or is_early(scene, c)):
        return
    for candidate in happening.candidates:
        if not (candidate.in_title or is_early(scene, candidate)) or _goes_away(candidate):
            continue
        told = _inmost(scene, dict(_lands(scene, candidate.paragraph, _subject(candidate))))
        if len(told) != 1:
            continue
        ((key, token),) = told.items()
        if _enacts(candidate) or not _speaks_of_others(scene, candidate, scene.places[key].country):
            yield key, scene.span(candidate.paragraph, token)
        return


def _enacts(candidate: Candidate) -> bool:
    """ "Germany bans an airline of Iran", "US announces sanctions on Iran"."""
    verb, words = candidate.token, place_words()
    if candidate.passive:
        return False
    objects = {child.lemma_.lower() for child in verb.children if child.dep_ == "dobj"}
    lays_down = verb.lemma_.lower() in words["lays_down"] and bool(objects & words["measures"])
    return lays_down or verb.lemma_.lower() in words["enacts"]


def _inmost(scene: Scene, told: dict[str, Token]) -> dict[str, Token]:
    """ "The US state of Texas" is Texas."""
    within = {scene.places[key].country for key in told if not scene.is_country(key)}
    return {
        key: token for key, token in told.items() if not (scene.is_country(key) and scene.places[key].name in within)
    }


def _goes_away(candidate: Candidate) -> bool:
    lemma = candidate.token.lemma_.lower()
    return lemma in place_words()["away"] or lemma in place_words()["contests"] or lemma in event_words()["contests"]


def _subject(candidate: Candidate) -> list[Token]:
    """The words of who acts, up to what only places or concerns them ("the Thai envoy to Laos")."""
    clause = candidate.headline
    if clause is not None and not clause.nominal:
        words = [t for t in clause.paragraph.doc[clause.first : clause.word.i] if t.dep_ not in ("aux", "auxpass")]
    elif candidate.subject is not None and candidate.is_verb:
        subject = candidate.subject
        words = [t for t in subject.subtree if in_phrase(t, subject) or _owns(t, subject)]
    else:
        return []
    found: list[Token] = []
    for token in words:
        if (token.tag_ in ("IN", "TO", "WDT", "WP") and token.lower_ != "of") or token.text in (",", "(", ":", ";"):
            break
        found.append(token)
    return found if found and (candidate.kind is EventKind.PROTEST or not _is_private(found)) else []


def _owns(token: Token, subject: Token) -> bool:
    """ "of Samoa"."""
    prep = token if token.dep_ == "prep" else token.head
    return prep.lower_ == "of" and prep.head == subject


def _is_private(words: list[Token]) -> bool:
    """ "Two French tourists", "an Irish singer": people of a country, who may be anywhere."""
    nouns = [t for t in words if t.pos_ in ("NOUN", "PROPN")]
    people = {row[0] for row in table("en", "people.txt") if "body" not in row[1:]} - titles()
    return any(t.lemma_.lower() in people for t in nouns)


def _lands(scene: Scene, paragraph: Paragraph, tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    """The keys of the countries, regions and towns that act or whose bodies and officers do, each with its word.

    Of a town by itself ("Leeds win") it may be the club.
    """
    countries = {place.name: key for key, place in scene.places.items() if place.name == place.country}
    for name, token, last in nations(scene, paragraph, tokens):
        of = tokens and token.i > tokens[0].i and token.nbor(-1).lower_ == "of"
        if name in countries and (of or not _names_thing(token.doc[token.i : last.i + 1].text, tokens, last)):
            yield countries[name], token
    yield from _named_for(scene, paragraph, tokens)
    for token in tokens:
        key = scene.place_at(paragraph, token)
        if key is None or scene.is_country(key) or not scene.places[key].latitude:
            continue
        actor = scene.actor_of(paragraph, token)
        governs = actor is not None and actor.kind is ActorKind.GOVERNMENT
        heads = place_words()["local_heads"]
        of = token.i > tokens[0].i + 1 and token.nbor(-1).lower_ == "of" and token.nbor(-2).lower_ in heads
        alone = is_wide(scene, key) and all(scene.place_at(paragraph, word) == key for word in tokens)
        if governs or of or alone or (actor is None and any(t.lower_ in heads for t in tokens if t.i == token.i + 1)):
            yield key, token


def _named_for(scene: Scene, paragraph: Paragraph, tokens: list[Token]) -> Iterator[tuple[str, Token]]:
    """The town or region whose body acts: "the Missouri Senate", "the Parliament of New South Wales"."""
    for token in tokens:
        actor = scene.actor_of(paragraph, token)
        if actor is None or actor.kind in (ActorKind.PERSON, ActorKind.STATE):
            continue
        for place in scene.places.values():
            rest = actor.name.removeprefix(f"{place.name} ").removesuffix(f" of {place.name}")
            if rest != actor.name and place.latitude and rest.split()[-1].lower() in _of_state():
                yield place.key, token


def nations(scene: Scene, paragraph: Paragraph, tokens: list[Token]) -> Iterator[tuple[str, Token, Token]]:
    """The names of the countries that some words speak of, each with the first and last word that do."""
    known = knowledge.load()
    for at, token in enumerate(tokens):
        if not token.text[0].isupper():
            continue
        last = tokens[at + 1] if at + 1 < len(tokens) else token
        nation = known.of_nation(f"{token.text} {last.text}")
        if nation is None:
            last, nation = token, known.of_nation(token.text)
        if nation is None:
            # "Biden" of "the Biden administration" is a person, who does not act alone.
            whole = token.head if token.dep_ == "compound" else token
            actors = (scene.actor_of(paragraph, word) for word in (token, whole))
            nation = next((found for actor in actors if actor is not None and (found := _state_of(actor))), None)
        if nation is not None and nation in known.countries and not _is_of_longer_name(scene, paragraph, token):
            yield known.countries[nation].name, token, last


def _is_of_longer_name(scene: Scene, paragraph: Paragraph, token: Token) -> bool:
    """ "The Gulf of Mexico" is not Mexico, and Native Americans are no nation's envoys."""
    key = scene.place_at(paragraph, token)
    elsewhere = key is not None and not scene.is_country(key) and scene.places[key].country is None
    return elsewhere or (token.i > 0 and token.nbor(-1).lower_ in ("native", "african", "asian", "latin"))


@cache
def _of_state() -> frozenset[str]:
    """Nouns of office, and of the bodies of a state or town, in small letters."""
    institutions = {word.split("\t")[0].lower() for word in word_list("en", "institutions.txt")}
    return titles() | word_list("en", "body_nouns.txt") | institutions


def _names_thing(name: str, tokens: list[Token], last: Token) -> bool:
    """ "The Panama leak", "the Panama Papers": named after a country, as no "Burundi president" and "US study" is."""
    word = next((t for t in tokens if t.i == last.i + 1), None)
    if word is None or name.isupper() or "." in name or name not in country_names().values():
        return False
    return word.pos_ in ("NOUN", "PROPN") and word.lower_ not in _of_state()


def _state_of(actor: ActorMention) -> str | None:
    entry = knowledge.load().by_id.get(actor.known or "")
    if entry is None or entry.kind not in STATES:
        return None
    return entry.id if entry.kind is ActorKind.STATE else entry.country


def _speaks_of_others(scene: Scene, candidate: Candidate, country: str | None) -> bool:
    """Whether the clause speaks of another country or a place there."""
    clause = candidate.headline
    sentence = clause.paragraph.doc[clause.first :] if clause is not None else sentence_of(candidate.token)
    tokens = list(sentence)
    named_nations = list(nations(scene, candidate.paragraph, tokens))
    named = {t.i for _, t, last in named_nations if _names_thing(t.doc[t.i : last.i + 1].text, tokens, last)}
    if any(name != country and t.i not in named for name, t, _ in named_nations):
        return True
    for token in tokens:
        key = scene.place_at(candidate.paragraph, token) if token.text[0].isupper() and token.i not in named else None
        if key is not None and scene.places[key].country not in (country, None):
            return True
    return False
