"""Reading a stored article once more, by the rules of today: the same row, and of what was read from it the same rows
where it still says them. What a person has set stays.

Where other rules have read it before, and had it tell an event that others tell too, it tells that event again if it
would join it today; else one of its own, unless a person has had a hand in it. Read again by the same rules it stays
where it is.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import DataError, IntegrityError, transaction
from django.db import Error as DatabaseFailure
from django.db.models import Q

from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record, Unread
from timeline.extraction.version import VERSION
from timeline.ingest import store
from timeline.ingest.lookup import load_known
from timeline.ingest.removal import erase
from timeline.ingest.versions import Lineage
from timeline.models import Account, Article, Claim, Event, EventRelation, Evidence, Publisher, Statement
from timeline.models.articles import ArticleQuerySet
from timeline.reconciliation.plan import plan
from timeline.vocabulary import ArticleState

Reader = Callable[[Record], Extraction]
What = Literal["event", "statement"]
Beliefs = dict[tuple[What, str], dict[str, str]]
MISTAKE = "this is a mistake in the rules; what was read before stays"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one entry: `values` are those that differ, as (field, before, after)."""

    kind: Literal["comes", "changes", "goes"]
    what: What
    uid: str
    title: str
    values: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What became of one article: `loose` counts passages that people rely on and the new text no longer has."""

    outcome: Literal["read", "refused", "gone"]
    reason: str = ""
    changes: tuple[Change, ...] = ()
    loose: int = 0


def articles_read_before(
    *,
    older_than: str = "",
    uids: Iterable[str] = (),
    publishers: Iterable[Publisher] = (),
    since: date | None = None,
) -> ArticleQuerySet:
    """Current articles by what they were read with, whose they are and when they were published.

    Without `older_than` those of any version; one that was never read is older than all.
    """
    found: ArticleQuerySet = Article.objects.current()
    if wanted := list(uids):
        found = found.filter(uid__in=wanted)
    if houses := list(publishers):
        found = found.filter(publisher__in=houses)
    if since is not None:
        found = found.filter(latest__gte=since)
    if older_than:
        versions = found.order_by().values_list("extracted_with", flat=True).distinct()
        found = found.filter(extracted_with__in=[one for one in versions if _age(one) < _age(older_than)])
    return found


def _age(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def of_other_rules(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those that the rules of today have not read: of a run that broke off, those that are left."""
    return articles.exclude(extracted_with=VERSION)


def record_of(article: Article) -> Record:
    """An article as it was given."""
    given = article.given or {
        "url": article.url,
        "publisher": article.publisher.name if article.publisher else "",
    }
    return Record.again(article.uid, bytes(article.original.content), given)


def read_again(pk: int, *, read: Reader, rehearse: bool = False) -> Again:
    """Read a stored article once more and store what it says now, whole or not at all; or only find out what that
    would change. Never raises for what the article is.

    Raises:
        django.db.Error: the database cannot be read or written.
    """
    article = Article.objects.current().filter(pk=pk).select_related("original", "publisher").first()
    if article is None:
        return Again(outcome="gone", reason="taken down, or a newer version came meanwhile")
    record = record_of(article)
    try:
        extraction = read(record)
        with store.one_at_a_time():
            found = _renew(article, extraction, publisher=record.publisher or "")
            if rehearse:
                transaction.set_rollback(True)
    except Unread as error:
        return Again(outcome="refused", reason=f"{error}; what was read before stays")
    except (DataError, IntegrityError) as error:
        return Again(outcome="refused", reason=f"the database does not take it ({error}); {MISTAKE}")
    except DatabaseFailure:
        raise
    except Exception as error:  # one article that trips the rules must not end the run
        log.warning("%s trips the rules: %s: %s", article.uid, type(error).__name__, error)
        return Again(outcome="refused", reason=f"failed ({type(error).__name__}: {error}); {MISTAKE}")
    return found


def _renew(known: Article, extraction: Extraction, *, publisher: str) -> Again:
    """The new reading in the place of the earlier one, unless something has come between."""
    same = Article.objects.current().filter(pk=known.pk, extracted_with=known.extracted_with)
    article = same.select_related("publisher").first()
    if article is None:
        return Again(outcome="gone", reason="taken down, changed or read again meanwhile")
    before, text = _believed(article), article.text
    earlier = _set_aside(article)
    lineage = Lineage(
        source=article.source_key,
        previous=earlier,
        copied=article.duplicate_of,
        afresh=known.extracted_with != extraction.version,
    )
    steps = plan(extraction, load_known(extraction, lineage))
    store.renew_article(article, extraction, publisher=publisher)
    store.apply(article, steps, lineage)
    loose = _take_back(earlier, article, text)
    return Again(outcome="read", changes=tuple(_changes(before, _believed(article, before))), loose=loose)


