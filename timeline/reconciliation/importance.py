"""How much an event counts among the others: by who tells it, how prominently, and how often it is come back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import log2

# Every part counts by its logarithm, so that the second newsroom says more than the twentieth. Weights measured on four
# topics of Timeline17, where those of the first two lines matter little (date F1 .60 for most): what others give a day
# to counts most, for where articles are taken for one event that are not, their days differ; an article about the story
# as a whole says little of the entry it began with.
DATED, NEWSROOMS, ARTICLES, DAYS, REFERENCES = 2.0, 1.0, 1.0, 1.0, 1.0
DEPTH, MAIN, FOLLOWED, ACTORS = 0.5, 0.5, 0.25, 0.25
# How many articles name a day is the surest sign of a decisive one (Kessler et al., Finding Salient Dates for Building
# Thematic Timelines, 2012). It counts in whole doublings, so that the events of a day need not be weighed anew with
# every article that names it, and as far as an event is told by itself: what one article tells of a famous day is not
# what the day is famous for.
NAMED, CLAIMED = 4.0, 16
# A day that is still named when it is no longer news is what the story is told by. Chosen on six topics of Timeline17,
# of which none is worse with any weight from .5 to 2, and confirmed on two others: date F1 of the eight .676 without it
# and without looking at who gives the day, .707 with both.
RECALLED, LATER = 1.5, timedelta(days=7)
# No more articles that name a day are counted.
MOST_NAMING = 1000
# So many characters into an article a passage is half as prominent as at its beginning.
HALF = 800
# What is told by the next day is news; what is told later refers back.
NEWS = timedelta(days=1)
MOST_ACTORS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How one independent source tells an event: a text with its copies and versions.

    `newsroom` is empty where it is not known, and then the text is a newsroom of its own. `start` is where the first
    passage about it begins, `main` whether the text is about it first of all, `dated` whether it gives the day that is
    believed.
    """

    newsroom: str = ""
    day: date | None = None
    start: int = 0
    main: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """The parts of an event's importance. `depth` is 1 for each text that begins with it, and less the later it stands
    there; `references` are the texts that tell it later than as news, `named` those that name its day, whatever they
    tell of it, `recalled` those of them that are printed more than a week after it, and `followed` the articles that
    carry on its story. `stated` is whether its day is one that articles give."""

    newsrooms: int = 0
    articles: int = 0
    days: int = 0
    main: int = 0
    depth: float = 0.0
    dated: int = 0
    references: int = 0
    named: int = 0
    recalled: int = 0
    followed: int = 0
    actors: int = 0
    stated: bool = False

    @property
    def number(self) -> float:
        """Comparable between all events; 0 for one that nothing tells.

        Of one whose day articles give as many articles count as give that day: where many more tell it, they are about
        the story as a whole ("Oil spill map") or tell another day of it.
        """
        sure = max(self.dated, 1) if self.stated else self.articles
        parts = (
            NEWSROOMS * log2(1 + self.newsrooms),
            ARTICLES * log2(1 + min(self.articles, sure)),
            DAYS * log2(1 + min(self.days, sure)),
            DATED * log2(1 + self.dated),
            REFERENCES * log2(1 + self.references),
            NAMED * doublings(min(self.named, CLAIMED * self.articles)),
            RECALLED * doublings(min(self.recalled, CLAIMED * self.articles)),
            DEPTH * log2(1 + min(self.depth, sure)),
            MAIN * log2(1 + min(self.main, sure)),
            FOLLOWED * log2(1 + self.followed),
            ACTORS * log2(1 + min(self.actors, MOST_ACTORS)),
        )
        return round(sum(parts), 4)

    @property
    def words(self) -> str:
        """The parts for a reader; nothing where nothing tells it."""
        if not self.articles:
            return ""
        within = f" in {self.articles:,} articles" if self.articles > self.newsrooms else ""
        days = f" on {_many(self.days, 'day')}" if self.days else ""
        times = "once" if self.references == 1 else f"{self.references:,} times"
        recalled = f", {self.recalled:,} of them more than a week later" if self.recalled else ""
        pieces = [
            f"Told by {_many(self.newsrooms, 'newsroom')}{within}{days}",
            *([f"the main event of {_many(self.main, 'article')}"] if self.main else []),
            *([f"its day is given by {_many(self.dated, 'article')}"] if self.dated else []),
            *([f"{_named(self.named)} name that day{recalled}"] if self.named > 1 else []),
            *([f"later articles refer back to it {times}"] if self.references else []),
            *([f"{_many(self.followed, 'article')} on its story since"] if self.followed else []),
        ]
        return "; ".join(pieces)


def weigh(
    tellings: Iterable[Telling],
    *,
    day: date | None,
    stated: bool = False,
    named: int = 0,
    recalled: int = 0,
    followed: int = 0,
    actors: int = 0,
) -> Importance:
    """The importance of an event, with its parts.

    Args:
        tellings: how each independent source tells it.
        day: the last day on which it can have happened.
        stated: whether that is its day, as articles give it.
        named: how many independent sources name its day, where it is known to the day.
        recalled: how many of these are printed more than a week after it.
        followed: how many articles carry on the story that it heads.
        actors: how many take part.
    """
    told = list(tellings)
    known = {one.newsroom for one in told if one.newsroom}
    return Importance(
        newsrooms=len(known) + sum(not one.newsroom for one in told),
        articles=len(told),
        days=len({one.day for one in told if one.day}),
        main=sum(one.main for one in told),
        depth=round(sum(HALF / (HALF + one.start) for one in told), 4),
        dated=sum(one.dated for one in told),
        references=sum(_refers_back(one, day) for one in told),
        named=named,
        recalled=recalled,
        stated=stated,
        followed=followed,
        actors=actors,
    )


def doublings(count: int) -> int:
    """How often one, doubled again and again, is more than a count: 0 for none, 1 for one, 2 for three, 3 for seven."""
    return (1 + count).bit_length() - 1


def _refers_back(telling: Telling, day: date | None) -> bool:
    return day is not None and telling.day is not None and telling.day - day > NEWS


def _named(count: int) -> str:
    return f"{_many(count, 'article')}{' or more' if count >= MOST_NAMING else ''}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
