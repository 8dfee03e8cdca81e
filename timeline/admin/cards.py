"""An entry as an editor judges it: the words of the articles first, then what was made of them, and why it waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from timeline.admin.comparison import Column, columns
from timeline.admin.corrections import fingerprint
from timeline.admin.dates import choices
from timeline.admin.pages import in_words
from timeline.admin.waiting import Item, Pair, Thing, name_of, nameless, reasons_of, still_waits
from timeline.ingest.acts import kind_of
from timeline.models import Actor, Article, Claim, Event, EventRelation, Evidence, Statement
from timeline.vocabulary import PartialDate

PASSAGES = 6
# Of two entries so many rows behind each are counted, to say which has more.
COMPARED = 100
CLAIMS = 20
RELATIONS = 20
# A paragraph that goes on longer than this beside the passage is cut at a word.
BESIDE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage in its paragraph: pieces of text, marked or not, and where they stand."""

    pieces: tuple[tuple[str, bool], ...]
    source: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    thing: Thing
    name: str
    kind: str
    heading: str
    version: str
    reasons: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    more_passages: bool
    claims: tuple[Claim, ...]
    choices: tuple[tuple[Claim, bool], ...]
    orders: tuple[tuple[str, Passage | None], ...]
    decided: str
    change_url: str
    history_url: str
    page_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairCard:
    """Two entries side by side that may be one; `kept` is the one that would stand for both."""

    pair: Pair
    name: str
    kind: str
    heading: str
    version: str
    reasons: tuple[str, ...]
    columns: tuple[Column, ...]
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in a list, with the first passage behind it; `is_pair` where there is something to answer, not to
    decide."""

    name: str
    kind: str
    heading: str
    when: str
    version: str
    reasons: tuple[str, ...]
    before: str
    exact: str
    after: str
    source: str
    href: str
    is_pair: bool = False


def card_of(thing: Thing) -> Card:
    evidence = list(thing.evidence.select_related("article__publisher")[: PASSAGES + 1])
    claims: list[Claim] = []
    orders: list[tuple[str, Passage | None]] = []
    if isinstance(thing, Event):
        claims = list(thing.claims.select_related("article__publisher")[:CLAIMS]) if thing.date_disputed else []
        orders = _contradicted(thing) if thing.order_disputed else []
    kind = str(thing._meta.model_name)
    waits = still_waits(thing)
    return Card(
        thing=thing,
        name=name_of(thing),
        kind=kind,
        heading=heading_of(thing),
        version=fingerprint(thing),
        reasons=tuple(reasons_of(thing, nobody=name_of(thing) in nameless([thing]))) if waits else (),
        facts=tuple((label, value) for label, value in facts_of(thing) if value),
        passages=tuple(_passage(one) for one in evidence[:PASSAGES]),
        more_passages=len(evidence) > PASSAGES,
        claims=tuple(claims),
        choices=tuple(choices(thing)) if isinstance(thing, Event) and thing.date_disputed else (),
        orders=tuple(orders),
        decided="" if waits else decided_words(thing),
        change_url=reverse(f"admin:timeline_{kind}_change", args=[thing.pk]),
        history_url=reverse(f"admin:timeline_{kind}_history", args=[thing.pk]),
        page_url=thing.get_absolute_url(),
    )


def pair_card_of(pair: Pair) -> PairCard:
    return PairCard(
        pair=pair,
        name=name_of(pair),
        kind=f"two {kind_of(pair.left)}s",
        heading=heading_of(pair),
        version=version_of(pair),
        reasons=tuple(reasons_of(pair, nobody=False)),
        columns=tuple(columns([pair.left, pair.right])),
        kept=likelier_kept(pair.left, pair.right).pk,
    )


def likelier_kept(one: Any, other: Any) -> Any:
    """Of two entries the one to stand for both: whom the knowledge file has, else whom people have put right, else who
    has more behind it, else the older."""
    return max((one, other), key=lambda entry: (bool(getattr(entry, "known", "")), entry.is_corrected, _weight(entry)))


def _weight(entry: Any) -> int:
    """How much stands behind an entry, as far as it is counted."""
    rows: list[Any] = [entry.participations, entry.statements] if isinstance(entry, Actor) else [entry.evidence]
    return sum(int(each.all()[:COMPARED].count()) for each in rows)


def version_of(item: Item) -> str:
    """What an entry, or each of two, is at the moment: to know whether it has changed since."""
    if isinstance(item, Pair):
        return fingerprint(item.left) + fingerprint(item.right)
    return fingerprint(item)


def lines_of(items: list[Item]) -> list[Line]:
    """Entries of a list; asks as often for many as for few."""
    things = [item for item in items if not isinstance(item, Pair)]
    nobody = nameless(things)
    first = _first_evidence(things)
    return [
        _pair_line(item) if isinstance(item, Pair) else _line(item, name_of(item) in nobody, first.get(name_of(item)))
        for item in items
    ]


def _pair_line(pair: Pair) -> Line:
    reasons = tuple(reasons_of(pair, nobody=False))
    words = {"before": "", "exact": "", "after": "", "source": "", "href": "", "when": "", "version": ""}
    return Line(
        name=name_of(pair), kind=f"two {kind_of(pair.left)}s", heading=heading_of(pair), reasons=reasons, is_pair=True,
        **words,
    )  # fmt: skip


def _line(thing: Thing, is_nameless: bool, evidence: Evidence | None) -> Line:
    article = evidence.article if evidence is not None else None
    before = evidence.prefix if evidence else ""
    after = evidence.suffix if evidence else ""
    return Line(
        name=name_of(thing),
        kind=str(thing._meta.model_name),
        heading=heading_of(thing),
        when=thing.date.display,
        version=fingerprint(thing),
        reasons=tuple(reasons_of(thing, nobody=is_nameless)),
        # The words at the edges are cut.
        before=f"…{before.partition(' ')[2]}" if before else "",
        exact=evidence.exact if evidence and article else "",
        after=f"{after.rpartition(' ')[0]}…" if after else "",
        source=str((article.publisher or article) if article else ""),
        href=f"{article.get_absolute_url()}#e{evidence.pk}" if evidence and article else "",
    )


def heading_of(thing: Item) -> str:
    if isinstance(thing, Pair):
        return f"“{thing.left}” and “{thing.right}”"
    if isinstance(thing, Event):
        return thing.title
    text = thing.text if len(thing.text) <= 200 else thing.text[:199] + "…"
    return f"{thing.speaker or thing.speaker_as_written or 'Somebody'}: {f'“{text}”' if thing.is_verbatim else text}"


def decided_words(thing: Thing) -> str:
    """Who has decided on an entry that waits no longer, and when."""
    mark = thing.corrections.get("status")
    if mark is None:
        return f"It is {thing.get_status_display()} now: a newer reading is surer of it."
    because = f", because: {mark['why']}" if mark.get("why") else ""
    at = in_words(datetime.fromisoformat(mark["at"]))
    return f"{mark['by']} has decided on {at}{because}. It is {thing.get_status_display()} now."


def facts_of(thing: Thing) -> Iterable[tuple[str, str]]:
    if isinstance(thing, Event):
        people = (
            f"{part.actor} ({part.role})" if part.role else str(part.actor)
            for part in thing.participations.select_related("actor")
        )
        yield "When", when_words(thing.date, thing.date_display)
        yield "Who", ", ".join(people)
        yield "Where", str(thing.place or "")
        yield "Kind", thing.get_kind_display()
        yield "Description", thing.description
        yield "Part of", str(thing.part_of or "")
        yield "Sources", str(thing.sources)
    else:
        written = thing.speaker_as_written
        named = str(thing.speaker or "")
        yield "Speaker", f"{named} (written “{written}”)" if named and written not in ("", named) else named or written
        yield "Words", thing.text
        yield "Cue", thing.cue
        yield "Medium", thing.medium
        yield "Said to", thing.addressee
        yield "Kind", thing.get_kind_display()
        yield "When", when_words(thing.date)
        yield "In the event", str(thing.event or "")


def when_words(when: PartialDate, override: str = "") -> str:
    """A date with where it comes from."""
    raw = f"“{when.raw}”" if when.raw else ""
    basis = "; ".join(part for part in (when.caveat, raw, when.reason, str(when.basis)) if part)
    return f"{override or when.display} ({basis})"


def _passage(evidence: Evidence) -> Passage:
    article = evidence.article
    note = "" if evidence.stance == Evidence.Stance.SUPPORTS else evidence.get_stance_display()
    if article is None:
        source = evidence.outside_title or evidence.outside_url
        return Passage(pieces=(), source=f"{source} (outside source)", href=evidence.outside_url, note=note)
    return _passage_in(article, evidence.start, evidence.end, f"#e{evidence.pk}", note)


def _passage_in(article: Article, start: int | None, end: int | None, anchor: str, note: str = "") -> Passage:
    source = ", ".join(str(part) for part in (article, article.publisher, article.date.display) if part)
    pieces: list[tuple[str, bool]] = []
    if start is not None and end is not None:
        first, last = _paragraph(article.text, start, end)
        cuts = [first, start, end, last]
        pieces = [(article.text[a:b], n == 1) for n, (a, b) in enumerate(pairwise(cuts)) if a < b]
    return Passage(pieces=tuple(pieces), source=source, href=article.get_absolute_url() + anchor, note=note)


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """The line or lines that a passage stands in, cut where they are long."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if start - first > BESIDE:
        gap = text.find(" ", start - BESIDE, start)
        first = start if gap < 0 else gap + 1
    if last - end > BESIDE:
        gap = text.rfind(" ", end, end + BESIDE)
        last = end if gap < 0 else gap
    return first, last


