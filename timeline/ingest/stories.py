"""Which stored articles tell one story: found by the words that say what an article is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Q

from timeline.models import Article, StoryWord
from timeline.reconciliation.stories import KnownStory, Story
from timeline.vocabulary import PartialDate

# Of each telling word so many articles before and after; of those the ones that share most words are compared.
NEAREST, MOST_ALIKE = 25, 60
# A story is as much like an article as the last so many that told it.
LAST_TOLD = 200


def known_stories(story: Story, published: PartialDate | None, previous: Article | None) -> tuple[KnownStory, ...]:
    """The stories of which articles share telling words with this one, nearest in time; never a search of the archive.

    `previous` is the version that it takes the place of.
    """
    day, shared = _day_of(published), Counter[int]()
    for stem in story.telling:
        words = StoryWord.objects.filter(stem=stem)
        before = words.filter(day__lte=day).order_by("-day", "-article")
        after = words.filter(day__gt=day).order_by("day", "article")
        for nearest in (before, after):
            shared.update(nearest.values_list("article", flat=True)[:NEAREST])
    likely = [article for article, _ in shared.most_common(MOST_ALIKE)]
    current = Article.objects.current().filter(~Q(pk=previous.pk if previous else 0))
    pairs = current.filter(pk__in=likely).values_list("carries_on__uid", "main_event__uid")
    heads = {head or main for head, main in pairs if head or main}
    of_these = Q(carries_on__uid__in=heads) | Q(carries_on=None, main_event__uid__in=heads)
    rows = current.filter(of_these).order_by("-latest", "-pk")
    told: defaultdict[str, list[Story]] = defaultdict(list)
    for head, main, weights in rows.values_list("carries_on__uid", "main_event__uid", "story")[:LAST_TOLD]:
        told[head or main].append(Story(weights))
    return tuple(KnownStory(uid=head, articles=tuple(articles)) for head, articles in sorted(told.items()))


def keep_words(article: Article, story: Story, published: PartialDate) -> None:
    """Let an article be found by what it is about."""
    day = _day_of(published)
    StoryWord.objects.bulk_create(StoryWord(article=article, stem=stem, day=day) for stem in story.telling)


def heads_of(articles: Iterable[int]) -> set[int]:
    """The events at the head of the stories that articles carry on."""
    carrying = Article.objects.filter(pk__in=set(articles), carries_on__isnull=False)
    return {head for head in carrying.values_list("carries_on_id", flat=True) if head}


def hand_over(events: Iterable[int]) -> None:
    """Before events go: let the stories they head be headed by the main event of the first article that carries them
    on."""
    going = set(events)
    rows = Article.objects.current().filter(carries_on__in=going).order_by("latest", "pk")
    following: defaultdict[int, list[Article]] = defaultdict(list)
    for article in rows.only("carries_on", "main_event"):
        following[article.carries_on_id or 0].append(article)
    for articles in following.values():
        heir = next((a.main_event_id for a in articles if a.main_event_id and a.main_event_id not in going), None)
        others = [a.pk for a in articles if a.main_event_id != heir]
        Article.objects.filter(pk__in=[a.pk for a in articles]).update(carries_on=None)
        Article.objects.filter(pk__in=others).update(carries_on=heir)


def _day_of(published: PartialDate | None) -> int:
    """The ordinal of the last day on which an article may have been published; 0 where nothing is known."""
    day = (published.latest or published.earliest) if published else None
    return day.toordinal() if day else 0
