"""Articles of one running story are found, whatever their main events are called."""

from __future__ import annotations

import pytest

from tests.ingest.articles import take
from timeline.ingest.removal import erase
from timeline.models import Article, Event, StoryWord

pytestmark = pytest.mark.django_db

RESIGNS = """Mayor Bondar resigns over harbour tolls

Brenn Courier, 3 March 2025

Mayor Pavlo Bondar resigned on Monday after weeks of protest against the tolls at Brenn harbour. Bondar told the council
that he would not stand again. Fishermen had blocked the Brenn quay against the tolls.
"""
ELECTED = """Brenn elects Marchuk mayor after Bondar's harbour tolls

Brenn Courier, 17 March 2025

Olena Marchuk was elected mayor of Brenn on Sunday, two weeks after Pavlo Bondar resigned over the harbour tolls.
Marchuk promised the fishermen on the quay that the tolls would go.
"""
LIFTED = """Marchuk lifts harbour tolls of Brenn

Brenn Courier, 20 March 2025

The new mayor of Brenn, Olena Marchuk, lifted the tolls at the harbour on Wednesday. Fishermen cheered on the quay. Her
predecessor Pavlo Bondar had resigned over them.
"""
FLOODS = """Floods close the valley road

Brenn Courier, 4 March 2025

The army closed the valley road on Tuesday after heavy rain. Engineers inspected the bridge at Lower Sund.
"""


def heads() -> dict[str, str | None]:
    """By the first word of an article's title, the event at the head of the story that it carries on."""
    return {a.title.split()[0]: a.carries_on.title if a.carries_on else None for a in Article.objects.current()}


def test_an_article_carries_on_the_story_that_an_earlier_one_began() -> None:
    for text in (RESIGNS, FLOODS, ELECTED):
        take(text)

    first = Article.objects.get(title__startswith="Mayor")
    assert first.main_event is not None
    assert heads() == {"Mayor": None, "Floods": None, "Brenn": first.main_event.title}


ANGER = """Why Brenn is angry at its mayor

Brenn Courier, 2 March 2025

There are tolls at Brenn harbour, tolls at the Brenn quay, and a mayor, Pavlo Bondar, who likes tolls. Fishermen do not.
"""


@pytest.mark.parametrize("texts", [(ANGER, FLOODS, RESIGNS), (RESIGNS, FLOODS, ANGER)], ids=["before", "after"])
def test_an_article_without_a_main_event_is_of_the_story_whichever_came_first(texts: tuple[str, ...]) -> None:
    for text in texts:
        take(text)

    first, stray = (Article.objects.get(title__startswith=word) for word in ("Mayor", "Why"))
    assert first.main_event is not None
    assert stray.main_event is None
    assert heads() == {"Mayor": None, "Floods": None, "Why": first.main_event.title}


def test_it_keeps_its_own_main_event() -> None:
    take(RESIGNS)
    take(ELECTED)

    later = Article.objects.get(title__startswith="Brenn")
    assert later.main_event is not None
    assert later.main_event != later.carries_on


def test_a_newer_version_carries_on_the_story_in_place_of_the_earlier_one() -> None:
    take(RESIGNS)
    take(ELECTED, url="https://courier.example/a")
    take(ELECTED.replace("would go", "would go soon"), url="https://courier.example/a")

    assert Article.objects.count() == 3
    assert Article.objects.filter(carries_on__isnull=False).count() == 1


def test_when_the_head_of_a_story_goes_the_next_main_event_heads_it() -> None:
    for text in (RESIGNS, ELECTED, LIFTED):
        take(text)
    second = Article.objects.get(title__startswith="Brenn")
    head = Article.objects.get(title__startswith="Mayor").main_event
    assert head is not None

    erase([head])

    second.refresh_from_db()
    assert second.carries_on is None
    assert second.main_event is not None
    assert heads()["Marchuk"] == second.main_event.title


def test_the_words_of_an_article_go_with_it() -> None:
    take(RESIGNS)
    assert StoryWord.objects.count() == 10

    Article.objects.all().delete()

    assert not StoryWord.objects.exists()
    assert Event.objects.exists()
