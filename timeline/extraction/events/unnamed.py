"""Who takes part in the main event, where no name of the text says it: "seven people", "a driver", "police".

A headline often says who by a description alone, or gives in full a name that the text shortens. What describes or
names them there becomes an actor of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from timeline.extraction import knowledge
from timeline.extraction.actors.described import description, kind_described, sorts_of
from timeline.extraction.events.candidates import Candidate, Happening
from timeline.extraction.events.headlines import Headline
from timeline.extraction.events.named import city_in_title, doers_in_title, name_in_title, owner_in_title
from timeline.extraction.events.opening import PLACES, opening_sentences
from timeline.extraction.events.scene import Scene
from timeline.extraction.events.subjects import Subject, find_subject, is_deed
from timeline.extraction.mentions import ActorMention, Mention, Span
from timeline.extraction.paragraphs import Paragraph
from timeline.vocabulary import ActorKind, MentionForm

THINGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A noun that describes somebody, and what kind of actor it is."""

    paragraph: Paragraph
    head: Token
    kind: ActorKind


def name_the_unnamed(scene: Scene, main: Happening, clause: Headline | None) -> None:
    """Give the main event the actor that its subject, else its object, describes, where no name says who acts.

    The subject of a headline goes first, be it a storm or a plane: what it names or describes is what the news is of.
    A description of somebody gives way to the name that the text has for them, a thing to nobody.
    """
    subject = find_subject(clause) if clause else None
    if clause is None or subject is None:
        _describe_teller(scene, main, clause)
        return
    first, head = main.first, subject.head
    teller = scene.actor_of(clause.paragraph, clause.by.who[1]) if clause.by else None
    if teller is not None and teller.kind is ActorKind.PERSON and clause.word.lemma_ == "be" and not clause.spoken:
        # "Bridge is unsafe, Lee says": nobody does anything but Lee.
        first.agents = [teller.key, *(key for key in first.agents if key != teller.key)]
        return
    people = _people_of_a_nation(scene, clause, head)
    if people is not None:
        first.agents = [_actor(scene, people, None)]
        return
    suffers = first.passive or (clause.bare and clause.word.tag_ != "VBG")
    doers = doers_in_title(scene, clause) if suffers and not first.agents else []
    if doers:
        first.agents = doers
        first.patients = [key for key in first.patients if key not in doers]
    part = first.patients if suffers else first.agents
    known = scene.actors_of(clause.paragraph, head)
    called = (city_in_title(scene, clause, head, known) or _body_called(scene, head)) if known else None
    if called is not None:
        part[:] = [key for key in part if key not in known]
        known = [called]
    kind = kind_described(head) if "craft" not in sorts_of(head) else None
    if not known and kind is None:
        named = name_in_title(scene, clause, subject)
        known = [named] if named is not None else []
    if known:
        known = list(dict.fromkeys([*_joined(scene, clause, subject), *known]))
        part[:] = [*known, *(key for key in part if key not in known)]
        return
    if (
        kind is not None
        and not clause.spoken
        and not doers
        and any(_names(scene, candidate, kind, clause, head) for candidate in main.candidates)
    ):
        return
    if kind is None:
        _describe_thing(scene, main, clause, subject, part)
    else:
        _describe_somebody(scene, main, clause, Described(clause.paragraph, head, kind), part)


def _joined(scene: Scene, clause: Headline, subject: Subject) -> list[str]:
    """Those whom the subject of a headline lists before its last: "Lee, Khan and Diaz agree"."""
    doc = clause.paragraph.doc
    listed = [
        t for t in doc[subject.first.i : subject.head.i] if t.nbor().text == "," or t.nbor().lower_ in ("and", "&")
    ]
    return [actor.key for token in listed if (actor := scene.actor_of(clause.paragraph, token)) is not None]


def _describe_teller(scene: Scene, main: Happening, clause: Headline | None) -> None:
    """Of an event that only the text tells, or a noun of the headline: who its verb says does it or suffers it."""
    first = main.first
    if any(_has_named_subject(scene, candidate) for candidate in main.candidates):
        return
    told = _told(scene, main, clause, None)
    if told is not None:
        passive = next((c.passive for c in main.candidates if c.subject == told.head), False)
        part = first.patients if passive else first.agents
        part.insert(0, _actor(scene, told, told))
    elif not main.actors:
        first.patients = _objects(scene, main)


