"""manage.py load_demo"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from timeline.extraction.interchange import read
from timeline.extraction.records import Record
from timeline.ingest.run import ingest
from timeline.models import Event, Publisher, Story, StoryEntry

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


class Command(BaseCommand):
    help = (
        "Read the demo articles: one story as five invented outlets tell it, and publish it as a story. What has been "
        "read is not read again; a story that was changed or deleted stays so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        taken = refused = 0
        entries = json.loads((DEMO / "manifest.json").read_text("utf-8"))
        for entry in tqdm(entries, unit=" articles", disable=None, file=self.stderr._out):
            Publisher.objects.get_or_create(
                name=entry["publisher"],
                defaults={"country": entry["publisher_country"], "timezone": entry["publisher_timezone"]},
            )
            record = Record(
                id=entry["file"],
                content=(DEMO / entry["file"]).read_bytes(),
                url=entry["url"],
                publisher=entry["publisher"],
            )
            result = ingest(record, read=read, retrieved_at=datetime.fromisoformat(entry["retrieved"]))
            taken += result.outcome == "taken"
            if result.outcome == "refused":
                refused += 1
                self.stderr.write(f"refused {entry['file']}: {result.reason}")
        _publish(json.loads((DEMO / "story.json").read_text("utf-8")))
        self.stdout.write(f"{taken} demo articles read, {len(entries) - taken - refused} known before")


def _publish(told: dict[str, Any]) -> None:
    """Make the demo's story, once: whatever people have made of it since is their word."""
    if Story.history.filter(slug=told["slug"]).exists():
        return
    words = {name: told[name] for name in ("title", "slug", "standfirst", "text")}
    with transaction.atomic():
        story = Story.objects.create(
            **words, filters="\n".join(told["filters"]), status=Story.Status.PUBLISHED, published_at=timezone.now()
        )
        for entry in told["entries"]:
            event = Event.objects.filter(main_for__url=entry["main_event_of"]).first()
            if event is not None:
                StoryEntry.objects.create(
                    story=story, event=event.kept, note=entry["note"], emphasis=entry.get("emphasis")
                )
