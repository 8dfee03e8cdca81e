"""Which days articles name, and how many articles name a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from timeline.extraction.mentions import Extraction
from timeline.models import Article, NamedDay
from timeline.reconciliation.importance import LATER, MOST_NAMING, doublings
from timeline.vocabulary import ArticleState

# A news article names a few days; the first so many of a longer chronology are kept.
MOST_DAYS = 60


def keep_days(article: Article, extraction: Extraction) -> None:
    """Remember the days that an article names."""
    exact = (time.date.earliest for time in extraction.times if time.date and time.date.is_exact)
    days = list(dict.fromkeys(day for day in exact if day is not None))[:MOST_DAYS]
    NamedDay.objects.bulk_create(NamedDay(article=article, day=day) for day in days)


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
    """The current articles that name each of some days: the first thousand, by one query a day."""
    current = NamedDay.objects.filter(article__state=ArticleState.TAKEN).order_by("article")
    rows = current.values_list("article", "article__source_key", "article__latest")
    return {day: [_Mention(*row) for row in rows.filter(day=day)[:MOST_NAMING]] for day in days}
