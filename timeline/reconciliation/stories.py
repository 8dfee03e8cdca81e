"""Stories: what an article is about, whatever its main event is called, and which articles carry on the same one.

The weights are those of TF-IDF (Salton and Buckley 1988), with how rare a word is in its language, as the package
wordfreq has it, in the place of how many documents hold it: they are the same for every archive, whatever came first.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from timeline.extraction.mentions import Document
from timeline.extraction.names import fold
from timeline.vocabulary import BlockRole

WORD = re.compile(r"[^\W_]+")
# The beginning of an article, some 250 words, says what it is about; six letters are enough of a stem for that.
BEGINNING, STEM, SHORTEST = 1500, 6, 3
# The heaviest words are kept of a story, and by the very heaviest it is found again.
KEPT, TELLING = 40, 10
# Weights are in nats of rarity: words commoner than one in 150 weigh nothing, names nobody has listed 16 - 5.
COMMON, RAREST = 5.0, 1e-7
# Articles this alike carry on one story: where pairs of articles of 18 stories that were tuned on are put together and
# told apart best (tests/benchmarks/score.py).
SAME_STORY = 0.15
# What comes back every year is much like the year before: a story that nobody has told since is taken up again only by
# an article that is twice as like it.
YEARLY, LESS = timedelta(days=300), 0.5


@dataclass(frozen=True, slots=True)
class Story:
    """What an article is about: the stems that say it, heaviest first, as a vector of length one."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, title: str, text: str, language: str | None = None) -> Story:
        """The story of an article from its headline, which counts twice, and how its text begins.

        Args:
            title: the headline.
            text: its prose, of which the first 1,500 characters count.
            language: its code; a language without word frequencies is read as English.

        Returns:
            At most forty stems; none where there are no words.
        """
        counted: Counter[str] = Counter()
        for word in [*WORD.findall(title) * 2, *WORD.findall(text[:BEGINNING])]:
            stem = stem_of(word)
            if len(stem) >= SHORTEST:
                counted[stem] += 2 if word[0].isupper() else 1
        known = _frequencies(language or "en")
        weighed = {
            stem: (1 + math.log(count)) * rarity
            for stem, count in counted.items()
            if (rarity := -math.log(max(known.get(stem, 0.0), RAREST)) - COMMON) > 0
        }
        heaviest = sorted(weighed.items(), key=lambda pair: (-pair[1], pair[0]))[:KEPT]
        length = math.hypot(*(weight for _, weight in heaviest)) or 1.0
        return cls({stem: round(weight / length, 4) for stem, weight in heaviest})

    @property
    def telling(self) -> list[str]:
        """The stems by which the story is found among others."""
        return list(self.weights)[:TELLING]

    def likeness(self, other: Story) -> float:
        """The cosine of two stories, 0 to 1."""
        return sum(weight * other.weights.get(stem, 0.0) for stem, weight in self.weights.items())

    def likeness_to_all(self, others: Iterable[Story]) -> float:
        """The mean likeness to the articles of a story; 0 where there are none."""
        each = [self.likeness(other) for other in others]
        return sum(each) / len(each) if each else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStory:
    """A story that articles tell: `uid` is that of the event at its head, `silence` how long it lies from the article
    that may carry it on to the nearest of those that tell it."""

    uid: str
    articles: tuple[Story, ...]
    silence: timedelta = timedelta()

    def likeness(self, story: Story) -> float:
        """How like an article is to those that tell it, 0 to 1; after a year's silence half of that."""
        alike = story.likeness_to_all(self.articles)
        return alike * LESS if self.silence > YEARLY else alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """An article without a main event, and so of no story so far; `silence` is how long it lies from the document."""

    uid: str
    story: Story
    silence: timedelta = timedelta()


def taken_along(strays: Iterable[Stray], articles: tuple[Story, ...]) -> list[str]:
    """The uids of the articles that carry on a story which a document tells, but came before it was known.

    Args:
        strays: articles of no story.
        articles: those of the story, the document among them.
    """
    return [
        one.uid
        for one in strays
        if KnownStory(uid="", articles=articles, silence=one.silence).likeness(one.story) >= SAME_STORY
    ]


def carried_on(story: Story, known: Iterable[KnownStory]) -> str | None:
    """The uid of the story that an article carries on: the one it is most like, if it is like enough."""
    alike = [(other.likeness(story), other.uid) for other in known]
    likeness, uid = max(alike, default=(0.0, None))
    return uid if likeness >= SAME_STORY else None


def story_of(document: Document) -> Story:
    """The story of a document as read."""
    body = next((block.start for block in document.blocks if block.role is BlockRole.BODY), 0)
    return Story.of(document.title or "", document.text[body:], document.language)


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    return fold(word).casefold()[:STEM]


@cache
def _frequencies(language: str) -> Mapping[str, float]:
    """How often a stem is met, as a share of all words."""
    # Where the archive is only shown, nothing is weighed: a process of the site is 6 MB lighter without it.
    from wordfreq import available_languages, get_frequency_dict

    code = language.split("-")[0]
    listed = get_frequency_dict(code if code in available_languages("small") else "en", "small")
    found: defaultdict[str, float] = defaultdict(float)
    for word, frequency in listed.items():
        found[stem_of(word)] += frequency
    return found
