"""Small random worlds in the database, and what may happen in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import User

from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_publisher
from timeline.extraction.names import normal_form
from timeline.ingest.acts import Act, NotMergeable, merges_into
from timeline.ingest.merging import merge, undo
from timeline.ingest.splitting import split_event
from timeline.ingest.takedown import take_down
from timeline.models import Actor, Alias, Article, Event, Evidence, Participation, Place, Publisher, Statement
from timeline.search import asking
from timeline.vocabulary import (
    DECIDABLE,
    ArticleState,
    DateBasis,
    DatePrecision,
    EventKind,
    EventStatus,
    PartialDate,
    StatementKind,
)

WORDS = ("clash", "deal", "deals", "Peace", "peaceful", "Zürich", "über", "café’s", "x", "Зеленский", "don't", "2025")
NAMES = ("Ann Lee", "Anna Leeds", "Émile Zola", "O'Brien", "Čapek")
KINDS = (EventKind.MEETING, EventKind.ATTACK, EventKind.STATEMENT)
MEDIA = ("", "Truth Social", "truth social", "vidéo", "50% off_")
SOME_DAY = date(2024, 2, 20)


def some_day(pick: random.Random) -> date:
    return SOME_DAY + timedelta(days=pick.randint(-50, 400) if pick.random() < 0.8 else pick.randint(-40_000, 9_000))


def some_date(pick: random.Random) -> PartialDate:
    day = some_day(pick)
    match pick.randrange(7):
        case 0:
            return PartialDate.in_month(day.year, day.month)
        case 1:
            bounds = (date(day.year, 1, 1), date(day.year, 12, 31))
            return PartialDate(
                earliest=bounds[0], latest=bounds[1], precision=DatePrecision.YEAR, basis=DateBasis.STATED
            )
        case 2:
            return PartialDate.until(day)
        case 3:
            return PartialDate(earliest=day, latest=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.STATED)
        case 4:
            last = day + timedelta(days=pick.randint(0, 700))
            return PartialDate(earliest=day, latest=last, precision=DatePrecision.RANGE, basis=DateBasis.STATED)
        case 5 if pick.random() < 0.3:
            return PartialDate.unknown()
        case _:
            return PartialDate.on(day)


def some_words(pick: random.Random) -> str:
    return " ".join(pick.choices(WORDS, k=pick.randint(1, 4)))


class World:
    """Rows to begin with, and acts that change them the ways people, readings and the database do."""

    def __init__(self, seed: int) -> None:
        self.pick = random.Random(seed)
        self.user = User.objects.create(username=f"ann{seed}")
        self.moment = datetime(2025, 3, 1, tzinfo=UTC)
        for name in NAMES:
            make_actor(name, self.pick.choice(WORDS))
        ukraine = make_place("Ukraine")
        kyiv = make_place("Kyiv", part_of=ukraine)
        make_place("Office", part_of=kyiv)
        for n in range(4):
            make_article(
                f"Text {n} of {some_words(self.pick)}.", publisher=make_publisher(f"Paper {n % 3}"), url=f"u{n}"
            )
        for _ in range(self.pick.randint(1, 12)):
            self.add_event()

    def one(self, rows) -> object | None:
        """One of some rows."""
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.model._default_manager.get(pk=self.pick.choice(pks)) if pks else None

    def event(self) -> Event | None:
        return self.one(Event.objects.filter(merged_into=None))

    def add_event(self) -> None:
        pick = self.pick
        actors = pick.sample(sorted(Actor.objects.filter(merged_into=None), key=str), k=pick.randint(0, 2))
        event = make_event(
            some_words(pick),
            *actors,
            date=some_date(pick),
            kind=pick.choice(KINDS),
            description=some_words(pick) if pick.random() < 0.3 else "",
            hedged=pick.random() < 0.2,
            date_disputed=pick.random() < 0.2,
            status=pick.choice(DECIDABLE),
            place=self.one(Place.objects.all()) if pick.random() < 0.6 else None,
            corrections={"title": {}} if pick.random() < 0.2 else {},
        )
        for article in pick.sample(sorted(Article.objects.all(), key=lambda one: one.pk), k=pick.randint(0, 2)):
            make_evidence(event, article, article.text[:6])
        for _ in range(pick.randint(0, 2)):
            self.add_statement(event)

    def add_statement(self, event: Event | None = None) -> None:
        pick = self.pick
        event = event or self.event()
        when = some_date(pick)
        statement = Statement.objects.create(
            text=some_words(pick),
            event=event,
            speaker=self.one(Actor.objects.filter(merged_into=None)),
            kind=pick.choice(list(StatementKind)),
            medium=pick.choice(MEDIA),
            status=pick.choice(DECIDABLE),
            date=when,
            own_date=True,
        )
        statement.place_in_time()
        statement.save(update_fields=["chrono"])

    # --- acts ---

    def edit(self) -> None:
        if event := self.event():
            event.title, event.status = some_words(self.pick), self.pick.choice(DECIDABLE)
            event.save()

    def date(self) -> None:
        if event := self.event():
            event.date = some_date(self.pick)
            event.place_in_time()
            event.save()

    def order(self) -> None:
        if event := self.event():
            event.order = self.pick.randrange(5)
            event.place_in_time()
            Event.objects.filter(pk=event.pk).update(order=event.order, chrono=event.chrono)

    def reject_many(self) -> None:
        kind = self.pick.choice(KINDS)
        status = self.pick.choice((EventStatus.REJECTED, EventStatus.CONFIRMED))
        Event.objects.filter(kind=kind, merged_into=None).update(status=status)

    def delete(self) -> None:
        if event := self.event():
            event.delete()

    def delete_statement(self) -> None:
        if statement := self.one(Statement.objects.filter(merged_into=None)):
            statement.delete()

    def say_otherwise(self) -> None:
        if statement := self.one(Statement.objects.filter(merged_into=None)):
            statement.text, statement.medium = some_words(self.pick), self.pick.choice(MEDIA)
            statement.event, statement.speaker = self.event(), self.one(Actor.objects.filter(merged_into=None))
            statement.save()

    def rename(self) -> None:
        if actor := self.one(Actor.objects.filter(merged_into=None)):
            Actor.objects.filter(pk=actor.pk).update(name=self.pick.choice(NAMES) + " " + self.pick.choice(WORDS))

    def spell(self) -> None:
        if actor := self.one(Actor.objects.filter(merged_into=None)):
            text = some_words(self.pick)
            Alias.objects.get_or_create(actor=actor, text=text, defaults={"normal": normal_form(text)})

    def forget_spelling(self) -> None:
        if alias := self.one(Alias.objects.all()):
            alias.delete()

    def take_part(self) -> None:
        event, actor = self.event(), self.one(Actor.objects.filter(merged_into=None))
        if event and actor:
            Participation.objects.bulk_create([Participation(event=event, actor=actor)], ignore_conflicts=True)

    def step_down(self) -> None:
        if part := self.one(Participation.objects.all()):
            part.delete()

    def move_place(self) -> None:
        one, other = self.pick.sample(list(Place.objects.order_by("pk")), 2)
        Place.objects.filter(pk=one.pk).exclude(part_of__part_of=one).update(part_of=other)

    def sell(self) -> None:
        if article := self.one(Article.objects.all()):
            Article.objects.filter(pk=article.pk).update(publisher=self.one(Publisher.objects.all()))

    def carry_on(self) -> None:
        article, head, own = self.one(Article.objects.all()), self.event(), self.event()
        if article:
            state = self.pick.choice((ArticleState.TAKEN, ArticleState.TAKEN, ArticleState.SUPERSEDED))
            head = head if self.pick.random() < 0.5 else None
            Article.objects.filter(pk=article.pk).update(main_event=own, carries_on=head, state=state, url="")

    def prove(self) -> None:
        event, article = self.event(), self.one(Article.objects.all())
        if event and article:
            make_evidence(event, article, article.text[:6])

    def disprove(self) -> None:
        if evidence := self.one(Evidence.objects.all()):
            evidence.delete()

    def act(self) -> Act:
        self.moment += timedelta(seconds=1)
        return Act(by=self.user, at=self.moment)

    def merge(self) -> None:
        model = self.pick.choice((Event, Actor, Statement))
        rows = list(model._default_manager.filter(merged_into=None).order_by("pk"))
        if len(rows) > 1:
            merge(*self.pick.sample(rows, 2), self.act())

    def unmerge(self) -> None:
        model = self.pick.choice((Event, Actor, Statement))
        kept = self.one(model._default_manager.filter(merged_into=None))
        merges = merges_into(kept) if kept else []
        if merges:
            undo(self.pick.choice(merges), self.act())

    def split(self) -> None:
        event = self.event()
        if event:
            try:
                split_event(event, event.evidence.all()[:1], self.act())
            except NotMergeable:
                return

    def take_down(self) -> None:
        if Article.objects.count() > 2 and (article := self.one(Article.objects.all())):
            take_down(article)

    ACTS = (
        "add_event", "add_statement", "edit", "date", "order", "reject_many", "delete", "delete_statement",
        "say_otherwise", "rename", "spell", "forget_spelling", "take_part", "step_down", "move_place", "sell",
        "carry_on", "prove", "disprove", "merge", "unmerge", "split", "take_down",
    )  # fmt: skip

    def happen(self, times: int) -> None:
        asking.live()
        for _ in range(times):
            act: Callable[[], None] = getattr(self, self.pick.choice(self.ACTS))
            act()
            if self.pick.random() < 0.6:
                asking.live()  # readers bring the index up to date too