# --- the earlier reading ---------------------------------------------------------------------------------------------


def _set_aside(article: Article) -> Article:
    """A row for the earlier reading, as if it were an earlier version, which a newer one takes the place of."""
    values = {
        column.attname: getattr(article, column.attname)
        for column in Article._meta.concrete_fields
        if column.name not in ("id", "uid")
    }
    values |= {
        "url": f"again:{article.uid}",
        "state": ArticleState.SUPERSEDED,
        "supersedes_id": None,
        "duplicate_of_id": article.source_id,
    }
    [earlier] = Article.objects.bulk_create([Article(**values)])
    for rows in (article.evidence, article.accounts, article.claims, article.relations, article.named_days):
        rows.all().update(article=earlier)
    Article.objects.filter(pk=article.pk).update(main_event=None, carries_on=None)
    article.main_event = article.carries_on = None
    return earlier


def _take_back(earlier: Article, article: Article, text: str) -> int:
    """Give the article back what people hold on to of its earlier reading; how many passages have lost their place."""
    loose = 0
    for row in Evidence.objects.filter(article=earlier):
        row.article = article
        if text != article.text and row.start is not None:
            place = _place_of(row, article.text)
            row.start, row.end = place if place else (None, None)
            loose += place is None
        row.save(update_fields=["article", "start", "end"])
    for relation in EventRelation.objects.filter(article=earlier):
        said = {"kind": relation.kind, "source": relation.source_id, "target": relation.target_id}
        EventRelation.objects.filter(article=article, **said).delete()
    EventRelation.objects.filter(article=earlier).update(article=article)
    Claim.objects.filter(article=earlier).update(article=article)
    Account.objects.filter(article=earlier).update(article=article)
    erase([earlier])
    return loose


def _place_of(row: Evidence, text: str) -> tuple[int, int] | None:
    """Where a passage stands in another text of the article: exactly, and in one place only."""
    around = f"{row.prefix}{row.exact}{row.suffix}"
    for wanted, offset in ((around, len(row.prefix)), (row.exact, 0)):
        if wanted and text.count(wanted) == 1:
            start = text.index(wanted) + offset
            return start, start + len(row.exact)
    return None


# --- what changes ----------------------------------------------------------------------------------------------------


def _believed(article: Article, known: Iterable[tuple[What, str]] = ()) -> Beliefs:
    """What is believed of the entries that an article tells, and of some others."""
    asked = Q(evidence__article=article) | Q(uid__in=[uid for _, uid in known])
    found: Beliefs = {}
    events = Event.objects.filter(asked, merged_into__isnull=True).distinct().select_related("place")
    for event in events.prefetch_related("participations__actor"):
        found["event", event.uid] = {
            "title": event.title,
            "date": event.date.display,
            "kind": event.kind,
            "place": str(event.place or ""),
            "actors": ", ".join(sorted(one.actor.name for one in event.participations.all())),
            "status": event.status,
            "sources": str(event.sources),
        }
    statements = Statement.objects.filter(asked, merged_into__isnull=True).distinct()
    for statement in statements.select_related("speaker", "event"):
        found["statement", statement.uid] = {
            "text": statement.text,
            "speaker": str(statement.speaker or statement.speaker_as_written),
            "kind": statement.kind,
            "date": statement.date.display,
            "event": str(statement.event or ""),
            "status": statement.status,
        }
    return found


def _changes(before: Beliefs, after: Beliefs) -> Iterator[Change]:
    for (what, uid), values in before.items():
        now = after.get((what, uid))
        title = values.get("title") or values["text"]
        if now is None:
            yield Change(kind="goes", what=what, uid=uid, title=title)
        elif now != values:
            differing = tuple((name, value, now[name]) for name, value in values.items() if value != now[name])
            yield Change(kind="changes", what=what, uid=uid, title=title, values=differing)
    for (what, uid), values in after.items():
        if (what, uid) not in before:
            yield Change(kind="comes", what=what, uid=uid, title=values.get("title") or values["text"])
