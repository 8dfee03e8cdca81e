from __future__ import annotations

import pytest

from tests.admin.desk import Desk
from tests.factories import make_event, make_place
from timeline.models import Place


def test_every_field_is_locked_under_its_name(desk: Desk) -> None:
    place, region = make_place("Harbour"), make_place("Coast")

    desk.save(
        place,
        {
            "name": "Old harbour",
            "country": "Ukraine",
            "part_of": region.pk,
            "latitude": "46.5",
            "longitude": "30.7",
            "contested": "Two states claim it",
        },
    )

    assert place.locked_fields == {"name", "country", "part_of", "latitude", "longitude", "contested"}
    assert (place.latitude, place.longitude) == (46.5, 30.7)


@pytest.mark.parametrize("latitude", ["91", "-90.1", "north"])
def test_a_latitude_off_the_globe_is_refused(desk: Desk, latitude: str) -> None:
    assert desk.refused(make_place("Harbour"), {"latitude": latitude}) != []


def test_deleting_a_place_is_a_word_on_its_events(desk: Desk) -> None:
    place = make_place("Harbour")
    event = make_event("They sign", place=place)

    desk.delete(place)

    event.refresh_from_db()
    assert (Place.objects.count(), event.place, list(event.corrections)) == (0, None, ["place"])


def test_a_restored_name_that_is_taken_meanwhile_is_refused_in_words(desk: Desk) -> None:
    place = make_place("Harbour")
    desk.save(place, {"name": "Old harbour"})
    make_place("Harbour")

    desk.restore(place, version=1)

    assert place.name == "Old harbour"