def _describe_somebody(scene: Scene, main: Happening, clause: Headline, titled: Described, part: list[str]) -> None:
    """In the words of the headline, or in those of the text where they say more of them."""
    told = _told(scene, main, clause, titled)
    owned = any(t.pos_ == "PROPN" or t.tag_ == "CD" for t in titled.head.lefts)
    found = titled if told is None or owned or _length(titled) >= _length(told) else told
    part.insert(0, _actor(scene, found, told))


def _describe_thing(scene: Scene, main: Happening, clause: Headline, subject: Subject, part: list[str]) -> None:
    """What is nobody, and yet what the headline is about; behind it whose it is, and whom it does it to."""
    if subject.head.pos_ not in THINGS or (subject.head.like_num and subject.first == subject.head):
        return
    if subject.head.is_upper and subject.first != subject.head and clause.word.is_upper:
        return  # IN SUCH A HEADLINE nobody can tell where a name ends
    deed = is_deed(subject.head)
    owner = owner_in_title(scene, clause, subject, deed=deed)
    found = [_actor_of_words(scene, clause, subject)]
    if owner is not None:
        # "Acme price rise": they have done it; "Acme phone": they have not.
        found.insert(0 if deed else 1, owner)
    part[:] = [*found, *(key for key in part if key not in found)]
    if not any(c.patients for c in main.candidates):
        main.first.patients += _objects(scene, main)


def _length(found: Described) -> int:
    first, last = description(found.head) or (found.head, found.head)
    return last.i - first.i


def _has_named_subject(scene: Scene, candidate: Candidate) -> bool:
    subject = candidate.subject
    return bool(candidate.agents) or (subject is not None and bool(scene.actors_of(candidate.paragraph, subject)))


def _names(scene: Scene, candidate: Candidate, kind: ActorKind, clause: Headline, head: Token) -> bool:
    """Whether the subject of a telling is named, and may be whom a headline describes: not a supporter's own idol."""
    subject = candidate.subject
    if subject is None and candidate.speech:
        return False  # "in an interview with Lee"
    keys = candidate.agents or (scene.actors_of(candidate.paragraph, subject) if subject is not None else [])
    owners = {key for token in head.lefts for key in scene.actors_of(clause.paragraph, token)}
    kinds = [scene.cast.by_key[key].kind for key in keys if key not in owners]
    match kind:
        case ActorKind.PERSON:
            return ActorKind.PERSON in kinds
        case ActorKind.ORGANISATION:
            return any(found is not ActorKind.PERSON for found in kinds)
        case _:
            return len(kinds) > 1 or any(found not in PLACES | {ActorKind.PERSON} for found in kinds)


def _objects(scene: Scene, main: Happening) -> list[str]:
    """Whom a thing does it to: "Storm kills twelve people"."""
    for candidate in (c for c in main.candidates if c.in_title or c.token.lemma_ == main.first.token.lemma_):
        objects = [t for t in candidate.token.children if t.dep_ in ("dobj", "obj") and not _belongs_to_another(t)]
        described = [d for t in objects if (d := _described(scene, candidate.paragraph, t)) is not None]
        described = [d for d in described if d.kind is not ActorKind.ORGANISATION and "craft" not in sorts_of(d.head)]
        if described:
            return [_actor(scene, described[0], None)]
    return []


def _belongs_to_another(noun: Token) -> bool:
    """ "Stuns his dad": nobody without the one whose he is."""
    return any(child.tag_ == "PRP$" for child in noun.children)


def _told(scene: Scene, main: Happening, clause: Headline | None, titled: Described | None) -> Described | None:
    """The subject of the text's own telling: that of the same deed, else one of the opening that is called alike."""
    for candidate in main.candidates:
        if candidate.in_title or candidate.subject is None:
            continue
        found = _described(scene, candidate.paragraph, candidate.subject)
        if found is not None and (
            clause is None
            or (_is_called_alike(found, titled) if titled is not None else _does_the_same(candidate, main, clause))
        ):
            return found
    return next((d for d in _people(scene) if _is_called_alike(d, titled)), None) if titled is not None else None


def _does_the_same(candidate: Candidate, main: Happening, clause: Headline) -> bool:
    same = candidate.token.lemma_.lower() == clause.word.lemma_.lower()
    return clause.nominal or same or (candidate.family is not None and candidate.family == main.first.family)


def _people(scene: Scene) -> Iterator[Described]:
    for paragraph, sentence in opening_sentences(scene):
        for token in sentence:
            if token.pos_ in ("NOUN", "PROPN") and (found := _described(scene, paragraph, token)) is not None:
                yield found


