"""The words and patterns by which a language names times, and what one of them says.

A language is a folder of the lexicon with times.json and time_patterns.txt; no word of any stands in code. The heads
of the two English files say what each part means, and the readings know the parts by the English names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from timeline.extraction.lexicon import LEXICON

Y = r"(?:1[0-9]\d\d|20\d\d)"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|º|er)?"
NOTHING: frozenset[str] = frozenset()
NEVER = re.compile(r"(?!)")
FIRST = "en"  # the language whose files name every pattern, group and form that the readings ask for


class Words:
    """The words of time of one language, from its folder of the lexicon.

    Raises:
        FileNotFoundError: the lexicon has no folder with words of time for the language.
    """

    def __init__(self, language: str) -> None:
        folder = LEXICON / language
        self.language = language
        self._lists: dict[str, Any] = json.loads((folder / "times.json").read_text("utf-8"))
        self._patterns = (folder / "time_patterns.txt").read_text("utf-8")
        self.months: dict[str, int] = self._lists["months"]
        self.weekdays: dict[str, int] = self._lists["weekdays"]
        self.numbers: dict[str, int] = self._lists["numbers"]
        self.amounts: dict[str, float] = self._lists["amounts"]
        self.and_a_half: str = self._lists["and_a_half"]
        self.units: dict[str, str] = self._lists["units"]
        self.seasons: dict[str, str] = self._lists["seasons"]
        self.parts: dict[str, str] = self._lists["parts"]
        self.ordinals: dict[str, int] = self._lists["ordinals"]
        self.holidays: dict[str, str] = self._lists["holidays"]
        self.stretches: dict[str, list[int]] = self._lists["stretches"]
        self.of_one_country: dict[str, str] = self._lists["of one country"]
        self.sets: dict[str, str] = self._lists["sets"]
        self.days: dict[str, int] = self._lists["days"]
        self.decades: dict[str, int] = self._lists["decades"]
        self.centuries: dict[str, int] = self._lists["centuries"]
        self.clocks: dict[str, str] = self._lists["clocks"]
        self.references: dict[str, str] = {
            phrase: value for value, phrases in self._lists["references"].items() for phrase in phrases
        }
        self.named: list[dict[str, Any]] = self._lists["named"]

    def listed(self, name: str) -> frozenset[str]:
        """The words of a plain list; none where the language has no such list."""
        return self._sets.get(name, NOTHING)

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self._lists["lists"].items()}

    def way(self, text: str | None) -> str:
        """Which of several: "last", "this", "next", "previous", "following", "same" ...; empty where nothing says."""
        found = self._way_form.search(text) if text else None
        return self._ways[_plain(found[0])] if found else ""

    def step(self, text: str | None) -> int | None:
        """-1 for what is past, 1 for what comes, 0 for this one; None where nothing says."""
        return {"last": -1, "previous": -1, "this": 0, "same": 0, "next": 1, "following": 1}.get(self.way(text))

    @cached_property
    def _ways(self) -> dict[str, str]:
        return {word: way for way, words in self._lists["ways"].items() for word in words}

    @cached_property
    def _way_form(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{any_of(self._ways)})\b".replace(r"\ ", r"\s+"), re.IGNORECASE)

    @cached_property
    def month_form(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{any_of(self.months)})\b", re.IGNORECASE)

    @cached_property
    def forms(self) -> dict[str, re.Pattern[str]]:
        """Small patterns by which the readings look around an expression; what a language leaves out is never there."""
        given = {name: re.compile(form, re.IGNORECASE) for name, form in self._lists["forms"].items()}
        return given if self.language == FIRST else dict.fromkeys(words_of(FIRST).forms, NEVER) | given

    def count(self, words: str | None) -> float | None:
        """The number in "3", "2 1/2", "twenty-four", "a couple of", "a hundred"; None for "several"."""
        low = " ".join((words or "").lower().replace("-", " ").split())
        if not low:
            return None
        if low in self.amounts:
            return self.amounts[low]
        if self.and_a_half and low.endswith(" " + self.and_a_half):
            return (self.count(low[: -len(self.and_a_half) - 1]) or 0) + 0.5
        if match := re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:\s+(1)/2)?", low):
            return float(match[1].replace(",", "")) + (0.5 if match[2] else 0)
        total, current = 0, 0
        for word in low.split():
            value = self.numbers.get(word)
            if value is None:
                continue
            if value in (100, 1000):
                total, current = total + max(current, 1) * value, 0
            else:
                current += value
        return float(total + current) or None

    def unit(self, word: str) -> str:
        """The letter of a unit of time in TIMEX3 values, "D" where it is none."""
        low = word.lower()
        return self.units.get(low) or self.units.get(low.removesuffix("s")) or "D"

    def season(self, word: str) -> str:
        low = word.lower()
        return self.seasons.get(low) or self.seasons.get(low.removesuffix("s")) or ""

    def part(self, word: str | None) -> str:
        low = (word or "").lower()
        return self.parts.get(low) or self.parts.get(low.removesuffix("s")) or ""

    @cached_property
    def patterns(self) -> tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]:
        """Every pattern with its name and what a text must hold for it to be tried, in the order of the file."""
        pieces = self._pieces()
        made: list[tuple[str, frozenset[str], re.Pattern[str]]] = []
        for section in re.split(r"\n\n(?=\[)", self._patterns)[1:]:
            head, *rows = section.strip().split("\n")
            name, marks = head[1:].split("]")
            form = re.sub(r"«([A-Z_]+)»", lambda match: pieces[match[1]], "".join(rows))
            if name.startswith("«"):
                pieces[name.strip("«»")] = form
                continue
            flags = re.NOFLAG if "cased" in marks.split() else re.IGNORECASE
            needs = frozenset(marks.split()) - {"cased"}
            made.append((name, needs, re.compile(r"(?<![\w-])" + self._complete(name, form), flags)))
        return tuple(made)

    def _complete(self, name: str, form: str) -> str:
        """A pattern with every group its reading may ask for: what the language does not need matches nothing."""
        if self.language == FIRST:
            return form
        asked = {group for known, _, first in words_of(FIRST).patterns if known == name for group in first.groupindex}
        return form + "".join(rf"(?P<{group}>(?!))?" for group in sorted(asked) if f"(?P<{group}>" not in form)

    def held(self, text: str) -> set[str]:
        """What of time a text holds: MONTH, WEEKDAY, UNIT, SEASON, PART, NUMBER ... cheap, and never too little."""
        words = set(WORD.findall(text.lower()))
        found = {kind for kind, known in self._triggers.items() if not known.isdisjoint(words)}
        if DIGIT.search(text):
            found.add("DIGIT")
        return found

    @cached_property
    def _triggers(self) -> dict[str, frozenset[str]]:
        def telling(phrases: Iterable[str], tails: tuple[str, ...] = ("",)) -> frozenset[str]:
            return frozenset(max(WORD.findall(phrase), key=len) + tail for phrase in phrases for tail in tails)

        plural = ("", "s", "es")
        return {
            "MONTH": telling(self.months),
            "WEEKDAY": telling(self.weekdays, plural),
            "UNIT": telling(self.units, plural),
            "SEASON": telling(self.seasons, plural),
            "PART": telling(self.parts, plural),
            "HOLIDAY": telling(self.holidays),
            "SET": telling(self.sets),
            "REFERENCE": telling(self.references),
            "DAY": telling(self.days),
            "DECADE": telling(self.decades),
            "CLOCK": telling(self.clocks) | self.listed("bells"),
            **self._sets,
        }

    def _pieces(self) -> dict[str, str]:
        """The pieces of patterns that are lists of words."""
        long = [m for m in self.months if len(m) > 4 or m in self.listed("short months")]
        short = [m for m in self.months if m not in long]
        days = [d for d in self.weekdays if len(d) > 5]
        short_days = [d for d in self.weekdays if len(d) <= 5]
        plain = any_of(number for number in self.numbers if number not in self.listed("articles and scales"))
        weekday = any_of(self._cases(days))
        month = rf"(?:{any_of(self._cases(long))}|(?:{any_of(self._cases(short, loud=False))})\b\.?)"
        return {
            "M": month,
            "WD": f"(?:{weekday})",
            "WD_ANY": rf"(?:{weekday}|(?:{any_of(self._cases(short_days, loud=False))})\b\.?)",
            "Y": Y,
            "D": rf"{D}(?:\.(?=\s{month}))?",
            "PLAIN": plain,
            "U": f"(?:{any_of(u for u in self.units if u not in self.listed('uncounted'))})s?",
            "PART": f"(?:{any_of(self.parts)})",
            "SEASON": f"(?:{any_of(self.seasons)})",
            "DECADE": any_of(self.decades),
            "CENTURY": any_of(self.centuries),
            "SET": any_of(self.sets),
            "DAY": any_of(self.days).replace(r"\ ", r"\s+"),
            "HOLIDAY": any_of(self._name(name) for name in self.holidays),
            "REFERENCE": any_of(self.references).replace(r"\ ", r"\s+"),
            "VAGUE": f"(?:{any_of(self.listed('vague'))})",
        }

    def _cases(self, words: list[str], *, loud: bool = True) -> list[str]:
        """As the language writes the names of months and days; then in capitals."""
        usual = [word.capitalize() for word in words] if self._lists["capitals"] else words
        return usual + [word.upper() for word in words if loud]

    def _name(self, name: str) -> str:
        small = self.listed("small words")
        return " ".join(word if word in small else word.capitalize() for word in name.split())


WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")


@cache
def words_of(language: str) -> Words:
    """The words of time of a language (ISO 639-1), read once a process."""
    return Words(language)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
