"""An entry of the chronology as rows: the event, and after it each of its statements.

A million rows are made of this: what is the same for many is made once, and only the groups asked for are made.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse

from timeline.exports import values
from timeline.exports.cells import fitting, joined, line, shortened, written
from timeline.exports.columns import TIMELINEJS, Group
from timeline.exports.conflicts import DateConflict, OrderConflict, conflicts_of
from timeline.exports.dates import MOST_KEPT, last_moment
from timeline.exports.entries import Entry, Saying
from timeline.models import Evidence, Story
from timeline.vocabulary import StatementKind

Articles = Mapping[int, values.Article]

# As much of a quote as a headline holds.
HEADLINE_QUOTE = 61
NO_SLIDE = "," * (len(TIMELINEJS) - 1)
NO_SOURCE = "," * 6
# No corrections, as databases write it.
NOTHING = "{}"
CONTRADICTS = Evidence.Stance.CONTRADICTS.value


class Line(NamedTuple):
    """What a row is made of: an entry, its address, and the statement that the row is of, if it is of one. `title`,
    `actors` and `places` are cells."""

    number: int
    entry: Entry
    permalink: str
    title: str
    actors: str
    places: str
    saying: Saying | None = None


def rows_of(entries: Iterable[Entry], groups: Iterable[Group], *, site: str, sayings: bool = True) -> Iterator[str]:
    """Rows in the order of the entries, with the cells of some groups; those of statements can be left out.

    `site` is what permalinks begin with, without a slash at its end.
    """
    makers = [MAKERS[group] for group in groups]
    for row in _lines(entries, site, sayings):
        yield ",".join([make(row) for make in makers])


def _lines(entries: Iterable[Entry], site: str, sayings: bool) -> Iterator[Line]:
    before, after = (site + reverse("event", args=["0"])).rsplit("0", 1)
    number = 0
    for entry in entries:
        event = entry.event
        permalink = f"{before}{event.uid}{after}"
        actors = written(joined([participation.actor__name for participation in entry.participations]))
        places = written(joined(_places(event)))
        number += 1
        yield Line(number, entry, permalink, written(event.title), actors, places)
        for saying in entry.sayings if sayings else ():
            number += 1
            yield Line(number, entry, permalink, written(headline_of(saying.statement)), actors, places, saying)


def title_row(story: Story) -> str:
    """The slide of a story's title, as TimelineJS knows it."""
    paragraphs = (f"<p>{html.escape(words)}</p>" for words in [story.standfirst, *story.text.split("\n\n")] if words)
    cells = {"Headline": html.escape(story.title), "Text": fitting(paragraphs, rest="<p>…</p>"), "Type": "title"}
    return line(cells.get(column, "") for column in TIMELINEJS)


def _core_cells(row: Line) -> str:
    return _event_core(row) if row.saying is None else _statement_core(row, row.saying)


def _event_core(row: Line) -> str:
    entry = row.entry
    event, articles = entry.event, entry.articles
    return (
        f"{row.number},{event.uid},event,,{row.title},{_display_cell(event)},"
        f"{event.when.cells},{event.kind},{row.actors},{row.places},,,,,{written(event.description)},"
        f"{_source_cells(entry.evidence, articles)},{event.sources},{round(event.confidence, 2)},{_status(event)},"
        f"{_corrected_cell(event)},{written(joined(map(_in_words, conflicts_of(entry))))},,{written(row.permalink)},"
        f"{_updated(entry.changed, entry.evidence, articles)}"
    )


def _statement_core(row: Line, saying: Saying) -> str:
    statement, evidence, articles = saying.statement, saying.evidence, row.entry.articles
    return (
        f"{row.number},{statement.uid},statement,{row.entry.event.uid},{row.title},{statement.when.words_cell},"
        f"{statement.when.cells},statement,{row.actors},{row.places},{written(speaker_of(statement))},"
        f"{written(statement.text)},{statement.kind},{written(statement.medium)},,"
        f"{_source_cells(evidence, articles)},{_independent(evidence, articles)},{round(statement.confidence, 2)},"
        f"{_status(statement)},{_corrected_cell(statement)},,,{written(f'{row.permalink}#s{statement.uid}')},"
        f"{_updated(saying.changed, evidence, articles)}"
    )


def _mark_cells(row: Line) -> str:
    """What a story says of its entry."""
    mark = row.entry.mark
    return "," if mark is None or row.saying else f"{written(mark.note)},{mark.emphasis or ''}"


def _slide_cells(row: Line) -> str:
    """TimelineJS's columns: a slide for an event, none for a statement."""
    if row.saying is not None:
        return NO_SLIDE
    event = row.entry.event
    return (
        f"{event.when.slide_cells},{_display_cell(event)},{written(html.escape(event.title))},"
        f"{written(_slide_text(row.entry, row.permalink))},,,,,,,{event.kind.capitalize()},"
    )


def _timesketch_cells(row: Line) -> str:
    articles = row.entry.articles
    if row.saying is None:
        event, evidence = row.entry.event, row.entry.evidence
        return f"{row.title},{_moment_cells(event, evidence, articles)},{_tag_cell(event, event.kind)}"
    statement, evidence = row.saying.statement, row.saying.evidence
    return f"{row.title},{_moment_cells(statement, evidence, articles)},{_tag_cell(statement, 'statement')}"


