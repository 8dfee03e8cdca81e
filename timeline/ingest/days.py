"""Which days articles name, and how many articles name a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from timeline.extraction.mentions import Extraction
from timeline.models import Article, NamedDay
from timeline.reconciliation.importance import MOST_NAMING, doublings
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


def count_naming(days: Iterable[date]) -> Mapping[date, int]:
    """How many independent sources name each of some days now: a text counts once with its copies. At most a thousand
    articles are looked at for each."""
    return {day: len(set(naming.values())) for day, naming in _naming(set(days)).items()}


def days_named_more(article: Article) -> set[date]:
    """The days which a new article names, and which count for more with it."""
    found = set()
    for day, naming in _naming(days_of([article])).items():
        others = {source for other, source in naming.items() if other != article.pk}
        if article.source_key not in others and doublings(len(others)) < doublings(len(others) + 1):
            found.add(day)
    return found


def _naming(days: Iterable[date]) -> dict[date, dict[int, str]]:
    """The current articles that name each of some days, with their sources: the first thousand, by one query a day."""
    current = NamedDay.objects.filter(article__state=ArticleState.TAKEN).order_by("article")
    pairs = current.values_list("article", "article__source_key")
    return {day: dict(pairs.filter(day=day)[:MOST_NAMING]) for day in days}
