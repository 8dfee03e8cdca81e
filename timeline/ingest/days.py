"""Which days articles name, and how many articles name a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from timeline.extraction.mentions import Extraction
from timeline.ingest.bulk import Table
from timeline.models import Article, NamedDay
from timeline.reconciliation.importance import LATER, MOST_NAMING, doublings
from timeline.vocabulary import ArticleState

# A news article names a few days; the first so many of a longer chronology are kept.
MOST_DAYS = 60
# SQLite joins no more than five hundred queries into one.
AT_ONCE = 400
NAMED, ARTICLES = (model._meta.db_table for model in (NamedDay, Article))


def keep_days(article: Article, extraction: Extraction) -> None:
    """Remember the days that an article names."""
    exact = (time.date.earliest for time in extraction.times if time.date and time.date.is_exact)
    days = list(dict.fromkeys(day for day in exact if day is not None))[:MOST_DAYS]
    Table(NamedDay, "article", "day").insert((article.pk, day) for day in days)


def days_of(articles: Iterable[Article]) -> set[date]:
    """The days that some articles name, in whatever version."""
    return set(NamedDay.objects.filter(article__in=[article.pk for article in articles]).values_list("day", flat=True))


@dataclass(frozen=True, slots=True)
class Naming:
    """How many independent sources name a day, and how many of them when it is no longer news."""

    sources: int = 0
    later: int = 0

    @property
    def doublings(self) -> tuple[int, int]:
        return doublings(self.sources), doublings(self.later)


@dataclass(frozen=True, slots=True)
class _Mention:
    article: int
    source: str
    printed: date | None


def count_naming(days: Iterable[date]) -> Mapping[date, Naming]:
    """How many independent sources name each of some days now: a text counts once with its copies. At most a thousand
    articles are looked at for each."""
    return {day: _count(day, naming) for day, naming in _naming(set(days)).items()}


def _count(day: date, naming: Collection[_Mention]) -> Naming:
    first: dict[str, date] = {}
    for one in naming:
        first[one.source] = min(first.get(one.source, date.max), one.printed or date.min)
    return Naming(len(first), sum(printed - day > LATER for printed in first.values()))


def days_named_more(article: Article) -> set[date]:
    """The days which a new article names, and which count otherwise with it."""
    found = set()
    for day, naming in _naming(days_of([article])).items():
        others = [one for one in naming if one.article != article.pk]
        if _count(day, others).doublings != _count(day, naming).doublings:
            found.add(day)
    return found


def _naming(days: Iterable[date]) -> dict[date, list[_Mention]]:
    """The current articles that name each of some days: the first thousand of each."""
    one = (
        f"SELECT n.day, n.article_id, a.source_key, a.latest FROM {NAMED} n"  # noqa: S608 (words of our own)
        f" JOIN {ARTICLES} a ON a.id = n.article_id"
        f" WHERE n.day = %s AND a.state = '{ArticleState.TAKEN}' ORDER BY n.article_id LIMIT {MOST_NAMING}"
    )
    asked = sorted(set(days))
    naming: dict[date, list[_Mention]] = {day: [] for day in asked}
    with connection.cursor() as cursor:
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            cursor.execute(
                " UNION ALL ".join([f"SELECT * FROM ({one}) AS naming"] * len(some)),  # noqa: S608 (as above)
                [connection.ops.adapt_datefield_value(day) for day in some],
            )
            for day, article, source, latest in cursor.fetchall():
                naming[_date(day)].append(_Mention(article, source, None if latest is None else _date(latest)))
    return naming


def _date(value: date | str) -> date:
    """SQLite gives dates as text where no model stands between."""
    return date.fromisoformat(value) if isinstance(value, str) else value
