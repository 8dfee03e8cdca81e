"""Rows as documents of the index: their words, their tags, their place. Entries off the page have none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from timeline.models import Actor, Alias, Article, Event, Evidence, Participation, Place, Statement
from timeline.models.identity import DAY_SHIFT, EPOCH, ID_BITS, ORDER_BITS
from timeline.models.identity import chrono as place_of
from timeline.search.tags import (
    EXACT,
    IRREGULAR,
    OPEN_END,
    OPEN_START,
    Facet,
    hexed,
    number_of,
    padded,
    tag,
    within,
)
from timeline.search.words import LONGEST_TEXT, fold, words_of
from timeline.vocabulary import (
    COARSE_TO_FINE,
    ON_PAGE,
    ArticleState,
    DatePrecision,
    EventStatus,
    PartialDate,
    StatementKind,
)

MOMENT_SHIFT = ID_BITS + ORDER_BITS
SHORT_KINDS = {StatementKind.DIRECT.value: "d", StatementKind.INDIRECT.value: "i", StatementKind.MIXED.value: "m"}


@dataclass(frozen=True, slots=True)
class Document:
    """`row` is the id of what it tells of; `earliest` and `latest` are days since 1970; `tags` are what is counted,
    with a space around each."""

    chrono: int
    row: int
    earliest: int | None
    latest: int | None
    words: str
    tags: str

    @property
    def searched_tags(self) -> str:
        """Its tags, with those of the days that it may be at after its first."""
        if self.earliest is None or self.latest is None or self.earliest == self.latest:
            return self.tags
        return self.tags + " ".join(within(self.earliest + 1, self.latest))


Rows = Sequence[Sequence[Any]]
Read = Callable[[BaseDatabaseWrapper, str], list["Document"]]


def _ask(connection: BaseDatabaseWrapper, sql: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: Rows = cursor.fetchall()
    return rows


def table(model: Any) -> str:
    return str(model._meta.db_table)


def of_ids(ids: Iterable[int]) -> str:
    """The condition for some rows; what stands before it is the column."""
    return f"IN ({', '.join(str(int(pk)) for pk in ids)})"


def of_range(first: int, last: int) -> str:
    return f"BETWEEN {int(first)} AND {int(last)}"


def read_events(connection: BaseDatabaseWrapper, which: str) -> list[Document]:
    """The documents of events, in the order of the chronology. `which` is a condition on the id.

    Which of them are shown is not asked of the database: a planner without statistics would go through all that are.
    """
    speech: defaultdict[int, dict[str, None]] = defaultdict(dict)
    words: defaultdict[int, list[str]] = defaultdict(list)
    for event, actor, name in _ask(
        connection,
        f"SELECT p.event_id, p.actor_id, a.name FROM {table(Participation)} p"  # noqa: S608
        f" JOIN {table(Actor)} a ON a.id = p.actor_id WHERE p.event_id {which} ORDER BY p.event_id, p.position, p.id",
    ):
        speech[event][f"a{actor}"] = None
        words[event].append(name)
    for event, status, speaker, kind, text in _ask(
        connection,
        f"SELECT event_id, status, speaker_id, kind, text FROM {table(Statement)}"  # noqa: S608
        f" WHERE event_id {which} ORDER BY event_id, id",
    ):
        if status not in ON_PAGE:
            continue
        short = SHORT_KINDS[kind]
        own = speech[event]
        own[f"q{short}"] = None
        if speaker is not None:
            own[f"s{speaker}"] = own[f"s{speaker}{short}"] = None
        words[event].append(text)
    for event, publisher, story in _ask(
        connection,
        "SELECT DISTINCT e.event_id, a.publisher_id,"  # noqa: S608
        f" CASE WHEN a.state = '{ArticleState.TAKEN}' THEN COALESCE(a.carries_on_id, a.main_event_id) END"
        f" FROM {table(Evidence)} e JOIN {table(Article)} a ON a.id = e.article_id WHERE e.event_id {which}",
    ):
        if publisher is not None:
            speech[event][f"u{publisher}"] = None
        if story is not None:
            speech[event][f"h{story}"] = None
    found = []
    for (
        pk, chrono, earliest, latest, status, kind, title, description, hedged, date_disputed, order_disputed,
        corrections, place, around, beyond,
    ) in _ask(
        connection,
        "SELECT e.id, e.chrono, e.earliest, e.latest, e.status, e.kind, e.title, e.description, e.hedged,"  # noqa: S608
        " e.date_disputed, e.order_disputed, CAST(e.corrections AS text), p.id, p.part_of_id, o.part_of_id"
        f" FROM {table(Event)} e LEFT JOIN {table(Place)} p ON p.id = e.place_id"
        f" LEFT JOIN {table(Place)} o ON o.id = p.part_of_id"
        f" WHERE e.id {which} AND e.chrono IS NOT NULL ORDER BY e.chrono",
    ):  # fmt: skip
        if status not in ON_PAGE:
            continue
        tags = [*speech.get(pk, ()), f"k{kind}"]
        tags += {f"p{one}": None for one in (place, around, beyond) if one is not None}
        disputed = status == EventStatus.DISPUTED or date_disputed or order_disputed
        tags += [tag(Facet.MARK, status)] if status != EventStatus.DISPUTED else []
        tags += [tag(Facet.MARK, EventStatus.DISPUTED)] if disputed else []
        tags += ["mcorrected"] if corrections != "{}" else []
        tags += ["mhedged"] if hedged else []
        first, last = _days(earliest), _days(latest)
        tags += _span_tags(chrono, first, last)
        text = "\n".join((title, description, *words.get(pk, ())))
        found.append(Document(chrono, pk, first, last, fold(text[:LONGEST_TEXT])[:LONGEST_TEXT], padded(tags)))
    return found


def read_statements(connection: BaseDatabaseWrapper, which: str) -> list[Document]:
    """The documents of statements, in the order of their list."""
    found = []
    for pk, status, chrono, earliest, latest, kind, text, speaker, medium in _ask(
        connection,
        f"SELECT id, status, chrono, earliest, latest, kind, text, speaker_id, medium FROM {table(Statement)}"  # noqa: S608
        f" WHERE id {which} AND chrono IS NOT NULL ORDER BY chrono",
    ):
        if status not in ON_PAGE:
            continue
        tags = [f"k{kind}"]
        tags += [f"s{speaker}"] if speaker is not None else []
        if medium:
            tags += [tag(Facet.MEDIUM, hexed(medium)), tag(Facet.MEDIUM_FOLDED, hexed(medium.lower()))]
        first, last = _days(earliest), _days(latest)
        tags += _span_tags(chrono, first, last)
        found.append(Document(chrono, pk, first, last, fold(text[:LONGEST_TEXT])[:LONGEST_TEXT], padded(tags)))
    return found


def read_articles(connection: BaseDatabaseWrapper, which: str) -> list[Document]:
    """The documents of articles, by when they were printed: the words of their headlines and addresses."""
    found = []
    for pk, earliest, latest, title, url in _ask(
        connection,
        f"SELECT id, earliest, latest, title, url FROM {table(Article)} WHERE id {which}",  # noqa: S608
    ):
        first, last = _days(earliest), _days(latest)
        # Where the lists of articles have them: by the last day on which they can have been printed.
        place = place_of(
            PartialDate.until(date.fromordinal(last + EPOCH)) if last else PartialDate.unknown(), row_id=pk
        )
        words = fold(f"{title}\n{url}"[:LONGEST_TEXT])[:LONGEST_TEXT]
        found.append(Document(place, pk, first, last, words, padded([])))
    return sorted(found, key=lambda one: one.chrono)


def read_names(connection: BaseDatabaseWrapper, which: str) -> list[tuple[str, int]]:
    """The words of the spellings of actors that their names do not have: what is typed, and whom it means.

    The names themselves are among the words of their events; spellings come with every article.
    """
    actors = _ask(connection, f"SELECT id, name FROM {table(Actor)} WHERE id {which}")  # noqa: S608
    own = {pk: set(words_of(name)) for pk, name in actors}
    found = set()
    spellings = f"SELECT actor_id, text FROM {table(Alias)} WHERE actor_id {which}"  # noqa: S608
    for actor, text in _ask(connection, spellings):
        found |= {(word, actor) for word in words_of(text) if word not in own[actor]}
    return sorted(found)


def _days(day: date | str | None) -> int | None:
    """A column of a date as days since 1970; SQLite gives it as text where no model stands between."""
    if day is None:
        return None
    return number_of(date.fromisoformat(day) if isinstance(day, str) else day)


def _span_tags(chrono: int, first: int | None, last: int | None) -> list[str]:
    """What the filter by dates looks for."""
    tags: list[str] = []
    if first is None:
        tags.append(OPEN_START)
    elif last is None:
        tags.append(OPEN_END)
    elif first == last:
        tags.append(EXACT)
    if bounds_of(chrono >> MOMENT_SHIFT) != (first, last):
        tags.append(IRREGULAR)
    return tags


def bounds_of(moment: int) -> tuple[int | None, int | None]:
    """The bounds that most entries with this day and precision have; the others are irregular.

    A moment is a `chrono` without order and id.
    """
    day, rank = moment >> (DAY_SHIFT - MOMENT_SHIFT), moment & ((1 << (DAY_SHIFT - MOMENT_SHIFT)) - 1)
    precision = COARSE_TO_FINE[rank] if rank < len(COARSE_TO_FINE) else DatePrecision.UNKNOWN
    match precision:
        case DatePrecision.UNKNOWN:
            return None, day
        case DatePrecision.DECADE | DatePrecision.YEAR | DatePrecision.MONTH:
            first = date.fromordinal(day + EPOCH)
            if precision is DatePrecision.MONTH:
                year, month = (first.year, first.month + 1) if first.month < 12 else (first.year + 1, 1)
            else:
                year, month = first.year + (10 if precision is DatePrecision.DECADE else 1), 1
            return day, number_of(date(year, month, 1)) - 1 if year <= 9999 else number_of(date.max)
        case _:
            return day, day
