# ruff: noqa: E501 (an article's paragraph is one line)
"""Articles of our own for the tests of the corridor, and what a store believes, as comparable text."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from timeline.extraction.interchange import read
from timeline.extraction.mentions import Extraction
from timeline.extraction.records import Record
from timeline.ingest.run import IngestResult, keep
from timeline.models import Alias, Article, Claim, Event, EventRelation, Evidence, Statement

CLASH = """Trump and Zelensky clash in the Oval Office

By Ann Pryce
28 February 2025, 21:14 GMT

President Donald Trump and Ukrainian President Volodymyr Zelensky clashed in the Oval Office on Friday. Vice President JD Vance accused Zelensky of ingratitude.

“He can come back when he is ready for Peace,” Trump wrote in a post on Truth Social.

Russian forces invaded Ukraine in February 2022.
"""

# The same article, as its publisher printed it an hour later: a sentence changed, one added.
CLASH_CHANGED = CLASH.replace(
    "Vice President JD Vance accused Zelensky of ingratitude.",
    "Vice President JD Vance accused Zelensky of ingratitude before the cameras. The two had met once before.",
)

AGAIN = """Minerals deal left unsigned after Oval Office row

By Tom Hale
1 March 2025, 07:30 GMT

Donald Trump and Volodymyr Zelenskyy clashed in the Oval Office on 28 February, and the minerals agreement was not signed.

“He can come back when he is ready for Peace,” Trump wrote on Truth Social.
"""

REMARKS = """Putin open to rare-earth work with US partners

By Ann Pryce
2 March 2025, 09:00 GMT

Russian President Vladimir Putin said in a video that Russia is ready to work with American partners on rare earths. The remarks came after Donald Trump and Volodymyr Zelensky clashed in the Oval Office.

“We are ready to work with our partners, including Americans,” Putin said in the video.
"""

RETRIEVED = datetime(2025, 3, 3, tzinfo=UTC)


@cache
def reading(text: str) -> Extraction:
    return read(Record(id="a", content=text.encode()))


def take(text: str, *, url: str = "", publisher: str = "") -> IngestResult:
    """Ingest a text; what it says is read once for all tests."""
    record = Record(id="a", content=text.encode(), url=url or None, publisher=publisher or None)
    return keep(record, reading(text), retrieved_at=RETRIEVED)


def beliefs() -> list[str]:
    """Everything that is believed and why, without ids: two stores that agree give the same lines."""
    lines = [f"article {a.url} {a.title} {a.state} copy={a.duplicate_of_id is not None}" for a in Article.objects.all()]
    for event in Event.objects.all():
        actors = ", ".join(event.participations.order_by("actor__name").values_list("actor__name", flat=True))
        proof = sorted(e.exact for e in event.evidence.all())
        lines.append(
            f"event {event.title} | {event.kind} | {event.date.edtf} | {event.status} | {event.place} | {actors} | "
            f"{event.sources} {event.importance} {event.order} {event.date_disputed} {event.order_disputed} | {proof}"
        )
    for statement in Statement.objects.all():
        proof = sorted(e.exact for e in statement.evidence.all())
        lines.append(
            f"statement {statement.speaker}: {statement.text} | {statement.kind} {statement.medium} "
            f"{statement.event} {statement.status} {statement.date.edtf} | {proof}"
        )
    lines += [f"alias {a.actor}: {a.text}" for a in Alias.objects.all()]
    lines += [f"relation {r}" for r in EventRelation.objects.all()]
    lines += [f"claim {c.event}: {c.date.edtf} {c.rank}" for c in Claim.objects.all()]
    return sorted(lines)


def untrue_evidence() -> list[Evidence]:
    """Evidence that does not quote its article."""
    passages = Evidence.objects.filter(article__isnull=False).select_related("article")
    return [e for e in passages if e.article and e.article.text[e.start : e.end] != e.exact]