def _is_called_alike(one: Described, other: Described) -> bool:
    """The same noun; for people who are only counted ("seven killed") a noun with the same number."""
    if one.head.tag_ == "CD":
        return False
    if one.head.lemma_.lower() == other.head.lemma_.lower():
        return True
    counts = other.head.tag_ == "CD" or "alone" in sorts_of(other.head)
    return counts and any(t.lower_ == other.head.lower_ for t in one.head.lefts)


def _described(scene: Scene, paragraph: Paragraph, head: Token) -> Described | None:
    if scene.actors_of(paragraph, head):
        return None
    kind = kind_described(head)
    return Described(paragraph, head, kind) if kind is not None else None


def _body_called(scene: Scene, head: Token) -> str | None:
    """The key of the one body whose name begins with a people's: "American" for American Airlines."""
    if not knowledge.load().is_demonym(head.text):
        return None
    found = [
        a.key
        for a in scene.cast.actors
        if a.kind is ActorKind.ORGANISATION and a.name.startswith(f"{head.text} ") and len(a.mentions) > 1
    ]
    return found[0] if len(found) == 1 else None


def _people_of_a_nation(scene: Scene, clause: Headline, head: Token) -> Described | None:
    """ "Brits blame", "Israelis vote", "Canadian held": the people or a person, not their state."""
    if any(t.lower_ == "the" for t in head.lefts) or not knowledge.load().is_demonym(head.text):
        return None
    actor = scene.actor_of(clause.paragraph, head)
    if _body_called(scene, head) is not None or (actor is not None and actor.kind is not ActorKind.STATE):
        return None
    return Described(clause.paragraph, head, ActorKind.GROUP if head.text.endswith("s") else ActorKind.PERSON)


def _actor(scene: Scene, found: Described, told: Described | None) -> str:
    """The key of the actor made of a description; it is mentioned where the text has the words."""
    first, last = description(found.head) or (found.head, found.head)
    name = scene.words_of(found.paragraph, first, last)
    if last == found.head and (found.head.tag_ == "CD" or "alone" in sorts_of(found.head)):
        # "Seven killed", "hundreds fined", which no sentence of the text says in full.
        people = "person" if name.lower() in ("one", "1") else "of people" if found.head.tag_ == "NNS" else "people"
        name = f"{name} {people}" if name.lower() != "others" else name
    mentions = []
    for source in (found, told):
        if source is None or scene.is_outside(source.paragraph):
            continue
        a, b = description(source.head) or (source.head, source.head)
        start, end = source.paragraph.offset(a), source.paragraph.offset(b) + len(b)
        mentions.append(Mention(Span.of(scene.document.text, start, end), MentionForm.NOMINAL))
    mention = tuple(dict.fromkeys(sorted(mentions, key=lambda m: m.span.start)))
    return scene.cast.add(
        ActorMention(
            key=f"a{len(scene.cast.actors) + 1}",
            name=name[:1].upper() + name[1:],
            kind=found.kind,
            mentions=mention,
        )
    )


def _actor_of_words(scene: Scene, clause: Headline, subject: Subject) -> str:
    """The key of the actor made of a headline's words for a thing; it is mentioned where the text has the same noun."""
    name = scene.words_of(clause.paragraph, subject.first, subject.last)
    spans = [scene.span(clause.paragraph, clause.paragraph.doc[subject.first.i : subject.last.i + 1])]
    spans += [_span_of(scene, paragraph, noun) for paragraph, noun in _same_noun(scene, subject.head)]
    mentions = sorted({span for span in spans if span is not None}, key=lambda span: span.start)
    return scene.cast.add(
        ActorMention(
            key=f"a{len(scene.cast.actors) + 1}",
            name=name[:1].upper() + name[1:],
            kind=ActorKind.GROUP,
            mentions=tuple(Mention(span, MentionForm.NOMINAL) for span in mentions),
        )
    )


def _same_noun(scene: Scene, head: Token) -> Iterator[tuple[Paragraph, Token]]:
    """Where the opening first speaks of what a headline calls by a noun."""
    for paragraph, sentence in opening_sentences(scene):
        for token in sentence:
            if (
                token.pos_ in ("NOUN", "PROPN")
                and token.lemma_.lower() == head.lemma_.lower()
                and not _qualifies(token)
            ):
                yield paragraph, token
                return


def _qualifies(noun: Token) -> bool:
    """ "The fire brigade": no fire."""
    return noun.dep_ in ("compound", "nmod", "amod") and noun.head.i > noun.i


def _span_of(scene: Scene, paragraph: Paragraph, noun: Token) -> Span | None:
    first, last = description(noun) or (noun, noun)
    return scene.span(paragraph, paragraph.doc[first.i : last.i + 1])
