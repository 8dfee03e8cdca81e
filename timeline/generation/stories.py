"""What happened, who told it and in which words: stories of a few events or of many, each with its articles.

A part of an archive is made by itself, of whole stories, so that parts can be made one after another or side by side.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from timeline.extraction.mentions import (
    ActorMention,
    Document,
    EventMention,
    Extraction,
    Mention,
    Participant,
    PlaceMention,
    RelationMention,
    Span,
    StatementMention,
)
from timeline.generation.cast import Cast, person
from timeline.generation.dates import any_precision, told
from timeline.generation.pages import Page
from timeline.generation.words import ADJECTIVES, CLAUSES, CUES, DEEDS, FREQUENT, MEDIA, PADDING, SENTENCES, TOPICS
from timeline.vocabulary import (
    MONTHS,
    BlockRole,
    DateBasis,
    DatePrecision,
    EventKind,
    MentionForm,
    PartialDate,
    RelationKind,
    StatementKind,
)

FIRST_DAY, DAYS = date(2015, 1, 1), 3652
PART = 2_000  # events; stories are whole, so a part may have a few more
# How many events a story has, and of a hundred stories how many are so long.
LENGTHS, LENGTH_WEIGHTS = (1, 2, 4, 8, 16, 40), (15, 25, 28, 20, 10, 2)
KINDS = tuple(EventKind)
KIND_WEIGHTS = tuple(FREQUENT.get(kind, 1.2) for kind in KINDS)
# How often an event is told in another newsroom's words too, an article copied, an earlier event come back to.
RETOLD, COPIED, REFERRED_TO = 0.25, 0.06, 0.6
WRONG_DAY, VAGUER, HEDGED, ABOUT = 0.02, 0.2, 0.05, 0.02
DIRECT, INDIRECT, MIXED = (StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED)
FRAMES = ("{agent} {deed}{where}{when}.", "{agent} {deed}{when}{where}.", "{agent} {deed}{with}{where}{when}.")
HEDGED_FRAME = "{agent} reportedly {deed}{where}{when}."
SAID = {
    DIRECT: ("{quote} {speaker} {cue}{how}.", "{speaker} {cue}{how}: {quote}"),
    INDIRECT: ("{speaker} {cue} that {quote}{how}.",),
    MIXED: ("{speaker} {cue}{how} that “{quote}”.",),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, before anybody tells it. Actors are numbers in the cast, the first one acts."""

    kind: EventKind
    deed: tuple[str, str, str]
    day: date
    precision: DatePrecision
    actors: tuple[int, ...]
    town: int | None
    topic: str