def _contradicted(event: Event) -> list[tuple[str, Passage | None]]:
    """What articles say of an event's order that its date does not allow, each with its sentence."""
    found = []
    relations: Any = EventRelation.objects.touching(event).select_related("source", "target", "article__publisher")
    for relation in relations[:RELATIONS]:
        if relation.fits_dates:
            continue
        kind = relation.get_kind_display().replace("_", " ")
        source, target = (f"“{one}” ({one.date.display})" for one in (relation.source, relation.target))
        article = relation.article
        passage = _passage_in(article, relation.start, relation.end, "") if article else None
        found.append((f"{source} is said to be {kind} {target}", passage))
    return found


def _first_evidence(things: list[Thing]) -> dict[str, Evidence]:
    """The first passage behind each of some entries."""
    found: dict[str, Evidence] = {}
    for model, kind in ((Event, "event"), (Statement, "statement")):
        ids = [thing.pk for thing in things if isinstance(thing, model)]
        first = Evidence.objects.filter(**{kind: OuterRef("pk")}).order_by("pk").values("pk")[:1]
        wanted: Any = model._default_manager.filter(pk__in=ids).annotate(first=Subquery(first)).values("first")
        rows = Evidence.objects.filter(pk__in=wanted).select_related("article__publisher")
        for one in rows.defer("article__text", "article__blocks", "article__story"):
            found[f"{kind}-{getattr(one, f'{kind}_id')}"] = one
    return found
