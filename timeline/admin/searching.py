"""Searching long lists by the index: words by their beginnings, as on the site itself, and however long the list is.

What is off the page is in no index: the newest of it is looked through row by row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Expression, Q
from django.http import HttpRequest

from timeline.admin.pages import COUNTED, ModelAdmin
from timeline.models import Actor, Article, Event, Statement
from timeline.search import asking
from timeline.search.asking import Answer
from timeline.search.query import EventQuery, Query, StatementQuery
from timeline.search.tags import Facet, tag
from timeline.vocabulary import ON_PAGE, EventStatus

# Of speakers whose names have the letters so many are looked at.
MOST_SPEAKERS = 100
OFF_PAGE = tuple(status for status in EventStatus if status not in ON_PAGE)
OF_MANY = f"by their beginnings; of more than {COUNTED:,} rows the newest"


class IndexedSearch(ModelAdmin):
    """A list whose search box asks the index."""

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        typed = search_term.strip()
        return (queryset.filter(self.with_words(typed)) if typed else queryset), False

    def with_words(self, typed: str) -> Q:
        """The condition for the rows that are found."""
        raise NotImplementedError


class Found(Expression):
    """The keys of rows as they stand in a query: `filter(pk__in=Found(keys))`.

    A parameter for each of ten thousand takes Django several times as long as the database needs for the answer.
    """

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.keys = keys

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        return f"({','.join(map(str, map(int, self.keys))) or 'NULL'})", ()


def events_with(typed: str) -> list[int]:
    """The events with these words on the page, and those off the page with these letters."""
    return [*_newest(asking.events(EventQuery().containing(typed))), *_others(Event, typed, "title", "description")]


def statements_with(typed: str) -> list[int]:
    """As `events_with`; and what they say whose names have these letters."""
    named = Actor.objects.filter(_letters(typed, "name")).values_list("pk", flat=True)[:MOST_SPEAKERS]
    by = [tag(Facet.SPEAKER, pk) for pk in named]
    said = _newest(asking.statements(StatementQuery().tagged(*by))) if by else []
    found = _newest(asking.statements(StatementQuery().containing(typed)))
    return [*found, *said, *_others(Statement, typed, "text", "speaker__name")]


def articles_with(typed: str) -> list[int]:
    """The articles with these words in headline or address, whatever their state."""
    named = Article.objects.filter(uid=typed).values_list("pk", flat=True)
    return [*_newest(asking.articles(Query().containing(typed))), *named]


def _newest(answer: Answer) -> list[int]:
    return [key.row for key in answer.keys(newest_first=True, limit=COUNTED)]


def _others(model: Any, typed: str, *columns: str) -> list[int]:
    """Each status by itself: its newest stand side by side in an index, and those of several do not."""
    wanted = _letters(typed, *columns)
    found = list(model.objects.filter(uid=typed).values_list("pk", flat=True))
    for status in OFF_PAGE:
        newest = model.objects.filter(status=status).order_by("-chrono").values("pk")[:COUNTED]
        found += model.objects.filter(wanted, pk__in=newest).values_list("pk", flat=True)
    return found


def _letters(typed: str, *columns: str) -> Q:
    """Every word somewhere in one of the columns."""
    wanted = Q()
    for word in typed.split():
        wanted &= Q(*((f"{column}__icontains", word) for column in columns), _connector=Q.OR)
    return wanted
