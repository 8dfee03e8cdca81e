"""Two hundred articles of many outlets, as they were read by eye, claim by claim.

    python -m tests.benchmarks.readings [--gold DIR] FIRST LAST

prints what is made of the articles FIRST to LAST - 1: every event and statement with the sentence behind it and the
number by which `judgements.tsv` says whether it is right.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.halves import half_of
from timeline.extraction.interchange import read
from timeline.extraction.mentions import EventMention, Extraction, StatementMention
from timeline.extraction.records import Record, Unread

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SHARES = {"event_news_cluster": 110, "bulk_wikinews_ccby": 50, "quotes_polnear": 30, "html_newspaper4k": 10}
ENGLISH_PAGES = 'lang="en'


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the reading says: what it is, how sure it is, and the passage it stands on."""

    kind: str
    confidence: float
    says: str
    passage: str

    @property
    def number(self) -> str:
        """The same as long as the same is said of the same passage."""
        return f"{zlib.crc32(f'{self.kind}|{self.says}'.encode()):08x}"


def articles(gold: Path = GOLD) -> list[Record]:
    """The articles, in an order of their own; the same ones wherever the data are."""
    found: list[Record] = []
    for name, share in SHARES.items():
        folder = gold / name
        records = list(SOURCES[name](folder)) if folder.is_dir() else []
        found += [records[i * len(records) // share] for i in range(min(share, len(records)))]
    return found


def _clustered(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.json")):
        if half_of(path.stem) == "aside" and (folder.parent / "event_5w1h" / path.name).exists():
            continue  # annotated elsewhere, and set aside
        article = json.loads(path.read_text("utf-8"))
        if (article.get("text") or "").strip() and (article.get("language") or "en") == "en":
            yield Record(
                id=f"cluster {path.stem[:12]}",
                text=article["text"],
                title=article.get("title"),
                published=(article.get("date_publish") or "")[:10] or None,
                publisher=article.get("source_domain"),
            )


def _wikinews(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if len(row["text"]) > 600:
                    yield Record(
                        id=f"wikinews {row['date']} {zlib.crc32(row['url'].encode()):08x}",
                        text=row["text"],
                        title=row["title"],
                        published=row["date"],
                        publisher="Wikinews",
                    )


def _political(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("train/text/*.txt")):
        if half_of(path.stem) == "tune":
            publisher, day, _ = path.stem.split("_", 2)
            yield Record(id=f"political {path.stem}", text=path.read_text("utf-8"), published=day, publisher=publisher)


def _pages(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("html/*.html")):
        page = path.read_bytes()
        if ENGLISH_PAGES.encode() in page[:3000].replace(b"'", b'"'):
            yield Record(id=f"page {path.stem}", content=page)


SOURCES = {
    "event_news_cluster": _clustered,
    "bulk_wikinews_ccby": _wikinews,
    "quotes_polnear": _political,
    "html_newspaper4k": _pages,
}


def claims(extraction: Extraction) -> list[Claim]:
    names = {actor.key: actor.name for actor in extraction.actors}
    places = {place.key: place.name for place in extraction.places}
    events = [_event(event, names, places) for event in extraction.events]
    return events + [_statement(statement, names) for statement in extraction.statements]


def _event(event: EventMention, names: dict[str, str], places: dict[str, str]) -> Claim:
    who = ", ".join(names[participant.actor] for participant in event.participants)
    says = (
        f"{event.title} | {event.date.display}, {event.date.basis.value} | {who} | "
        f"{places.get(event.place or '', '')}{' | hedged' if event.hedged else ''}"
    )
    return Claim("event", event.confidence, says, " […] ".join(span.text for span in event.evidence))


def _statement(statement: StatementMention, names: dict[str, str]) -> Claim:
    speaker = names.get(statement.speaker or "") or (
        statement.speaker_span.text if statement.speaker_span else "nobody"
    )
    words = " … ".join(span.text for span in statement.content)
    says = f"{speaker} | {statement.kind.value}{' | hedged' if statement.hedged else ''} | {words}"
    return Claim("statement", statement.confidence, says, statement.cue.text if statement.cue else "")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.readings", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    given = parser.parse_args()
    for at, record in list(enumerate(articles(given.gold)))[given.first : given.last]:
        print(f"\n===== {at}: {record.id} | {record.publisher} | {record.published}")
        try:
            extraction = read(record)
        except Unread as error:
            print(f"not read: {error}")
            continue
        document = extraction.document
        print(f"TITLE {document.title} | BY {', '.join(document.bylines)} | {document.published}")
        print(document.text)
        print("-----", ", ".join(f"{actor.name} <{actor.kind.value}>" for actor in extraction.actors))
        for claim in claims(extraction):
            print(f"{claim.number} {claim.kind} {claim.confidence:.2f} {claim.says}\n      < {claim.passage[:300]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
