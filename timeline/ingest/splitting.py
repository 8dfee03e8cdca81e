"""One entry that a person finds to be two. The way back is to merge them."""

from __future__ import annotations

from collections.abc import Iterable

from timeline.extraction.names import normal_form
from timeline.ingest.acts import Act, Entry, NotMergeable, kind_of
from timeline.ingest.derived import refresh
from timeline.ingest.judgements import judge, pair_of, spell, withdraw_spelling
from timeline.ingest.merging import bring_up_to_date
from timeline.ingest.store import one_at_a_time
from timeline.ingest.suggestions import suggest_anew
from timeline.models import Actor, Alias, Event, Evidence, Judgement, Participation, Statement
from timeline.models.dated import Dated
from timeline.vocabulary import EventStatus

QUOTES = '“”„«»"'
# What a statement split from another has of it.
SHARED = (
    "kind",
    "speaker_id",
    "speaker_as_written",
    "cue",
    "medium",
    "addressee",
    "hedged",
    "inserted",
    "event_id",
    "confidence",
    "own_date",
)


def split_actor(
    actor: Actor,
    aliases: Iterable[Alias],
    act: Act,
    *,
    name: str = "",
    statements: Iterable[Statement] = (),
    events: Iterable[Event] = (),
) -> Actor:
    """Make an actor of their own of some spellings, with what was said and done under them.

    The spellings never name the first actor again, and no reading gives back what is moved.

    Raises:
        NotMergeable: no spelling is chosen, or none would be left.
    """
    chosen = list(aliases)
    normals = {alias.normal for alias in chosen}
    staying = actor.aliases.exclude(pk__in=[alias.pk for alias in chosen])
    if not chosen:
        raise NotMergeable("Choose at least one spelling that belongs to somebody else.")
    if not staying.exists():
        raise NotMergeable("Leave at least one spelling: somebody must be left who bears it.")
    with one_at_a_time():
        act.touch([actor, *chosen])
        other = Actor(name=(name or chosen[0].text)[:300], kind=actor.kind)
        other.lock(["name"], by=act.by.get_username(), why=act.why, at=act.at)
        Actor.objects.bulk_create([other])
        act.made([other])
        if normal_form(actor.name) in normals:
            left = staying.order_by("pk").first()
            assert left is not None
            actor.name = left.text
            actor.lock(["name"], by=act.by.get_username(), why=act.why, at=act.at)
            Actor.objects.filter(pk=actor.pk).update(name=actor.name, corrections=actor.corrections)
        Alias.objects.filter(pk__in=[alias.pk for alias in chosen]).update(actor=other)
        for alias in chosen:
            alias.actor = other
            spell(alias, at=act.at)
            Alias.objects.filter(pk=alias.pk).update(by_hand=True, normal=alias.normal)
            withdraw_spelling(actor, alias.text, by=act.by, why=act.why, at=act.at)
        if normal_form(other.name) not in normals:
            own = Alias(actor=other, text=other.name)
            spell(own, at=act.at)
            act.made(Alias.objects.bulk_create([own]))
        spoken = list(statements)
        act.touch(spoken)
        for statement in spoken:
            statement.speaker = other
            statement.lock(["speaker"], by=act.by.get_username(), why=act.why, at=act.at)
            Statement.objects.filter(pk=statement.pk).update(speaker=other, corrections=statement.corrections)
        done = list(events)
        parts = Participation.objects.filter(actor=actor, event__in=done)
        act.touch([*done, *parts])
        for event in done:
            event.lock(["actors"], by=act.by.get_username(), why=act.why, at=act.at)
            Event.objects.filter(pk=event.pk).update(corrections=event.corrections)
        parts.update(actor=other)
        _remember_split(actor, other, act)
        suggest_anew(actor, other)
    actor.refresh_from_db()
    return other


def under_spellings(actor: Actor, aliases: Iterable[Alias]) -> tuple[list[Statement], list[Event]]:
    """What an actor said under some spellings, and the events whose passages name them by no other spelling."""
    chosen = list(aliases)
    texts = {alias.text for alias in chosen}
    others = {alias.text for alias in actor.aliases.all()} - texts
    said = [row for row in actor.statements.all() if row.speaker_as_written in texts]
    done = []
    for event in Event.objects.filter(participations__actor=actor).prefetch_related("evidence"):
        words = " ".join(row.exact for row in event.evidence.all())
        for text in sorted(others, key=len, reverse=True):
            if not any(text in longer for longer in texts):
                words = words if text not in words else ""
        if any(text in words for text in texts):
            done.append(event)
    return said, done


