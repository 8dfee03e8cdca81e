"""Entries side by side: their facts and sentences, what went into them, and what they may be the same as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from timeline.admin.evidence import in_context
from timeline.admin.waiting import name_of
from timeline.ingest.acts import find, merges_into
from timeline.ingest.suggestions import suggested
from timeline.models import Actor, Event, Evidence, Judgement, Statement

# Of each entry so many sentences, spellings and doubles.
SENTENCES, SPELLINGS, DOUBLES = 4, 30, 50
MOVED_WORDS = {
    "Participation.actor": ("event", "events"),
    "Statement.speaker": ("statement", "statements"),
    "Alias.actor": ("spelling", "spellings"),
    "Evidence.event": ("passage", "passages"),
    "Evidence.statement": ("passage", "passages"),
    "Statement.event": ("statement", "statements"),
    "Participation.event": ("actor", "actors"),
    "Claim.event": ("stated date", "stated dates"),
    "StoryEntry.event": ("place in a story", "places in stories"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An entry as it stands beside others: its facts in words, and the sentences behind it."""

    entry: Any
    url: str
    facts: tuple[tuple[str, str], ...]
    passages: tuple[dict[str, Any], ...]


def columns(entries: Sequence[Any]) -> list[Column]:
    return [
        Column(
            entry=entry,
            url=change_url(entry),
            facts=tuple((name, words) for name, words in _facts(entry) if words),
            passages=tuple(in_context(row) for row in _evidence(entry)[:SENTENCES]),
        )
        for entry in entries
    ]


def _evidence(entry: Any) -> Any:
    rows = Evidence.objects.select_related("article__publisher").order_by("article", "start")
    match entry:
        case Actor():
            return rows.filter(statement__speaker=entry) if entry.statements.exists() else rows.filter(
                event__participations__actor=entry
            )  # fmt: skip
        case Event():
            return rows.filter(event=entry)
        case _:
            return rows.filter(statement=entry)


def _facts(entry: Any) -> list[tuple[str, str]]:
    match entry:
        case Actor():
            spellings = [alias.text for alias in entry.aliases.all()[:SPELLINGS]]
            return [
                ("Kind", entry.kind),
                ("Role", entry.role),
                ("Spellings", "; ".join(spellings)),
                ("Events", f"{entry.participations.count():,}"),
                ("Statements", f"{entry.statements.count():,}"),
                ("By hand", ", ".join(entry.corrections)),
            ]
        case Event():
            actors = [part.actor.name for part in entry.participations.select_related("actor")[:SPELLINGS]]
            return [
                ("Date", f"{entry.date_display or entry.date.display} ({entry.basis})"),
                ("Kind", entry.kind),
                ("Place", str(entry.place or "")),
                ("Actors", "; ".join(actors)),
                ("Statements", f"{entry.statements.filter(merged_into__isnull=True).count():,}"),
                ("Independent sources", f"{entry.sources:,}"),
                ("Status", entry.status),
                ("By hand", ", ".join(entry.corrections)),
            ]
        case _:
            return [
                ("Speaker", str(entry.speaker or entry.speaker_as_written)),
                ("Kind", entry.kind),
                ("Date", entry.date.display),
                ("Medium", entry.medium),
                ("Event", str(entry.event or "")),
                ("Status", entry.status),
                ("By hand", ", ".join(entry.corrections)),
            ]


def change_url(entry: Model, page: str = "change", *args: object) -> str:
    name = f"admin:{entry._meta.app_label}_{entry._meta.model_name}_{page}"
    return reverse(name, args=[entry.pk, *args])


def moved_words(judgements: Iterable[Judgement]) -> str:
    """What merges moved, in words."""
    moved = [judgement.moved["rows"] for judgement in judgements]
    counted = [(sum(len(rows.get(label, ())) for rows in moved), *nouns) for label, nouns in MOVED_WORDS.items()]
    words = [f"{number:,} {one if number == 1 else many}" for number, one, many in counted if number]
    return ", ".join(words) or "nothing that the kept one did not have"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A merge that holds, with the way back."""

    judgement: Judgement
    entry: Any
    url: str
    undo_url: str
    moved: str


def pasts(entry: Any) -> list[Past]:
    """The merges by which others have gone into an entry."""
    found = []
    for judgement in merges_into(entry):
        gone = find(judgement.moved["gone"], judgement.kind)
        if gone is not None:
            found.append(past_of(judgement, gone))
    return found


def past_of(judgement: Judgement, gone: Any) -> Past:
    undoing = change_url(gone, "unmerge", judgement.pk)
    words = moved_words([judgement])
    return Past(judgement=judgement, entry=gone, url=change_url(gone), undo_url=undoing, moved=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """What an entry may be the same as, why, and where to answer."""

    entry: Any
    reason: str
    url: str
    review_url: str


def doubles(entry: Any) -> list[Double]:
    """What an entry may be the same as, likeliest first."""
    if isinstance(entry, Statement):
        return []
    found = []
    for pair in suggested(entry)[:DOUBLES]:
        other = pair.right if pair.left_id == entry.pk else pair.left
        review = f"{reverse('admin:review')}?at={name_of(pair)}"
        found.append(Double(entry=other, reason=pair.reason, url=change_url(other), review_url=review))
    return found
