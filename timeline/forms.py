"""What a reader asks for in the address, turned into querysets; pages and exports ask through the same forms.

Nothing is guessed and nothing is ignored: a parameter that is unknown, repeated, too long or without sense is an
error that names it.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from heapq import nlargest
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict

from timeline.models import Actor, Event, Place, Publisher, Statement
from timeline.models.events import EventQuerySet
from timeline.models.identity import may_be_uid
from timeline.models.statements import StatementQuerySet
from timeline.search import asking as search
from timeline.search.asking import Answer
from timeline.search.dialects import Key
from timeline.search.query import EventQuery, StatementQuery
from timeline.vocabulary import ON_PAGE, EventKind, EventStatus, StatementKind

MAX_LENGTH = 200
MAX_WORDS = 12
MAX_ACTORS = 10
MAX_CURSOR = 2**63 - 1
MAX_TOP = 1000
MOST_LOOKED_THROUGH = 10_000
# Of the most important events so many at most are of one day while others are left to choose from: an explosion is told
# in many ways. So many times as many as are asked for are looked through.
OF_ONE_DAY, LOOKED_THROUGH = 3, 5
QUOTED = (StatementKind.DIRECT, StatementKind.MIXED)
STATUSES = (
    EventStatus.AUTOMATIC.value,
    EventStatus.CONFIRMED.value,
    EventStatus.DISPUTED.value,
    "corrected",
    "hedged",
)
SORTS = ("oldest", "newest")
ON, OFF = frozenset({"", "1", "on", "true", "yes"}), frozenset({"0", "off", "false", "no"})


class Values(forms.Widget):
    """All values of a parameter, so that a repeated one is seen and an empty one differs from none."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:
        return data.getlist(name) if isinstance(data, QueryDict) else list(data.get(name, []))


def _of_many_days(events: Iterable[tuple[int, date | None]], limit: int) -> list[int]:
    """The first so many of some events, of one day the first few; where no others are left, the rest of that day."""
    chosen: list[int] = []
    passed_over: list[int] = []
    days = Counter[date]()
    for pk, day in events:
        if day is not None:
            days[day] += 1
        (passed_over if day is not None and days[day] > OF_ONE_DAY else chosen).append(pk)
    return [*chosen, *passed_over][:limit]


def shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def bounded(text: str) -> str:
    if "\0" in text:
        raise ValidationError("It contains a NUL character.")
    if len(text) > MAX_LENGTH:
        raise ValidationError(f"It is {len(text):,} characters long; at most {MAX_LENGTH} are read.")
    return text


class Parameter(forms.Field):
    """One value at most; an empty one is none."""

    widget = Values

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: list[str]) -> Any:
        given = [text.strip() for text in value if text.strip()]
        if not given:
            return None
        if len(given) > 1:
            raise ValidationError(f"It is given {len(given)} times; give it once.")
        return self.read(bounded(given[0]))

    def read(self, text: str) -> Any:
        return text


class Words(Parameter):
    def read(self, text: str) -> str:
        words = text.split()
        if len(words) > MAX_WORDS:
            raise ValidationError(f"It has {len(words)} words; at most {MAX_WORDS} are searched for.")
        return " ".join(words)


class Flag(Parameter):
    """On when present: `direct`, `direct=1`."""

    def clean(self, value: list[str]) -> bool:
        if not value:
            return False
        if len(value) > 1:
            raise ValidationError(f"It is given {len(value)} times; give it once.")
        word = bounded(value[0]).strip().lower()
        if word not in ON | OFF:
            raise ValidationError("It is either on (present, 1, on, true, yes) or off (0, off, false, no).")
        return word in ON


class Choice(Parameter):
    def __init__(self, choices: Iterable[str]) -> None:
        super().__init__()
        self.words = tuple(choices)

    def read(self, text: str) -> str:
        if text not in self.words:
            raise ValidationError(f"It is one of: {', '.join(self.words)}.")
        return text


class Day(Parameter):
    """A day, a month or a year; `last` takes the end of it."""

    FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

    def __init__(self, *, last: bool = False) -> None:
        super().__init__()
        self.last = last

    def read(self, text: str) -> date:
        found = self.FORM.fullmatch(text)
        if found is None:
            raise ValidationError("Write a day as 2025-03-02, a month as 2025-03 or a year as 2025.")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            if month is None:
                return date(year, 12, 31) if self.last else date(year, 1, 1)
            if day is None:
                first = date(year, month, 1)
                return first.replace(day=calendar.monthrange(year, month)[1]) if self.last else first
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError("There is no such day in the calendar.") from error


