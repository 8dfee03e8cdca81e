from __future__ import annotations

import pytest

from tests.factories import make_article, make_event, make_evidence
from timeline.ingest.sources import recount_sources
from timeline.models import Event

pytestmark = pytest.mark.django_db


def test_sources_are_counted_by_independent_texts() -> None:
    wire = make_article("The mine closes.")
    copy = make_article("The mine closes. (wire)", duplicate_of=wire)
    event = make_event()
    make_evidence(event, wire, "The mine closes.")
    make_evidence(event, copy, "The mine closes.")
    Event.objects.update(sources=7)

    recount_sources([event.pk])

    event.refresh_from_db()
    assert event.sources == 1
