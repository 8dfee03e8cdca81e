"""The density of events over time, as numbers that a template can draw."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from timeline.forms import ChronologyForm
from timeline.search.tags import Facet, tag
from timeline.views.cards import Link
from timeline.views.days import day_words, month_end
from timeline.views.facets import leading_actors
from timeline.vocabulary import MONTHS

WIDTH, HEIGHT = 722, 84
LANES = 6
LEVELS = 4
MOST_DAYS, MOST_MONTHS, MOST_YEARS = 92, 144, 140
GAP_SHARE = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """A stretch of days, both inclusive."""

    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bin drawn: the part known to the day below, the rest above it.

    `count` is how many events stand there, `touching` how many may have happened then: the rows that its link leaves,
    and so no more than are shown at once.
    """

    label: str
    href: str
    count: int
    touching: int
    slot_x: str
    slot_width: str
    x: str
    width: str
    y: str
    height: str
    open_y: str
    open_height: str


@dataclass(frozen=True, slots=True)
class Cell:
    x: str
    width: str
    level: int


@dataclass(frozen=True, slots=True)
class Lane:
    actor: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """`share` is the place on the axis in percent; few wide bins have their labels under their middle."""

    share: str
    label: str
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    caption: str
    unit: str
    has_open: bool
    zoom_out: str = ""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def rows(self) -> tuple[Bar, ...]:
        """The bins that hold something, for the table."""
        return tuple(bar for bar in self.bars if bar.count)


def overview(form: ChronologyForm, address: str) -> Overview | None:
    """Nothing where no event of the selection has a day to stand on."""
    density = form.shown.density
    first, last = form.value("from"), form.value("to")
    inside: defaultdict[tuple[date, bool], int] = defaultdict(int)
    for earliest, latest, count in density:
        if (day := earliest or latest) and (first is None or day >= first) and (last is None or day <= last):
            inside[day, earliest == latest] += count
    if not inside:
        return None
    start = first or min(day for day, _ in inside)
    end = last or max(day for day, _ in inside)
    unit, bins = cut(start, end)
    bins = [replace(one, first=max(one.first, first or date.min), last=min(one.last, last or date.max)) for one in bins]
    firsts = [one.first for one in bins]
    exact, rest = [0] * len(bins), [0] * len(bins)
    for (day, exactly), count in inside.items():
        (exact if exactly else rest)[_bin_of(day, firsts)] += count
    totals = [one + other for one, other in zip(exact, rest, strict=True)]
    outside = sum(count for _, _, count in density) - sum(totals)
    reach = touching(form.answer().density if form.limit else density, bins)
    bars = tuple(_bars(bins, exact, rest, [form.most_left(count) for count in reach], form, address))
    return Overview(
        bars=bars,
        lanes=tuple(_lanes(form, address, bins)),
        ticks=tuple(_ticks(unit, bins)),
        caption=_caption(unit, bins, totals, outside),
        unit=unit,
        has_open=any(rest),
        zoom_out=form.address(address, from_=None, to=None) if first or last else "",
    )


