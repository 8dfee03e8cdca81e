"""The filters as the ORM writes them, with joins and LIKE: what the index must equal, and is measured against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from timeline.models import Event, Statement
from timeline.models.articles import Article
from timeline.search.query import EventQuery, StatementQuery
from timeline.search.words import begins, words_of
from timeline.vocabulary import ON_PAGE, EventStatus, StatementKind


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Filters as values: the ids of rows, words, days."""

    words: str = ""
    actors: tuple[int, ...] = ()
    speaker: int | None = None
    kinds: tuple[StatementKind, ...] = ()
    place: int | None = None
    publisher: int | None = None
    story: int | None = None
    kind: str | None = None
    mark: str | None = None
    exact: bool = False
    first: date | None = None
    last: date | None = None
    more: dict[str, str] = field(default_factory=dict)

    def query(self) -> EventQuery:
        query = EventQuery().containing(self.words) if self.words else EventQuery()
        for actor in self.actors:
            query = query.involving(actor)
        if self.speaker is not None or self.kinds:
            query = query.quoting(self.speaker, self.kinds)
        if self.place is not None:
            query = query.at(self.place)
        if self.publisher is not None:
            query = query.reported_by(self.publisher)
        if self.story is not None:
            query = query.of_running_story(self.story)
        if self.kind is not None:
            query = query.of_kind(self.kind)
        if self.mark is not None:
            query = query.marked(self.mark)
        if self.exact:
            query = query.exact()
        return query.between(self.first, self.last)


def having(**related: object) -> Q:
    return Q(pk__in=Event.objects.filter(**related).values("pk"))


def plain_events(asked: Asked) -> QuerySet[Event]:
    """The same events without the index, but for words: what LIKE finds, which may stand in the middle of others."""
    found = Event.objects.filter(status__in=ON_PAGE)
    for word in asked.words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | having(participations__actor__name__icontains=word)
            | having(participations__actor__aliases__text__icontains=word)
            | having(statements__text__icontains=word, statements__status__in=ON_PAGE)
        )
    for actor in asked.actors:
        found = found.filter(having(participations__actor=actor))
    if asked.speaker is not None or asked.kinds:
        said: dict[str, object] = {"statements__status__in": ON_PAGE}
        said |= {"statements__speaker": asked.speaker} if asked.speaker is not None else {}
        said |= {"statements__kind__in": asked.kinds} if asked.kinds else {}
        found = found.filter(having(**said))
    if asked.place is not None:
        found = found.filter(
            Q(place=asked.place) | Q(place__part_of=asked.place) | Q(place__part_of__part_of=asked.place)
        )
    if asked.publisher is not None:
        found = found.filter(having(evidence__article__publisher=asked.publisher))
    if asked.story is not None:
        of_story = Article.objects.of_story(Event(pk=asked.story))
        found = found.filter(having(evidence__article__in=of_story))
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    match asked.mark:
        case None:
            pass
        case "corrected":
            found = found.exclude(corrections={})
        case "hedged":
            found = found.filter(hedged=True)
        case EventStatus.DISPUTED:
            found = found.filter(Q(status=asked.mark) | Q(date_disputed=True) | Q(order_disputed=True))
        case _:
            found = found.filter(status=asked.mark)
    if asked.exact:
        found = found.filter(earliest__isnull=False).extra(where=["earliest = latest"])
    return touching(found, asked.first, asked.last)


def touching(found: QuerySet, first: date | None, last: date | None) -> QuerySet:
    if first is not None:
        found = found.filter(Q(latest__gte=first) | Q(latest__isnull=True))
    if last is not None:
        found = found.filter(Q(earliest__lte=last) | Q(earliest__isnull=True))
    return found


def exactly(asked: Asked, *, newest_first: bool = False) -> list[int]:
    """The ids of the events that the index must give, in order: words are compared one by one."""
    found = plain_events(Asked(**{**vars(asked), "words": ""})).order_by("-chrono" if newest_first else "chrono")
    return [event.pk for event in found if contains(texts_of(event), asked.words)]


def texts_of(event: Event) -> list[str]:
    names = [
        text
        for part in event.participations.all()
        for text in (part.actor.name, *part.actor.aliases.values_list("text", flat=True))
    ]
    quotes = event.statements.filter(status__in=ON_PAGE).values_list("text", flat=True)
    return [event.title, event.description, *names, *quotes]


def contains(texts: Iterable[str], typed: str) -> bool:
    there = {word for text in texts for word in words_of(text)}
    wanted = words_of(typed)
    if typed and not wanted:
        return False
    return all(any(one.startswith(word) if begins(word) else one == word for one in there) for word in wanted)


@dataclass(frozen=True, kw_only=True)
class AskedToo:
    """Filters of statements."""

    words: str = ""
    speaker: int | None = None
    kinds: tuple[StatementKind, ...] = ()
    medium: str = ""
    first: date | None = None
    last: date | None = None

    def query(self) -> StatementQuery:
        query = StatementQuery().containing(self.words) if self.words else StatementQuery()
        query = query.of_kinds(self.kinds)
        query = query.by(self.speaker) if self.speaker is not None else query
        query = query.in_medium(self.medium) if self.medium else query
        return query.between(self.first, self.last)


def plain_statements(asked: AskedToo) -> QuerySet[Statement]:
    found = Statement.objects.filter(status__in=ON_PAGE)
    found = found.filter(speaker=asked.speaker) if asked.speaker is not None else found
    found = found.filter(kind__in=asked.kinds) if asked.kinds else found
    found = found.filter(medium__iexact=asked.medium) if asked.medium else found
    return touching(found, asked.first, asked.last)


def exactly_said(asked: AskedToo, *, newest_first: bool = False) -> list[int]:
    found = plain_statements(asked).order_by("-chrono" if newest_first else "chrono")
    return [one.pk for one in found if contains([one.text], asked.words)]