@dataclass(frozen=True, slots=True)
class Saying:
    """What was said at a happening, and by whom."""

    happening: int
    speaker: int
    kind: StatementKind
    words: str
    cue: str
    medium: str
    own_day: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article, and what each of its mentions speaks of: numbers of happenings, sayings, actors and towns, by key.

    `newsroom` is a number in the cast, `repeats` the number of the article that it is a copy of, `carries_on` the
    happening at the head of its story.
    """

    extraction: Extraction
    url: str
    newsroom: int
    published: date
    repeats: int | None = None
    carries_on: int | None = None
    happenings: dict[str, int]
    sayings: dict[str, int]
    actors: dict[str, int]
    towns: dict[str, int]


@dataclass(slots=True)
class Part:
    """Whole stories: everything in them is named by its place in these lists."""

    happenings: list[Happening] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    articles: list[Told] = field(default_factory=list)


def parts(cast: Cast, *, seed: int, events: int, version: str) -> Iterator[Part]:
    """An archive of so many events over ten years, the earliest first.

    Args:
        cast: who and what there is, of the same seed.
        seed: the same one says the same.
        events: how many; the last story is cut where they are reached.
        version: of the rules that would have read it so.
    """
    count = -(-events // PART)
    for number in range(count):
        size = min(PART, events - number * PART)
        yield _Author(cast, Random(f"part {seed} {number}"), version, f"{seed}-{number}").write(  # noqa: S311
            size, first=number / count, last=(number + 1) / count
        )


class _Author:
    """Writes one part."""

    def __init__(self, cast: Cast, random: Random, version: str, name: str) -> None:
        self.cast, self.random, self.version, self.name = cast, random, version, name
        self.part = Part()

    def write(self, size: int, *, first: float, last: float) -> Part:
        starts = []
        left = size
        while left:
            length = min(self.random.choices(LENGTHS, LENGTH_WEIGHTS)[0], left)
            starts.append((first + (last - first) * self.random.random(), length))
            left -= length
        for share, length in sorted(starts):
            self._story(FIRST_DAY + timedelta(days=int(share * DAYS)), length)
        return self.part

    def _topic(self) -> str:
        return f"{self.random.choice(ADJECTIVES)} {self.random.choice(TOPICS).replace('-', ' ')}"

    def _story(self, start: date, length: int) -> None:
        random, cast = self.random, self.cast
        people = cast.often.draw_some(min(2 + length // 2 + random.randrange(3), 12), random)
        town, topics = cast.where.draw(random), [self._topic(), self._topic()]
        day, base = start, len(self.part.happenings)
        for _ in range(length):
            day += timedelta(days=random.choices((0, 1, 2, 5, 12), (30, 30, 20, 15, 5))[0])
            self._happening(day, people, town, random.choice(topics))
        told = 0
        head: int | None = None
        while told < length:
            new = list(range(base + told, base + min(told + random.randrange(2, 6), length)))
            before = [base + min(int(told * random.random() ** 2), told - 1)] if told else []
            referred = before if random.random() < REFERRED_TO else []
            told += len(new)
            first = self._article(new, referred, head)
            head = new[0] if head is None else head
            for _ in range(random.choices((0, 1, 2, 4), (1 - RETOLD, RETOLD * 0.7, RETOLD * 0.25, RETOLD * 0.05))[0]):
                again = new[: random.randrange(1, len(new) + 1)]
                self._article(again, [], head, again_of=first)

    def _happening(self, day: date, people: list[int], town: int, topic: str) -> None:
        random = self.random
        kind = random.choices(KINDS, KIND_WEIGHTS)[0]
        count = random.choices((2, 3, 4, 5), (30, 45, 20, 5))[0]
        actors = random.sample(people, min(count, len(people)))
        number = len(self.part.happenings)
        place = town if random.random() < 0.7 else self.cast.where.draw(random) if random.random() < 0.3 else None
        precision = any_precision(random)
        self.part.happenings.append(
            Happening(kind, random.choice(DEEDS[kind]), day, precision, tuple(actors), place, topic)
        )
        for _ in range(random.choices((0, 1, 2, 3, 4, 5), (10, 25, 30, 20, 10, 5))[0]):
            self.part.sayings.append(
                Saying(
                    number,
                    random.choice(actors),
                    random.choices((DIRECT, INDIRECT, MIXED), (60, 30, 10))[0],
                    self._words(topic, town),
                    random.choice(CUES),
                    random.choice(MEDIA) if random.random() < 0.25 else "",
                    random.random() < 0.15,
                )
            )

    def _words(self, topic: str, town: int) -> str:
        random = self.random
        pattern = random.choice(SENTENCES)
        if random.random() < 0.6:
            pattern += " " + random.choice(CLAUSES)
        return pattern.format(
            topic=topic,
            other_topic=self._topic(),
            town=self.cast.towns[town].name,
            month=random.choice(MONTHS),
            number=random.randrange(3, 990),
        )

    def _article(self, new: list[int], referred: list[int], head: int | None, again_of: int | None = None) -> int:
        """An article on some happenings of a story; its number. Retold ones are told in other words."""
        random, part = self.random, self.part
        published = max(part.happenings[number].day for number in new) + timedelta(days=random.randrange(2))
        newsroom = self.cast.who_writes.draw(random)
        if again_of is not None:
            published += timedelta(days=random.randrange(2))
            if newsroom == part.articles[again_of].newsroom:
                newsroom = (newsroom + 1) % len(self.cast.newsrooms)
        number = len(part.articles)
        url = f"https://{self.cast.newsrooms[newsroom].domain}/{published:%Y/%m}/{self.name}-{number}"
        writer = _Writer(self, newsroom, published, retold=again_of is not None)
        extraction = writer.write(new, referred)
        article = Told(
            extraction=replace(extraction, document=replace(extraction.document, url=url)),
            url=url,
            newsroom=newsroom,
            published=published,
            carries_on=head if head != new[0] else None,
            happenings=writer.happenings,
            sayings=writer.sayings,
            actors=writer.actors,
            towns=writer.towns,
        )
        part.articles.append(article)
        if random.random() < COPIED:
            other = (newsroom + random.randrange(1, len(self.cast.newsrooms))) % len(self.cast.newsrooms)
            house = self.cast.newsrooms[other]
            url = f"https://{house.domain}/{published:%Y/%m}/{self.name}-{number + 1}"
            document = replace(article.extraction.document, url=url, publisher=house.name)
            copy = replace(article.extraction, document=document)
            part.articles.append(replace(article, extraction=copy, url=url, newsroom=other, repeats=number))
        return number


class _Writer:
    """Writes one article."""

    def __init__(self, author: _Author, newsroom: int, published: date, *, retold: bool) -> None:
        self.cast, self.part, self.random, self.version = author.cast, author.part, author.random, author.version
        self.newsroom, self.published, self.retold = self.cast.newsrooms[newsroom], published, retold
        self.page = Page()
        self.happenings: dict[str, int] = {}
        self.sayings: dict[str, int] = {}
        self.actors: dict[str, int] = {}
        self.towns: dict[str, int] = {}
        self._named: dict[int, list[Span]] = {}
        self._placed: dict[int, list[Span]] = {}
        self._events: list[EventMention] = []
        self._statements: list[StatementMention] = []
        self._relations: list[RelationMention] = []

    def write(self, new: list[int], referred: list[int]) -> Extraction:
        random, page, part = self.random, self.page, self.part
        main = part.happenings[new[0]]
        title = page.write(self._title(main), BlockRole.TITLE).text
        byline = self._byline()
        page.write(f"By {byline}", BlockRole.BYLINE)
        for number in [*new, *referred]:
            page.begin()
            event = self._event(number, main=number == new[0])
            said: list[str] = []
            if number in new:
                for saying in self._sayings_of(number):
                    if not self.retold or random.random() < 0.4:
                        said.append(self._statement(saying))
            self._events.append(replace(event, statements=tuple(said)))
            if random.random() < 0.3:
                page.say(self._padding(part.happenings[number]), {})
            page.end(BlockRole.BODY)
        self._relate()
        document = Document(
            text=page.text,
            blocks=tuple(page.blocks),
            title=title,
            bylines=(byline,),
            publisher=self.newsroom.name,
            language="en",
            published=PartialDate.on(self.published),
        )
        return Extraction(
            version=self.version,
            document=document,
            actors=tuple(self._actor(number, spans) for number, spans in self._named.items()),
            statements=tuple(self._statements),
            places=tuple(self._place(number, spans) for number, spans in self._placed.items()),
            events=tuple(self._events),
            relations=tuple(self._relations),
        )

    def _sayings_of(self, number: int) -> list[int]:
        """Sayings stand in the order of their happenings."""
        found, sayings = [], self.part.sayings
        at = bisect_left(sayings, number, key=lambda said: said.happening)
        while at < len(sayings) and sayings[at].happening == number:
            found.append(at)
            at += 1
        return found

    def _title(self, what: Happening) -> str:
        present = what.deed[0].format(topic=what.topic, other=self._name(what.actors[1]))
        return f"{self._name(what.actors[0])} {present}"

    def _name(self, actor: int) -> str:
        return self.cast.figures[actor].name

    def _byline(self) -> str:
        """Reporters are nobody in the chronology."""
        return person(self.random)

    def _padding(self, what: Happening) -> str:
        town = self.cast.towns[what.town or 0].name
        return self.random.choice(PADDING).format(topic=what.topic, town=town, number=self.random.randrange(3, 9_000))

    # --- events ------------------------------------------------------------------------------------------------------

    def _event(self, number: int, *, main: bool) -> EventMention:
        random, what = self.random, self.part.happenings[number]
        when, words = self._date(what, back=not main and self.retold)
        hedged = random.random() < HEDGED
        town = self.cast.towns[what.town] if what.town is not None else None
        deed = what.deed[1].format(topic=what.topic, other=self._name(what.actors[1]))
        others = [self._name(actor) for actor in what.actors[2:]]
        frame = HEDGED_FRAME if hedged and not others else FRAMES[2] if others else random.choice(FRAMES[:2])
        sentence, found = self.page.say(
            frame,
            {
                "agent": self._name(what.actors[0]),
                "deed": deed,
                "with": f", with {' and '.join(others)} present," if others else "",
                "where": f" in {town.name}" if town else "",
                "when": f" {words}" if words else "",
            },
        )
        self._note(what.actors[0], found["agent"])
        start, name = found["deed"].start, self._name(what.actors[1])
        at = start + deed.rindex(name)
        self._note(what.actors[1], Span(at, at + len(name), name))
        for actor in what.actors[2:]:
            name = self._name(actor)
            at = found["with"].start + found["with"].text.index(name)
            self._note(actor, Span(at, at + len(name), name))
        if town and what.town is not None:
            where = found["where"]
            self._placed.setdefault(what.town, []).append(Span(where.end - len(town.name), where.end, town.name))
        trigger = start + deed.index(what.deed[2])
        key = f"e{len(self._events) + 1}"
        self.happenings[key] = number
        return EventMention(
            key=key,
            title=self._title(what)[:500],
            kind=what.kind,
            date=when,
            confidence=self._confidence(main=main),
            main=main,
            hedged=hedged and not others,
            participants=tuple(
                Participant(f"a{actor}", "agent" if actor == what.actors[0] else "") for actor in what.actors
            ),
            place=f"p{what.town}" if what.town is not None else None,
            trigger=Span(trigger, trigger + len(what.deed[2]), what.deed[2]),
            evidence=(sentence,),
        )

    def _date(self, what: Happening, *, back: bool) -> tuple[PartialDate, str]:
        random, precision, day = self.random, what.precision, what.day
        if back and random.random() < VAGUER:
            precision = DatePrecision.UNKNOWN
        if self.retold and random.random() < WRONG_DAY:
            day -= timedelta(days=random.randrange(1, 4))
        # The clock is one and the same in every telling.
        when, words = told(day, precision, self.published, Random(f"{day} {what.topic}"))  # noqa: S311
        if words and precision in (DatePrecision.MONTH, DatePrecision.YEAR) and random.random() < ABOUT:
            return replace(when, approximate=True, raw=f"about {words}"), words.replace("in ", "in about ", 1)
        return when, words

    def _confidence(self, *, main: bool) -> float:
        """What stands on the page, but for one in thirty."""
        if self.random.random() < 0.033:
            return round(self.random.uniform(0.4, 0.69 if main else 0.84), 2)
        return round(self.random.uniform(0.86, 0.97), 2)

    def _relate(self) -> None:
        """Now and then an article says which of two came first, and is wrong now and then."""
        for one, other in zip(self._events, self._events[1:], strict=False):
            if self.random.random() > 0.15:
                continue
            first, second = (self.part.happenings[self.happenings[event.key]] for event in (one, other))
            if first.day == second.day and self.random.random() < 0.3:
                kind = RelationKind.SAME_DAY
            else:
                right = first.day <= second.day
                kind = RelationKind.BEFORE if right != (self.random.random() < 0.1) else RelationKind.AFTER
            self._relations.append(
                RelationMention(kind=kind, source=one.key, target=other.key, evidence=other.evidence[0])
            )

    # --- statements --------------------------------------------------------------------------------------------------

    def _statement(self, number: int) -> str:
        said = self.part.sayings[number]
        what = self.part.happenings[said.happening]
        quote = said.words
        if said.kind is DIRECT:
            pattern = self.random.choice(SAID[DIRECT])
            quote = f"“{quote}{',' if pattern.startswith('{quote}') else '.'}”"
        else:
            pattern = SAID[said.kind][0]
            quote = quote[0].lower() + quote[1:] if not quote.startswith("I ") else quote
        own = PartialDate.on(what.day, basis=DateBasis.RELATIVE, raw="that day") if said.own_day else None
        how = f" {said.medium}" if said.medium else ""
        _, found = self.page.say(
            pattern,
            {
                "quote": quote,
                "speaker": self._name(said.speaker),
                "cue": said.cue,
                "how": f"{how} that day" if own else how,
            },
        )
        self._note(said.speaker, found["speaker"])
        key = f"s{len(self._statements) + 1}"
        self.sayings[key] = number
        self._statements.append(
            StatementMention(
                key=key,
                kind=said.kind,
                content=(found["quote"],),
                speaker=f"a{said.speaker}",
                speaker_span=found["speaker"],
                cue=found["cue"],
                medium=said.medium or None,
                date=own,
                confidence=self._confidence(main=False),
            )
        )
        return key

    # --- who and where -----------------------------------------------------------------------------------------------

    def _note(self, actor: int, span: Span) -> None:
        self._named.setdefault(actor, []).append(span)

    def _actor(self, number: int, spans: list[Span]) -> ActorMention:
        figure = self.cast.figures[number]
        self.actors[f"a{number}"] = number
        return ActorMention(
            key=f"a{number}",
            name=figure.name,
            kind=figure.kind,
            role=figure.role or None,
            mentions=tuple(Mention(span, MentionForm.NAME) for span in spans),
        )

    def _place(self, number: int, spans: list[Span]) -> PlaceMention:
        town = self.cast.towns[number]
        self.towns[f"p{number}"] = number
        return PlaceMention(
            key=f"p{number}",
            name=town.name,
            country=town.country,
            latitude=town.latitude,
            longitude=town.longitude,
            part_of=self.cast.towns[town.within].name if town.within is not None else None,
            mentions=tuple(spans),
        )
