"""manage.py suggest"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from timeline.ingest.store import one_at_a_time
from timeline.ingest.suggestions import suggest_actors, suggest_events
from timeline.models import Actor, ActorSuggestion, Event, EventSuggestion

BATCH = 100


class Command(BaseCommand):
    help = (
        "Look through everything that is stored for actors and for events that may be one, and let the review queue "
        "ask. Articles that come in do so by themselves; this is for what was read before suggestions were made, and "
        "for a new version of their rules. What people have answered is not asked again. It may be broken off and run "
        "again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self._look(Actor, suggest_actors)
        self._look(Event, suggest_events)
        actors, events = ActorSuggestion.objects.count(), EventSuggestion.objects.count()
        self.stdout.write(f"In the review queue wait pairs of actors: {actors:,}, pairs of events: {events:,}.")

    def _look(self, model: Any, suggest: Callable[[Iterable[int]], None]) -> None:
        ids = list(model.objects.filter(merged_into__isnull=True).order_by("pk").values_list("pk", flat=True))
        name = str(model._meta.verbose_name_plural)
        with tqdm(total=len(ids), desc=name, unit="", file=sys.stderr, disable=not sys.stderr.isatty()) as progress:
            for start in range(0, len(ids), BATCH):
                batch = ids[start : start + BATCH]
                with one_at_a_time():
                    suggest(batch)
                progress.update(len(batch))