class Cursor(Parameter):
    def read(self, text: str) -> int:
        if not re.fullmatch(r"-?\d{1,19}", text, re.ASCII) or abs(int(text)) > MAX_CURSOR:
            raise ValidationError("It is no place in the list; go back to the first page.")
        return int(text)


class Number(Parameter):
    """A whole number from 1 on."""

    def __init__(self, *, most: int) -> None:
        super().__init__()
        self.most = most

    def read(self, text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not 1 <= int(text) <= self.most:
            raise ValidationError(f"It is a whole number from 1 to {self.most:,}.")
        return int(text)


class Named(Parameter):
    """One row, by its public id or its name."""

    def __init__(self, noun: str, find: Callable[[str], QuerySet[Any]]) -> None:
        super().__init__()
        self.noun = noun
        self.find = find

    def read(self, text: str) -> Model:
        rows = self.find(text)
        # The links of the pages give public ids: an index has them, while names are looked through.
        if may_be_uid(text) and hasattr(rows.model, "uid") and (own := rows.filter(uid=text).first()):
            return cast(Model, own)
        found = list(rows[:20])
        for exactly in (
            [row for row in found if getattr(row, "uid", None) == text],
            [row for row in found if row.name == text],
            [row for row in found if row.name.lower() == text.lower()],
            found,
        ):
            if len(exactly) == 1:
                one: Model = exactly[0]
                return one
        if not found:
            raise ValidationError(f"No {self.noun} here is called “{shorten(text)}”.")
        names = "; ".join(f"{row.name} ({getattr(row, 'uid', row.pk)})" for row in found[:5])
        raise ValidationError(f"“{shorten(text)}” may be any of {len(found)}: {names}. Give the id in brackets.")


class SeveralNamed(Named):
    def clean(self, value: list[str]) -> list[Model]:
        given = list(dict.fromkeys(text.strip() for text in value if text.strip()))
        if len(given) > MAX_ACTORS:
            raise ValidationError(f"It is given {len(given)} times; at most {MAX_ACTORS} are looked for.")
        return list(dict.fromkeys(self.read(bounded(text)) for text in given))


class RunningStory(Parameter):
    """The story that articles carry on, by the public id of its first event, or of the main event of any of them."""

    def read(self, text: str) -> Event:
        event: Event | None = Event.objects.select_related("merged_into").filter(uid=text).first()
        shown = event.kept.story_name if event else None
        if shown is None:
            raise ValidationError(f"No running story here goes by “{shorten(text)}”.")
        return shown


class AddressForm(forms.Form):
    """A form filled from the query string alone."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.query = data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        known = f"It knows: {', '.join(self.fields)}." if self.fields else "It takes none."
        for name in sorted(set(self.query) - set(self.fields))[:10]:
            self.add_error(None, ValidationError(f"“{shorten(name)}” is no parameter of this page. {known}"))
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", ValidationError(f"It is before “from”: {last.isoformat()}, {first.isoformat()}."))
        return cleaned

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """What is wrong: the parameter, its value, and why."""
        found: list[tuple[str, str, str]] = []
        for name, messages in self.errors.items():
            field = "" if name == "__all__" else name
            values = ", ".join(shorten(value) for value in self.query.getlist(field)) if field else ""
            found.extend((field, values, str(message)) for message in messages)
        return found

    @property
    def cursor(self) -> int | None:
        place: int | None = self.cleaned_data["after"]
        return place

    @property
    def newest_first(self) -> bool:
        return bool(self.cleaned_data.get("sort") == "newest")

    def value(self, name: str) -> Any:
        return self.cleaned_data[name]

    def parameters(self) -> list[tuple[str, str]]:
        """The filters that are on, as name and value, in the order of the form; without the cursor."""
        return self._parameters

    @cached_property
    def _parameters(self) -> list[tuple[str, str]]:
        """Made once: a page has hundreds of addresses."""
        pairs: list[tuple[str, str]] = []
        for name, field in self.fields.items():
            value = self.cleaned_data[name]
            if name == "after" or not value or (name == "sort" and value == SORTS[0]):
                continue
            if isinstance(field, Flag):
                pairs.append((name, "1"))
            elif isinstance(field, Day):
                pairs.append((name, value.isoformat()))
            else:
                pairs.extend((name, address_of(one)) for one in (value if isinstance(value, list) else [value]))
        return pairs

    def querystring(self, **changes: Any) -> str:
        """This state with some parameters changed: a value, several, or None to drop it. “from” is written `from_`."""
        wanted = {name.removesuffix("_"): value for name, value in changes.items()}
        pairs = [pair for pair in self.parameters() if pair[0] not in wanted]
        for name, value in wanted.items():
            values = value if isinstance(value, list | tuple) else [] if value is None else [value]
            pairs.extend((name, "1" if one is True else address_of(one)) for one in values)
        pairs.sort(key=lambda pair: self._order[pair[0]])
        return urlencode(pairs)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.fields)}

    def address(self, path: str, **changes: Any) -> str:
        """A path with this state, changed."""
        query = self.querystring(**changes)
        return f"{path}?{query}" if query else path

    @property
    def is_filtered(self) -> bool:
        return any(name != "sort" for name, _ in self.parameters())


def address_of(value: Any) -> str:
    """How a value stands in an address: rows by their public id, publishers by name."""
    if isinstance(value, Model):
        return str(getattr(value, "uid", None) or value)
    return value.isoformat() if isinstance(value, date) else str(value)


class PlainForm(AddressForm):
    """For pages that take nothing from the address."""


class PagedForm(AddressForm):
    """For pages with a list to go on in and nothing to choose."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields = {"after": Cursor()}


class ChronologyForm(AddressForm):
    """Which events, and which of their statements."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields = {
            "q": Words(),
            "actor": SeveralNamed("actor", Actor.objects.named),
            "speaker": Named("speaker", Actor.objects.named),
            "place": Named("place", Place.objects.named),
            "publisher": Named("publisher", Publisher.objects.named),
            "story": RunningStory(),
            "kind": Choice(kind.value for kind in EventKind),
            "quote": Flag(),
            "direct": Flag(),
            "indirect": Flag(),
            "status": Choice(STATUSES),
            "from": Day(),
            "to": Day(last=True),
            "exact": Flag(),
            "top": Number(most=MAX_TOP),
            "sort": Choice(SORTS),
            "after": Cursor(),
        }

    @property
    def statement_kinds(self) -> tuple[StatementKind, ...]:
        """The kinds that one and the same statement may have; none means any."""
        flags = {StatementKind.DIRECT: "direct", StatementKind.INDIRECT: "indirect"}
        asked = tuple(kind for kind, flag in flags.items() if self.cleaned_data[flag])
        return asked or (QUOTED if self.cleaned_data["quote"] else ())

    @property
    def picks_statements(self) -> bool:
        """Whether events show only the statements asked for."""
        return any(self.cleaned_data[name] for name in ("speaker", "direct", "indirect"))

    @property
    def limit(self) -> int | None:
        """How many of the most important events are asked for; None where all are."""
        limit: int | None = self.cleaned_data["top"]
        return limit

    def asked(self, *, without: str = "") -> EventQuery:
        """The filters as the index knows them; `without` leaves one out, for counting."""
        asked = {name: value for name, value in self.cleaned_data.items() if name != without}
        query = EventQuery()
        if words := asked.get("q"):
            query = query.containing(words)
        for actor in asked.get("actor") or ():
            query = query.involving(actor.pk)
        speaker = asked.get("speaker")
        if speaker or self.statement_kinds:
            query = query.quoting(speaker.pk if speaker else None, self.statement_kinds)
        if asked.get("quote") and StatementKind.DIRECT not in self.statement_kinds:
            query = query.quoting(kinds=QUOTED)
        if place := asked.get("place"):
            query = query.at(place.pk)
        if publisher := asked.get("publisher"):
            query = query.reported_by(publisher.pk)
        if story := asked.get("story"):
            query = query.of_running_story(story.story_head.pk)
        if kind := asked.get("kind"):
            query = query.of_kind(kind)
        if status := asked.get("status"):
            query = query.marked(status)
        if asked.get("exact"):
            query = query.exact()
        return query.between(asked.get("from"), asked.get("to"))

    def answer(self, *, without: str = "") -> Answer:
        """What the index knows of the events that the filters let through, however many are to be shown."""
        query = self.asked(without=without)
        return self._answers.setdefault(query, search.events(query))

    @cached_property
    def _answers(self) -> dict[EventQuery, Answer]:
        """Filters that are off leave the same question with and without them."""
        return {}

    @cached_property
    def shown(self) -> Answer:
        """Of those the ones asked for: all, or the most important of them."""
        return self.answer() if self.limit is None else search.picked_events(self._leading)

    def keys(self, limit: int, *, after: int | None) -> list[Key]:
        """The next so many events beyond a place in the list, as places in it."""
        if self.limit is None:
            return self.answer().keys(after=after, newest_first=self.newest_first, limit=limit)
        rows = self.events().beyond(after, newest_first=self.newest_first).values_list("chrono", "pk")
        return [Key(chrono or 0, pk) for chrono, pk in rows[:limit]]

    def latest(self, limit: int) -> list[int]:
        """The ids of the events that came in last, the last one first; of very many the newest are looked through."""
        if self.limit is not None:
            return nlargest(limit, self._leading)
        if self.asked().is_everything:
            return list(Event.objects.on_page().order_by("-pk").values_list("pk", flat=True)[:limit])
        return nlargest(limit, (key.row for key in self.answer().keys(newest_first=True, limit=MOST_LOOKED_THROUGH)))

    def events(self) -> EventQuerySet:
        """The events asked for, in order, from the first page on: all that match, or the most important of them."""
        if self.limit is None:
            return self.matching()
        chosen: EventQuerySet = Event.objects.filter(pk__in=self._leading)
        return chosen.newest_first() if self.newest_first else chosen.oldest_first()

    def most_left(self, count: int) -> int:
        """How many of so many events are shown."""
        return min(count, self.limit or count)

    @cached_property
    def _leading(self) -> list[int]:
        """Asked for once: page, count, choices and graphic speak of the same events. Of each status by itself, for so
        an index has them in order."""
        limit = self.limit or 0
        best: list[tuple[float, int, int, date | None]] = []
        for status in ON_PAGE:
            leading = self.matching().filter(status=status).leading()
            rows = leading.values_list("importance", "chrono", "pk", "earliest", "latest")[: LOOKED_THROUGH * limit]
            best += [
                (-importance, chrono or 0, pk, first if first == last else None)
                for importance, chrono, pk, first, last in rows
            ]
        best.sort(key=lambda row: row[:2])
        return _of_many_days([(pk, day) for *_, pk, day in best], limit)

    def matching(self) -> EventQuerySet:
        """What the filters let through, however many are to be shown."""
        events: EventQuerySet = Event.objects.on_page()
        if not self.asked().is_everything:
            events = events.filter(chrono__in=self.answer().places())
        return events.newest_first() if self.newest_first else events.oldest_first()

    def statements(self) -> StatementQuerySet:
        """The statements that the filters let through, in order."""
        statements: StatementQuerySet = Statement.objects.on_page()
        if self.picks_statements:
            statements = statements.by(self.cleaned_data["speaker"]).of_kinds(self.statement_kinds)
        return statements.oldest_first()


class StatementsForm(AddressForm):
    """Which statements."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields = {
            "q": Words(),
            "speaker": Named("speaker", Actor.objects.named),
            "medium": Parameter(),
            "kind": Choice(kind.value for kind in StatementKind),
            "direct": Flag(),
            "indirect": Flag(),
            "from": Day(),
            "to": Day(last=True),
            "sort": Choice(SORTS),
            "after": Cursor(),
        }

    @property
    def statement_kinds(self) -> tuple[StatementKind, ...]:
        flags = {StatementKind.DIRECT: "direct", StatementKind.INDIRECT: "indirect"}
        return tuple(kind for kind, flag in flags.items() if self.cleaned_data[flag])

    def asked(self, *, without: str = "") -> StatementQuery:
        """The filters as the index knows them; `without` leaves one out, for counting."""
        asked = {name: value for name, value in self.cleaned_data.items() if name != without}
        query = StatementQuery()
        if words := asked.get("q"):
            query = query.containing(words)
        if speaker := asked.get("speaker"):
            query = query.by(speaker.pk)
        query = query.of_kinds(self.statement_kinds)
        if kind := asked.get("kind"):
            query = query.of_kinds([StatementKind(kind)])
        if medium := asked.get("medium"):
            query = query.in_medium(medium)
        return query.between(asked.get("from"), asked.get("to"))

    def answer(self, *, without: str = "") -> Answer:
        """What the index knows of the statements that the filters let through."""
        query = self.asked(without=without)
        return self._answers.setdefault(query, search.statements(query))

    @cached_property
    def _answers(self) -> dict[StatementQuery, Answer]:
        """Filters that are off leave the same question with and without them."""
        return {}