def split_event(event: Event, evidence: Iterable[Evidence], act: Act, *, title: str = "") -> Event:
    """Make an event of its own of some passages, with the statements that stand in them.

    Raises:
        NotMergeable: no passage is chosen, or none would be left.
    """
    chosen = list(evidence)
    if not chosen:
        raise NotMergeable("Choose at least one passage that tells of something else.")
    if event.evidence.count() <= len(chosen):
        raise NotMergeable("Leave at least one passage: it is the event's source.")
    with one_at_a_time():
        act.touch([event])
        fields = ("kind", "place_id", "hedged", "confidence", *Dated.DATE_FIELDS)
        other = Event(title=(title or chosen[0].exact)[:500], status=EventStatus.CONFIRMED, **{
            name: getattr(event, name) for name in fields
        })  # fmt: skip
        named = ["title", "status"] if title else ["status"]
        other.lock(named, by=act.by.get_username(), why=act.why, at=act.at)
        Event.objects.bulk_create([other])
        act.made([other])
        Evidence.objects.filter(pk__in=[row.pk for row in chosen]).update(event=other)
        articles = {row.article_id for row in chosen} - set(event.evidence.values_list("article", flat=True))
        event.claims.filter(article__in=articles).update(event=other)
        _share_accounts(event, other, chosen, articles)
        within = [
            statement
            for statement in event.statements.prefetch_related("evidence")
            if any(_stands_in(said, row) for said in statement.evidence.all() for row in chosen)
        ]
        act.touch(within)
        Statement.objects.filter(pk__in=[statement.pk for statement in within]).update(event=other)
        for part in event.participations.all():
            Participation.objects.bulk_create(
                [Participation(event=other, actor_id=part.actor_id, role=part.role, position=part.position)]
            )
        act.made(list(other.participations.all()))
        _remember_split(event, other, act)
        refresh([event.pk, other.pk])
        suggest_anew(event, other)
    event.refresh_from_db()
    other.refresh_from_db()
    return other


def _share_accounts(event: Event, other: Event, chosen: Iterable[Evidence], alone: Iterable[int | None]) -> None:
    """Let an event that is split from another have what the articles behind its passages say of both; the one that
    stays keeps what is said by articles that prove it too."""
    for account in event.accounts.filter(article__in={row.article_id for row in chosen}):
        if account.article_id not in alone:
            account.pk = None
            account._state.adding = True
        account.event, account.title = other, other.title
        account.save()
    for claim in event.claims.filter(article__in={row.article_id for row in chosen}):
        claim.pk = None
        claim._state.adding = True
        claim.event = other
        claim.save()


def split_statement(statement: Statement, evidence: Iterable[Evidence], act: Act, *, text: str = "") -> Statement:
    """Make a statement of its own of some passages; without a text, of the words of the first article among them.

    Raises:
        NotMergeable: no passage is chosen, or none would be left.
    """
    chosen = sorted(evidence, key=lambda row: (row.article_id or 0, row.start or 0))
    if not chosen:
        raise NotMergeable("Choose at least one passage with other words.")
    if statement.evidence.count() <= len(chosen):
        raise NotMergeable("Leave at least one passage: it is the statement's source.")
    printed = " … ".join(row.exact.strip(QUOTES) for row in chosen if row.article_id == chosen[0].article_id)
    with one_at_a_time():
        act.touch([statement])
        values = {name: getattr(statement, name) for name in (*SHARED, *Dated.DATE_FIELDS)}
        other = Statement(text=text or printed, status=EventStatus.CONFIRMED, **values)
        named = ["text", "status"] if text else ["status"]
        other.lock(named, by=act.by.get_username(), why=act.why, at=act.at)
        Statement.objects.bulk_create([other])
        act.made([other])
        Evidence.objects.filter(pk__in=[row.pk for row in chosen]).update(statement=other)
        _remember_split(statement, other, act)
        bring_up_to_date(statement, other, thinned=set())
    return other


def _stands_in(inner: Evidence, outer: Evidence) -> bool:
    if inner.article_id != outer.article_id or None in (inner.start, inner.end, outer.start, outer.end):
        return False
    assert inner.start is not None and inner.end is not None and outer.start is not None and outer.end is not None
    return outer.start <= inner.start and inner.end <= outer.end


def _remember_split(whole: Entry, part: Entry, act: Act) -> None:
    judge(
        Judgement.Verdict.DIFFERENT, *pair_of(whole, part),
        kind=kind_of(whole), by=act.by, why=act.why, at=act.at, moved={"split": [whole.uid, part.uid]},
    )  # fmt: skip
