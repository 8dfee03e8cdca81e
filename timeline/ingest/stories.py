"""Which stored articles tell one story: found by the words that say what an article is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs

from django.db import connection
from django.db.models import Q

from timeline.ingest.bulk import Table
from timeline.models import Article, Event, Judgement, StoryWord
from timeline.models import Story as NamedStory
from timeline.reconciliation.stories import KnownStory, Story, Stray
from timeline.vocabulary import ArticleState, PartialDate

# Of each telling word so many articles before and after; of those the ones that share most words are compared.
NEAREST, MOST_ALIKE = 25, 60
# A running story is suggested from so many articles of so many newsrooms on. Looked through are the articles published
# last, and of their stories those that most of them tell; of all of these so many articles are counted.
ARTICLES, NEWSROOMS = 5, 3
LAST, LIKELIEST, MOST_COUNTED, SUGGESTED = 2_000, 50, 10_000, 10
# A story is as much like an article as the last so many that told it.
LAST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Nearby:
    """The stories of which articles share telling words with one, nearest in time, and such articles of no story."""

    stories: tuple[KnownStory, ...]
    strays: tuple[Stray, ...]


def stories_nearby(story: Story, published: PartialDate | None, previous: Article | None) -> Nearby:
    """What an article may carry on; never a search of the archive. `previous` is the version that it takes the place
    of."""
    shared = Counter(_sharing_words(story.telling, _day_of(published)))
    likely = [article for article, _ in shared.most_common(MOST_ALIKE)]
    # Not by the state they are in: a planner without statistics would read every article in it.
    current = Article.objects.exclude(state=ArticleState.SUPERSEDED).exclude(pk=previous.pk if previous else 0)
    rows = list(current.filter(pk__in=likely).order_by("pk").values_list("pk", "carries_on_id", "main_event_id"))
    heads = {head or main for _, head, main in rows if head or main}
    stray = [pk for pk, head, main in rows if not head and not main]
    columns = ("latest", "pk", "carries_on_id", "main_event_id", "story")
    following, leading = (
        found.order_by("-latest", "-pk").values_list(*columns)[:LAST_TOLD]
        for found in (current.filter(carries_on__in=heads), current.filter(main_event__in=heads))
    )
    beginning = [row for row in leading if row[2] is None]
    telling = sorted((*following, *beginning), key=lambda row: (row[0] or date.min, row[1]), reverse=True)
    told: defaultdict[int, list[Story]] = defaultdict(list)
    silence: defaultdict[int, timedelta] = defaultdict(lambda: timedelta.max)
    today = published.latest if published else None
    for latest, _, head, main, weights in telling[:LAST_TOLD]:
        told[head or main].append(Story(weights))
        silence[head or main] = min(silence[head or main], _apart(today, latest))
    uids = Event.objects.filter(pk__in=told).order_by("uid").values_list("pk", "uid")
    loose = current.filter(pk__in=stray).order_by("pk").values_list("uid", "story", "latest") if stray else ()
    return Nearby(
        tuple(KnownStory(uid=uid, articles=tuple(told[head]), silence=silence[head]) for head, uid in uids),
        tuple(Stray(uid=uid, story=Story(words), silence=_apart(today, latest)) for uid, words, latest in loose),
    )


def _apart(one: date | None, other: date | None) -> timedelta:
    return abs(one - other) if one and other else timedelta()


def _sharing_words(stems: Sequence[str], day: int) -> list[int]:
    """The articles nearest in time to a day, before it and after, for each of some words."""
    before, after = (
        f"SELECT article_id FROM timeline_storyword WHERE stem = %s AND day {side} %s "  # noqa: S608 (words of our own)
        f"ORDER BY day {way}, article_id {way} LIMIT {NEAREST}"
        for side, way in (("<=", "DESC"), (">", "ASC"))
    )
    asked = [f"SELECT article_id FROM ({one}) AS nearest" for _ in stems for one in (before, after)]  # noqa: S608
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), [value for stem in stems for value in (stem, day) * 2])
        return [article for (article,) in cursor.fetchall()]


def keep_words(article: Article, story: Story, published: PartialDate) -> None:
    """Let an article be found by what it is about."""
    day = _day_of(published)
    Table(StoryWord, "article", "stem", "day").insert((article.pk, stem, day) for stem in story.telling)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStory:
    """A story that many articles tell: the event it goes by, how many articles and of how many newsrooms."""

    event: Event
    articles: int
    newsrooms: int


def running_stories() -> list[RunningStory]:
    """The stories that enough articles of enough newsrooms tell of late, that nobody has made a named story of, and
    nobody has said shall be none; the longest first."""
    current = Article.objects.current()
    last = current.order_by("-latest").values_list("carries_on", "main_event")[:LAST]
    heads = [head for head, _ in Counter(on or main for on, main in last if on or main).most_common(LIKELIEST)]
    rows = current.filter(Q(carries_on__in=heads) | Q(carries_on=None, main_event__in=heads)).order_by("-latest")
    columns = ("carries_on", "main_event", "publisher", "duplicate_of", "duplicate_of__publisher")
    mains: defaultdict[int, list[int]] = defaultdict(list)
    newsrooms: defaultdict[int, set[int]] = defaultdict(set)
    for on, main, publisher, repeats, original in rows.values_list(*columns)[:MOST_COUNTED]:
        head, newsroom = on or main, original if repeats else publisher
        mains[head].append(main or head)
        newsrooms[head] |= {newsroom} if newsroom else set()
    decided = _decided()
    enough = [head for head, told in mains.items() if len(told) >= ARTICLES and len(newsrooms[head]) >= NEWSROOMS]
    names = _names({head: {head, *mains[head]} for head in enough})
    found = [
        RunningStory(event=event, articles=len(mains[head]), newsrooms=len(newsrooms[head]))
        for head, (event, uids) in names.items()
        if decided.isdisjoint(uids)
    ]
    return sorted(found, key=lambda one: (-one.articles, one.event.pk))[:SUGGESTED]


def _names(stories: dict[int, set[int]]) -> dict[int, tuple[Event, set[str]]]:
    """For stories, by their heads and with their main events: the event that each goes by, the head or else the first
    on the page, and every public id that is or was one of its. None for a story of which nothing is on the page."""
    every = {pk for mains in stories.values() for pk in mains}
    owners: defaultdict[int | None, set[int]] = defaultdict(set)
    for head, mains in stories.items():
        for pk in mains:
            owners[pk].add(head)
    belonging: defaultdict[int, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(Q(pk__in=every) | Q(merged_into__in=every)).order_by("chrono"):
        for head in owners[event.pk] | owners[event.merged_into_id]:
            belonging[head].append(event)
    found = {}
    for head, own in belonging.items():
        shown = [event for event in own if event.is_on_page]
        if shown:
            name = next((event for event in shown if event.pk == head), shown[0])
            found[head] = (name, {event.uid for event in own})
    return found


def _decided() -> set[str]:
    """The public ids of events by which people have spoken on running stories: made one of them, or said that it is
    none."""
    refused = Judgement.objects.filter(verdict=Judgement.Verdict.NO_STORY, undone_at__isnull=True)
    made = [query for story in NamedStory.objects.filter(filters__contains="story=") for query in story.queries]
    of_them = {uid for query in made for uid in parse_qs(query).get("story", ())}
    return of_them | set(refused.values_list("left", flat=True))


def heads_of(articles: Iterable[int]) -> set[int]:
    """The events at the head of the stories that articles carry on."""
    carrying = Article.objects.filter(pk__in=set(articles), carries_on__isnull=False)
    return {head for head in carrying.values_list("carries_on_id", flat=True) if head}


def lead_stories(article: Article) -> set[int]:
    """Let what the article printed first is about head the story that it carries on, whichever came in first; the
    events that head it now and did before, where that changes."""
    head, main = article.carries_on_id, article.main_event_id
    if head is None or main is None:
        return set()
    told = Article.objects.current().filter(main_event=head, carries_on=None)
    first = (told | Article.objects.filter(pk=article.pk)).printed_first().first()
    if first is None or first.pk != article.pk:
        return set()
    _hand_on(head, main)
    return {head, main}


def take_along(article: Article, strays: Iterable[str]) -> set[int]:
    """Let articles of no story carry on the one that an article tells; its head."""
    uids = list(strays)
    if not uids:
        return set()
    article.refresh_from_db(fields=["main_event", "carries_on"])
    head = article.carries_on_id or article.main_event_id
    if head is None:
        return set()
    loose = Article.objects.filter(uid__in=uids, main_event__isnull=True, carries_on__isnull=True)
    loose.update(carries_on=head)
    return {head}


def lead_again(heads: Iterable[int]) -> set[int]:
    """The same after articles have gone, of the stories that these events head."""
    found: set[int] = set()
    for event in Event.objects.filter(pk__in=set(heads)):
        telling = Article.objects.of_story(event).filter(main_event__isnull=False)
        main = telling.printed_first().values_list("main_event", flat=True).first()
        if main is not None and main != event.pk:
            _hand_on(event.pk, main)
            found |= {event.pk, main}
    return found


def _hand_on(head: int, main: int) -> None:
    """Let one event head the story that another has headed."""
    of_story = Article.objects.filter(Q(carries_on=head) | Q(main_event=head, carries_on=None))
    of_story.exclude(main_event=main).update(carries_on=main)
    Article.objects.filter(carries_on=head).update(carries_on=None)


def hand_over(events: Iterable[int]) -> None:
    """Before events go: let the stories they head be headed by the main event of the first article that carries them
    on."""
    going = set(events)
    rows = Article.objects.current().filter(carries_on__in=going).printed_first()
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
