"""manage.py load_demo"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from timeline.extraction.interchange import read
from timeline.extraction.records import Record
from timeline.ingest.run import ingest
from timeline.models import Publisher

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"


class Command(BaseCommand):
    help = "Read the demo articles: one story as five invented outlets tell it. What has been read is not read again."

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
        self.stdout.write(f"{taken} demo articles read, {len(entries) - taken - refused} known before")
