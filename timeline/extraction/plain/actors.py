"""Who a document speaks of, by known names, full names, surnames that stand for them, and offices that refer back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from timeline.extraction import knowledge
from timeline.extraction.cast import Cast
from timeline.extraction.knowledge import Entry, Hit
from timeline.extraction.mentions import ActorMention, Document, Mention, Span
from timeline.extraction.names import fold, normal_form
from timeline.extraction.paragraphs import Paragraph
from timeline.extraction.places.gazetteer import is_place
from timeline.extraction.plain.names import BODY, PERSON, PLACE, Name, Names
from timeline.extraction.plain.offices import Office, office_at, office_before, office_behind
from timeline.extraction.plain.wording import Wording
from timeline.vocabulary import ActorKind, MentionForm

_SHORTEST_SURNAME = 3


@dataclass(slots=True, eq=False)
class _Actor:
    """An actor in the making."""

    kind: ActorKind
    entry: Entry | None = None
    names: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        if self.entry is not None:
            return self.entry.name
        return max(self.names, key=lambda name: (len(name.split()), self.names[name], name))

    @property
    def gender(self) -> str | None:
        if self.entry is not None and self.entry.gender:
            return self.entry.gender
        return self.genders.most_common(1)[0][0] if self.genders else None

    @property
    def role(self) -> str | None:
        """The first office met; a later one that says more of the same goes before it."""
        best = None
        for office in self.offices:
            if best is None or (office.casefold().startswith(best.casefold()) and len(office) > len(best)):
                best = office
        return best


def find_actors(document: Document, paragraphs: Sequence[Paragraph], wording: Wording) -> Cast:
    """Find who a document speaks of.

    Args:
        document: the article as read; its bylines are nobody it speaks of.
        paragraphs: its parsed prose.
        wording: the words of its language.

    Returns:
        The cast, in the order of first mention; names, demonyms, seats of government, and the offices that stand for
        one person of the document alone.
    """
    return _Casting(document, paragraphs, wording).cast()


class _Casting:
    def __init__(self, document: Document, paragraphs: Sequence[Paragraph], wording: Wording) -> None:
        self.document = document
        self.paragraphs = paragraphs
        self.wording = wording
        self.known = knowledge.load(wording.language)
        self.names = [name for p in paragraphs for name in Names(p, wording, self.known).found]
        self.nations = {
            hit.entry.country
            for name in self.names
            for hit in name.hits
            if not hit.alias.alone and not hit.alias.capital
        }
        self.lone = {name.text for name in self.names if name.is_alone and not self._is_common(name)}
        self.guesses = self._votes()
        self.actors: list[_Actor] = []
        self.by_entry: dict[str, _Actor] = {}
        self.by_form: dict[str, _Actor] = {}
        self.by_surname: dict[str, list[_Actor]] = defaultdict(list)
        self.bylines = {normal_form(name) for name in document.bylines}

    def cast(self) -> Cast:
        left = list(self._people())
        left = list(self._surnames(left))
        self._bodies_and_states(left)
        self._read_offices()
        self._refer_back()
        found = [actor for actor in self.actors if actor.mentions and not self._wrote_it(actor)]
        ordered = sorted(
            ((actor, _in_order(actor.mentions)) for actor in found), key=lambda pair: pair[1][0].span.start
        )
        return Cast(
            ActorMention(
                key=f"a{number}",
                name=actor.full_name,
                kind=actor.kind,
                role=actor.role,
                known=actor.entry.id if actor.entry else None,
                mentions=mentions,
            )
            for number, (actor, mentions) in enumerate(ordered, 1)
        )

    def _votes(self) -> dict[str, str]:
        """What most sightings of each unknown name take it for; a title before it decides."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for name in self.names:
            if not name.hits:
                votes[name.text][PERSON if name.title else name.guess] += 5 if name.title else 1
        order = (PERSON, BODY, PLACE, "")
        return {text: max(order, key=lambda g: (count[g], -order.index(g))) for text, count in votes.items()}

    def _wrote_it(self, actor: _Actor) -> bool:
        return actor.kind is ActorKind.PERSON and bool(
            self.bylines & {normal_form(name) for name in (actor.full_name, *actor.names)}
        )

    # --- people --------------------------------------------------------------------------------------------------

    def _people(self) -> Iterator[Name]:
        """Take everybody named in full; give back the names that are left."""
        for name in self.names:
            person = [hit for hit in name.hits if hit.entry.kind is ActorKind.PERSON]
            full = [hit for hit in person if not hit.alias.alone]
            if full:
                self._add(self._of_entry(full[0].entry), name)
            elif not name.hits and not name.is_alone and self._is_person(name):
                entry = self.known.figure(name.text)
                self._add(self._of_entry(entry) if entry else self._person(name.text), name)
            else:
                yield name
        for actor in self.actors:
            for spelling in {actor.full_name, *actor.names}:
                for ending in self._endings(spelling):
                    if actor not in self.by_surname[ending]:
                        self.by_surname[ending].append(actor)

    def _is_person(self, name: Name) -> bool:
        """Whether an unknown name of several words is a person's: by a given name or an office; by the model's word
        alone only where the surname stands for it elsewhere."""
        if self.guesses[name.text] != PERSON or name.text.split()[0] in self.wording.bodies:
            return False
        sightings = [n for n in self.names if n.text == name.text]
        if name.title or (self.wording.is_given(name.text.split()[0]) and not all(n.with_article for n in sightings)):
            return True
        if is_place(name.text) or any(n.in_office for n in sightings):
            return False
        return name.text.split()[-1] in self.lone or any(self._has_office(n) for n in sightings)

    def _has_office(self, name: Name) -> bool:
        doc = name.paragraph.doc
        span = doc.char_span(name.start, name.end, alignment_mode="expand")
        before = span is not None and office_before(doc, span.start, self.wording) is not None
        return before or (span is not None and office_behind(doc, span.end - 1, self.wording) is not None)

    def _person(self, text: str) -> _Actor:
        """The person of a full name; a longer name of the same beginning is the same person's."""
        form = normal_form(text)
        for known, actor in self.by_form.items():
            if actor.kind is ActorKind.PERSON and (
                f"{form} ".startswith(f"{known} ") or f"{known} ".startswith(f"{form} ")
            ):
                return actor
        return self._new(ActorKind.PERSON, form)

    def _endings(self, text: str) -> Iterator[str]:
        """What a person may be called by: any surname, and the surnames together."""
        parts = _key(text).split()
        given = 1
        while given < len(parts) - 1 and given < 2 and self.wording.is_given(text.split()[given]):
            given += 1
        for n in range(given, len(parts)):
            if not self.wording.has("particles", parts[n]):
                yield parts[n]
                yield " ".join(parts[n:])
                yield " ".join(parts[n : n + 2])
        if len(parts) > given + 1 and self.wording.has("particles", parts[given]):
            yield " ".join(parts[given:])

    def _surnames(self, left: Iterable[Name]) -> Iterator[Name]:
        """Give surnames to those who bear them: those of the document, then those known by them alone."""
        last_named: dict[str, _Actor] = {}
        for name in left:
            key = _key(name.text)
            bearers = self.by_surname.get(key, [])
            alone = [hit for hit in name.hits if hit.alias.alone]
            gender = self._told(name.title)
            agreeing = [actor for actor in bearers if not gender or actor.gender in (None, gender)]
            is_another = any(hit.alias.form is MentionForm.NAME for hit in name.hits) and not alone
            if agreeing and not is_another and not self._is_common(name):
                known = [actor for actor in agreeing if any(actor.entry is hit.entry for hit in alone)]
                actor = known[0] if known else last_named.get(key, agreeing[0])
                self._add(actor, name)
                last_named[key] = actor
            elif len(alone) == 1 and self._is_famous(name, alone[0].entry):
                self._add(self._of_entry(alone[0].entry), name)
            elif not name.hits and len(called := self._called(name)) == 1:
                self._add(called[0], name)
            elif self._is_titled_surname(name):
                self._add(self._new(ActorKind.PERSON, normal_form(name.text)), name)
                self.by_surname[key].append(self.actors[-1])
            else:
                yield name

    def _is_famous(self, name: Name, entry: Entry) -> bool:
        """Whether a surname alone means the figure known by it: one that many bear needs the figure's country in the
        article."""
        return not self.wording.has("common surnames", fold(name.text)) or entry.country in self.nations

    def _called(self, name: Name) -> list[_Actor]:
        """Those of the document whom a lone given name may mean: "la infanta Cristina"."""
        if not self.wording.is_given(name.text) or self._is_common(name):
            return []
        own = _key(name.text)
        return [a for a in self.actors if a.kind is ActorKind.PERSON and _key(a.full_name).split()[0] == own]

    def _is_titled_surname(self, name: Name) -> bool:
        return (
            not name.hits
            and name.is_alone
            and len(name.text) >= _SHORTEST_SURNAME
            and name.text not in self.wording.bodies
            and not is_place(name.text)
            and not name.in_office
            and name.token.pos_ in self.wording.labels["name"]
            and (bool(name.title) or self._is_between_commas(name))
        )

    def _is_between_commas(self, name: Name) -> bool:
        """A lone name set off behind an office or before one: "el director deportivo, Deco, …", "Fátima, vecina …"."""
        text = name.paragraph.text
        ends = text[name.end : name.end + 1] in (",", ".", ":")
        return (
            ends and (text[: name.start].endswith(", ") or self.wording.is_given(name.text)) and self._has_office(name)
        )

    def _is_common(self, name: Name) -> bool:
        """Whether a lone word that begins a sentence is capitalised for that alone."""
        return name.opens and name.is_alone and name.token.pos_ not in self.wording.labels["name"]

    def _told(self, title: str) -> str:
        known = self.wording.titles.get(title)
        return known.gender if known else self.wording.honorifics.get(title, "")

    # --- bodies and states ---------------------------------------------------------------------------------------

    def _bodies_and_states(self, left: Iterable[Name]) -> None:
        acronyms: dict[str, _Actor] = {}
        waiting = []
        for name in left:
            hits = [hit for hit in name.hits if hit.entry.kind is not ActorKind.PERSON]
            usable = [hit for hit in hits if self._speaks_of(name, hit)]
            if usable:
                actor = self._of_entry(usable[0].entry)
                self._add(actor, name, usable[0].alias.form)
            elif not name.hits and name.text in acronyms:
                self._add(acronyms[name.text], name)
                continue
            elif name.hits or not self._is_body(name):
                continue
            elif name.is_alone:
                waiting.append(name)
                continue
            else:
                actor = self.by_form.get(normal_form(name.text)) or self._new(
                    ActorKind.ORGANISATION, normal_form(name.text)
                )
                self._add(actor, name)
            letters = self._in_brackets(name)
            if letters:
                acronyms[letters] = actor
        told = Counter(name.text for name in waiting)
        for name in waiting:
            form = normal_form(name.text)
            if name.text in acronyms:
                self._add(acronyms[name.text], name)
            elif form in self.by_form or name.text.isupper() or told[name.text] > 1:
                self._add(self.by_form.get(form) or self._new(ActorKind.ORGANISATION, form), name)

    def _is_body(self, name: Name) -> bool:
        if self.guesses.get(name.text) != BODY or is_place(name.text):
            return False
        if name.text.isupper() and name.paragraph.text.isupper():
            return False
        return name.token.pos_ in self.wording.labels["noun"] and not self._is_common(name) and name.text[1:2].isalpha()

    def _speaks_of(self, name: Name, hit: Hit) -> bool:
        """Whether a known name is an actor where it stands: seats and agencies where they speak."""
        alias, entry = hit.alias, hit.entry
        if alias.capital and self.wording.is_given(name.text):
            return False  # "dijo Sofía"
        if alias.form is MentionForm.METONYM:
            behind_article = self._before(name).lower().rsplit(None, 1)[-1:]
            with_article = bool(behind_article) and self.wording.has("articles", behind_article[0])
            return self._is_subject(name) if alias.capital or not with_article else True
        if entry.trade == "agency" or (name.is_alone and entry.kind is ActorKind.ORGANISATION and is_place(name.text)):
            return self._is_subject(name)  # a credit and a town say nothing
        if entry.trade == "platform":
            return False
        return alias.form is MentionForm.DEMONYM or " " in alias.text or not self._is_common(name)

    def _is_subject(self, name: Name) -> bool:
        """Whether a name is the subject of a verb of speech."""
        token = name.token
        return token.dep_ in self.wording.labels["subject"] and token.head.lower_ in self.wording.cues

    def _before(self, name: Name) -> str:
        return name.paragraph.text[max(0, name.start - 20) : name.start]

    def _in_brackets(self, name: Name) -> str:
        """The letters in brackets behind a name: "Partido Popular (PP)"."""
        after = name.paragraph.text[name.end : name.end + 14]
        letters = after[2 : after.find(")")] if after.startswith(" (") and ")" in after else ""
        return letters if len(letters) > 1 and letters[0] == name.text[0] and letters[1:2].isupper() else ""

    # --- offices -------------------------------------------------------------------------------------------------

    def _read_offices(self) -> None:
        self.taken: set[tuple[int, int]] = set()
        for actor in self.actors:
            if actor.kind is not ActorKind.PERSON:
                continue
            for mention in actor.mentions:
                paragraph = self._paragraph(mention.span.start)
                doc = paragraph.doc
                span = doc.char_span(
                    mention.span.start - paragraph.start, mention.span.end - paragraph.start, alignment_mode="expand"
                )
                if span is None:
                    continue
                behind = office_behind(doc, span.end - 1, self.wording)
                before = office_before(doc, span.start, self.wording)
                for office in (before, behind if before is None else None):
                    if office is not None:
                        self._note(actor, paragraph, office)
                title = self._told(doc[span.start - 1].lower_) if span.start else ""
                given = None if mention.span.text.count(" ") == 0 else self.wording.gender_of(mention.span.text)
                for gender in filter(None, (title, given)):
                    actor.genders[gender] += 1

    def _note(self, actor: _Actor, paragraph: Paragraph, office: Office) -> None:
        if office.gender:
            actor.genders[office.gender] += 1
        if not office.is_kin:
            actor.offices.append(office.text(paragraph.doc))
            self.taken |= {(paragraph.index, n) for n in range(office.first, office.last + 1)}

    def _refer_back(self) -> None:
        """ "La ministra", where one person of the document alone is one."""
        people = [actor for actor in self.actors if actor.kind is ActorKind.PERSON and actor.offices]
        for paragraph in self.paragraphs:
            doc = paragraph.doc
            for token in doc[1:]:
                if (paragraph.index, token.i) in self.taken:
                    continue
                if not self.wording.has("definite articles", doc[token.i - 1].lower_):
                    continue
                office = office_at(doc, token.i, self.wording)
                if office is None or office.is_kin:
                    continue
                offset = paragraph.offset(token)
                held = [(actor, words) for actor in people if (words := self._held(actor, office, doc))]
                if len(held) != 1 or held[0][0].mentions[0].span.start > offset:
                    continue
                actor, words = held[0]
                last = doc[token.i + words - 1]
                span = Span.of(self.document.text, offset, paragraph.offset(last) + len(last))
                actor.mentions.append(Mention(span, MentionForm.NOMINAL))

    def _held(self, actor: _Actor, office: Office, doc: Doc) -> int:
        """How many words here say an office that a person has been given; 0 where it is another one's."""
        if office.gender and actor.gender and office.gender != actor.gender:
            return 0
        best = 0
        for own in actor.offices:
            parts = own.lower().split()
            said = doc[office.first : office.first + len(parts)]
            if [token.lower_ for token in said] == parts:
                best = max(best, len(parts))
            elif parts[0] == office.head or (
                self.wording.has("leader", office.head) and self.wording.has("leaders", parts[0])
            ):
                behind = doc[office.first + 1] if office.first + 1 < len(doc) else None
                told = behind is not None and (self.wording.has("of", behind.lower_) or behind.pos_ == "ADJ")
                best = max(best, 0 if told else 1)
        return best

    def _paragraph(self, offset: int) -> Paragraph:
        return next(p for p in self.paragraphs if p.start <= offset < p.end)

    # --- making --------------------------------------------------------------------------------------------------

    def _of_entry(self, entry: Entry) -> _Actor:
        if entry.id not in self.by_entry:
            self.by_entry[entry.id] = _Actor(entry.kind, entry)
            self.actors.append(self.by_entry[entry.id])
        return self.by_entry[entry.id]

    def _new(self, kind: ActorKind, form: str) -> _Actor:
        actor = self.by_form[form] = _Actor(kind)
        self.actors.append(actor)
        return actor

    def _add(self, actor: _Actor, name: Name, form: MentionForm = MentionForm.NAME) -> None:
        actor.mentions.append(Mention(Span.of(self.document.text, *name.where), form))
        if form is MentionForm.NAME:
            actor.names[name.text] += 1


def _key(name: str) -> str:
    return fold(name).casefold()


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """In text order, none inside another of the same form."""
    kept: list[Mention] = []
    for mention in sorted(set(mentions), key=lambda m: (m.span.start, -m.span.end, m.form)):
        if not any(mention.form is other.form and mention.span.overlaps(other.span) for other in kept[-6:]):
            kept.append(mention)
    return tuple(kept)