MAKERS: Mapping[Group, Callable[[Line], str]] = {
    Group.CORE: _core_cells,
    Group.OF_STORY: _mark_cells,
    Group.TIMELINEJS: _slide_cells,
    Group.TIMESKETCH: _timesketch_cells,
}


def _display_cell(event: values.Event) -> str:
    return written(event.date_display) if event.date_display else event.when.words_cell


def _moment_cells(
    thing: values.Event | values.Statement, evidence: Iterable[values.Evidence], articles: Articles
) -> str:
    return thing.when.moment_cells(articles[e.article].when for e in evidence if e.article is not None)


def _tag_cell(thing: values.Event | values.Statement, kind: str) -> str:
    return _tags(kind, thing.hedged, thing.corrections != NOTHING)


@lru_cache(256)
def _tags(kind: str, hedged: bool, corrected: bool) -> str:
    return written(json.dumps([kind, *(["hedged"] if hedged else []), *(["corrected"] if corrected else [])]))


def _corrected_cell(thing: values.Event | values.Statement) -> str:
    return "" if thing.corrections == NOTHING else written(joined(sorted(json.loads(thing.corrections))))


def speaker_of(statement: values.Statement) -> str:
    return statement.speaker_as_written if statement.speaker__name is None else statement.speaker__name


def in_quotes(statement: values.Statement, text: str) -> str:
    """Quotation marks only around what is verbatim."""
    return f"“{text}”" if statement.kind == StatementKind.DIRECT else text


def headline_of(statement: values.Statement) -> str:
    beginning = shortened(" ".join(statement.text.split()), HEADLINE_QUOTE)
    return f"{speaker_of(statement) or 'Somebody'}: {in_quotes(statement, beginning)}"


def _places(event: values.Event) -> list[str]:
    """A place and the two it is part of, as far as the filter by place looks."""
    names = (event.place__name, event.place__part_of__name, event.place__part_of__part_of__name)
    return [name for name in names if name is not None]


def _source_cells(evidence: Iterable[values.Evidence], articles: Articles) -> str:
    """Where it stands: the first passage that supports it."""
    for proof in evidence:
        if proof.stance != CONTRADICTS:
            break
    else:
        return NO_SOURCE
    locator = "" if proof.start is None or proof.end is None else f"chars {proof.start}-{proof.end}"
    if proof.article is None:
        return f"{written(proof.outside_title)},,,,{written(proof.outside_url)},{written(proof.exact)},{locator}"
    return f"{_article_cells(articles[proof.article])},{written(proof.exact)},{locator}"


@lru_cache(MOST_KEPT)
def _article_cells(article: values.Article) -> str:
    """Title, publisher, authors, publication and URL; those of an article are asked for again and again."""
    authors = joined(map(str, json.loads(article.bylines)))
    return line([article.title, article.publisher__name or "", authors, article.when.published, article.url])


def _independent(evidence: Iterable[values.Evidence], articles: Articles) -> int:
    """How many independent sources: copies of one text are one."""
    return len(
        {
            (articles[e.article].duplicate_of or e.article)
            if e.article is not None
            else e.outside_url or e.outside_title
            for e in evidence
        }
    )


def _status(thing: values.Event | values.Statement) -> str:
    return joined([thing.status, "hedged"]) if thing.hedged else thing.status


def _in_words(conflict: DateConflict | OrderConflict) -> str:
    """Who says otherwise, what and, of an order, in which sentence."""
    claimant = _claimant(conflict.article)
    match conflict:
        case DateConflict(when=when):
            return f"{claimant}: {when.words}"
        case OrderConflict(order=order, relation=other, passages=passages):
            said = "".join(f" (“{passage.exact}”)" for passage in passages)
            return f"{claimant}: {order} “{other.title}”{said}"


def _claimant(article: values.Article | None) -> str:
    if article is None:
        return "An editor"
    return article.publisher__name or article.title or article.url or f"Article {article.uid}"


def _updated(changed: str, evidence: Iterable[values.Evidence], articles: Articles) -> str:
    """When a row was last changed, or last read from an article."""
    return last_moment([changed, *[articles[e.article].retrieved_at for e in evidence if e.article is not None]])


def _slide_text(entry: Entry, permalink: str) -> str:
    """The words of a slide, as HTML: what happened, what was said, and the way to the proof."""
    event = entry.event
    link = f'<p><a href="{html.escape(permalink)}">Sources and evidence</a></p>'
    pieces = [f"<p>{html.escape(event.description)}</p>"] if event.description else []
    pieces += [_blockquote(saying.statement) for saying in entry.sayings]
    if entry.mark and entry.mark.note:
        pieces.append(f"<p><b>Editor’s note:</b> {html.escape(entry.mark.note)}</p>")
    return fitting([*pieces, link], rest=f"<p>…</p>{link}")


def _blockquote(statement: values.Statement) -> str:
    words = ", ".join([word for word in (speaker_of(statement), statement.medium) if word])
    signature = f"<br><cite>{html.escape(words)}</cite>" if words else ""
    return f"<blockquote>{html.escape(in_quotes(statement, statement.text))}{signature}</blockquote>"