def cut(start: date, end: date) -> tuple[str, list[Bin]]:
    """The finest unit that keeps the graphic readable, and its bins from start to end."""
    if (end - start).days < MOST_DAYS:
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        return "day", [Bin(first=day, last=day, label=day_words(day)) for day in days]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months <= MOST_MONTHS:
        return "month", list(_months(start, months))
    span = end.year - start.year + 1
    unit, step = ("year", 1) if span <= MOST_YEARS else ("decade", 10) if span <= MOST_YEARS * 10 else ("century", 100)
    return unit, [
        Bin(
            first=date(max(year, 1), 1, 1),
            last=date(min(year + step - 1, 9999), 12, 31),
            label=str(year) if step == 1 else f"{year}s" if step == 10 else f"{year} to {year + 99}",
        )
        for year in range(start.year // step * step, end.year + 1, step)
    ]


def _months(start: date, count: int) -> Iterator[Bin]:
    for n in range(start.month - 1, start.month - 1 + count):
        first = date(start.year + n // 12, n % 12 + 1, 1)
        yield Bin(first=first, last=month_end(first), label=f"{MONTHS[first.month - 1]} {first.year}")


def _bin_of(day: date, firsts: Sequence[date]) -> int:
    """The bin that a day stands in, by the first days of all."""
    return max(bisect_right(firsts, day) - 1, 0)


def touching(density: Sequence[tuple[date | None, date | None, int]], bins: Sequence[Bin]) -> list[int]:
    """How many events may have happened in each bin: all but those over before it and those that begin after it."""
    last_days: defaultdict[date, int] = defaultdict(int)
    first_days: defaultdict[date, int] = defaultdict(int)
    for first, last, count in density:
        if last:
            last_days[last] += count
        if first:
            first_days[first] += count
    ends, starts = sorted(last_days.items()), sorted(first_days.items())
    ended = [0, *accumulate(count for _, count in ends)]
    begun = [0, *accumulate(count for _, count in starts)]
    total = sum(count for _, _, count in density)
    found = []
    for one in bins:
        over = ended[bisect_left(ends, (one.first, 0))]
        ahead = begun[-1] - begun[bisect_left(starts, (one.last, math.inf))]
        found.append(total - over - ahead)
    return found


def _bars(
    bins: list[Bin], exact: list[int], rest: list[int], reach: list[int], form: ChronologyForm, address: str
) -> Iterator[Bar]:
    slot = WIDTH / len(bins)
    bar = min(slot * (1 - GAP_SHARE), 46)
    highest = max(one + other for one, other in zip(exact, rest, strict=True))
    for n, (stretch, known, unknown, near) in enumerate(zip(bins, exact, rest, reach, strict=True)):
        scale = HEIGHT / highest
        height, open_height = known * scale, unknown * scale
        yield Bar(
            label=stretch.label,
            href=form.address(address, from_=stretch.first, to=stretch.last),
            count=known + unknown,
            touching=near,
            slot_x=_number(n * slot),
            slot_width=_number(slot),
            x=_number(n * slot + (slot - bar) / 2),
            width=_number(bar),
            y=_number(HEIGHT - height),
            height=_number(height),
            open_y=_number(HEIGHT - height - open_height),
            open_height=_number(open_height),
        )


def _lanes(form: ChronologyForm, address: str, bins: list[Bin]) -> Iterator[Lane]:
    leading = leading_actors(form.shown, LANES)
    firsts = [one.first for one in bins]
    lanes: dict[int, Counter[int]] = {pk: Counter() for pk, *_ in leading}
    for pk, lane in lanes.items():
        for day, count in form.shown.days(tag(Facet.ACTOR, pk)):
            if day is not None and bins[0].first <= day <= bins[-1].last:
                lane[_bin_of(day, firsts)] += count
    slot = WIDTH / len(bins)
    width = _number(max(min(slot - 0.6, 46), 1))
    chosen = {actor.uid for actor in form.value("actor") or ()}
    for pk, uid, name, _ in leading:
        most = max(lanes[pk].values(), default=0)
        cells = tuple(
            Cell(_number(n * slot + max(slot - 46, 0) / 2), width, max(1, -(-count * LEVELS // most)))
            for n, count in sorted(lanes[pk].items())
        )
        if not cells:
            continue
        actors = [*chosen, *([] if uid in chosen else [uid])]
        yield Lane(Link(name, form.address(address, actor=actors)), cells)


def _ticks(unit: str, bins: list[Bin]) -> Iterator[Tick]:
    """A label wherever a longer unit begins, at most about eight of them."""
    slot = WIDTH / len(bins)
    if len(bins) <= 8:
        for n, one in enumerate(bins):
            yield Tick(_number(100 * (n + 0.5) / len(bins)), _short(unit, one), centred=True)
        return
    match unit:
        case "day":
            marks = [
                (n, _short(unit, one))
                for n, one in enumerate(bins)
                if n == 0 or one.first.day == 1 or (len(bins) <= 35 and n % 5 == 0)
            ]
        case "month" if len(bins) <= 18:
            marks = [(n, _short(unit, one)) for n, one in enumerate(bins) if n % 3 == 0]
        case "month":
            marks = [(n, str(one.first.year)) for n, one in enumerate(bins) if one.first.month == 1 or n == 0]
        case _:
            marks = [(n, one.label.split()[0]) for n, one in enumerate(bins)]
    spaced: list[tuple[int, str]] = []
    for n, label in marks:
        if not spaced or (n - spaced[-1][0]) * slot >= 62:
            spaced.append((n, label))
    for n, label in spaced:
        if n * slot <= WIDTH - 30:
            yield Tick(_number(100 * n / len(bins)), label)


def _short(unit: str, one: Bin) -> str:
    month = MONTHS[one.first.month - 1][:3]
    return (
        f"{one.first.day} {month}" if unit == "day" else f"{month} {one.first.year}" if unit == "month" else one.label
    )


def _caption(unit: str, bins: list[Bin], totals: list[int], outside: int) -> str:
    most = max(totals)
    busiest = bins[totals.index(most)].label
    span = bins[0].label if len(bins) == 1 else f"{bins[0].label} to {bins[-1].label}"
    words = f"Events per {unit}, {span}; busiest: {busiest} ({most:,})."
    if outside:
        events = "event has" if outside == 1 else "events have"
        words += f" {outside:,} more {events} no day in this range to stand under."
    return words


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
