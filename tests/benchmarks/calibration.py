"""How often a claim of some confidence is right: the curve of docs/calibration.md.

    python -m tests.benchmarks.calibration [--gold DIR]

`judgements.tsv` holds what a reader said of each claim made of the articles of `readings`: right or wrong, and what was
wrong. A claim that is no longer made does not count; one that says something new waits for a reader. An event is right
when its title is true and a sentence, its day is what the text supports, its actors took part and its place is where it
was; a statement when it is one, is in the right mouth and has its words whole.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.readings import GOLD, articles, claims
from timeline.extraction.interchange import read
from timeline.extraction.records import Unread

ROOT = Path(__file__).resolve().parents[2]
JUDGEMENTS = Path(__file__).with_name("judgements.tsv")
PAGE, PICTURE = ROOT / "docs" / "calibration.md", ROOT / "docs" / "calibration.svg"
EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
KINDS = ("event", "statement")


@dataclass(frozen=True, slots=True)
class Bin:
    """Judged claims between two confidences."""

    low: float
    high: float
    said: float
    right: int
    judged: int

    @property
    def share(self) -> float:
        return self.right / self.judged


def judgements() -> dict[str, bool]:
    """What was said of each claim, by its number."""
    with JUDGEMENTS.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {row["claim"]: row["verdict"] == "right" for row in rows}


def curve(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """The judged claims, confidence and verdict, in bins; bins without any are left out."""
    bins = []
    for low, high in pairwise(EDGES):
        here = [(confidence, right) for confidence, right in judged if low <= confidence < high]
        if here:
            said = sum(confidence for confidence, _ in here) / len(here)
            bins.append(Bin(low, min(high, 1.0), said, sum(right for _, right in here), len(here)))
    return bins


def collect(gold: Path) -> tuple[dict[str, list[tuple[float, bool]]], dict[str, int]]:
    """Confidence and verdict of every judged claim that is still made, and how many wait for a reader, by kind."""
    verdicts, judged, waiting = (
        judgements(),
        defaultdict[str, list[tuple[float, bool]]](list),
        defaultdict[str, int](int),
    )
    for record in articles(gold):
        try:
            extraction = read(record)
        except Unread:
            continue
        for claim in claims(extraction):
            if claim.number in verdicts:
                judged[claim.kind].append((claim.confidence, verdicts[claim.number]))
            else:
                waiting[claim.kind] += 1
    return judged, waiting


def page(judged: dict[str, list[tuple[float, bool]]], waiting: dict[str, int]) -> str:
    parts = [
        "# What a confidence is worth\n",
        "Written by `make score` from articles of many outlets whose claims were read by eye, one by one "
        "(`tests/benchmarks/judgements.tsv`). An event is right when title, day, actors and place are; a statement "
        "when it is one, in the right mouth, with its words whole. The weights behind events were fitted to these very "
        "claims; `python -m tests.benchmarks.weigh` prints the same table for articles left out of the fit.\n",
        "![Share of right claims by confidence](calibration.svg)\n",
    ]
    for kind in KINDS:
        parts += [f"## {kind.capitalize()}s\n", "| confidence | claims | mean | right |", "| --- | --- | --- | --- |"]
        parts += [
            f"| {b.low:.2f} to {b.high:.2f} | {b.judged} | {b.said:.2f} | {b.share:.2f} |" for b in curve(judged[kind])
        ]
        parts.append(f"\n{waiting[kind]} claims of now were not read yet.\n")
    return "\n".join(parts)


def picture(judged: dict[str, list[tuple[float, bool]]]) -> str:
    """The curves over the diagonal, as SVG."""
    side, edge = 360, 40
    colours = dict(zip(KINDS, ("#1f5f99", "#b3541e"), strict=True))

    def at(said: float, share: float) -> str:
        return f"{edge + said * side:.1f},{edge + (1 - share) * side:.1f}"

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Share of claims that are right, by the confidence they were given</title>",
        f'<rect width="{side + 2 * edge}" height="{side + 2 * edge}" fill="#fff"/>',
        f'<polyline points="{at(0, 0)} {at(1, 1)}" fill="none" stroke="#999" stroke-dasharray="4"/>',
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#444"/>',
    ]
    for tick in (0, 0.5, 0.9, 1):
        x, y = at(tick, tick).split(",")
        lines.append(f'<text x="{x}" y="{side + edge + 16}" text-anchor="middle">{tick:g}</text>')
        lines.append(f'<text x="{edge - 6}" y="{y}" text-anchor="end">{tick:g}</text>')
    for row, kind in enumerate(KINDS):
        bins = curve(judged[kind])
        points = " ".join(at(b.said, b.share) for b in bins)
        lines.append(f'<polyline points="{points}" fill="none" stroke="{colours[kind]}" stroke-width="2"/>')
        for b in bins:
            x, y = at(b.said, b.share).split(",")
            lines.append(f'<circle cx="{x}" cy="{y}" r="{2 + b.judged**0.5 / 4:.1f}" fill="{colours[kind]}"/>')
        lines.append(f'<text x="{edge + 10}" y="{edge + 20 + 18 * row}" fill="{colours[kind]}">{kind}s</text>')
    middle = edge + side / 2
    lines.append(f'<text x="{middle}" y="{side + 2 * edge - 6}" text-anchor="middle">confidence</text>')
    lines.append(f'<text transform="translate(12,{middle}) rotate(-90)" text-anchor="middle">share right</text>')
    return "\n".join([*lines, "</svg>", ""])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.calibration", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    given = parser.parse_args()
    if not given.gold.is_dir():
        print(f"The articles that were read are not part of this repository and not in {given.gold}.", file=sys.stderr)
        return 2
    judged, waiting = collect(given.gold)
    PAGE.write_text(page(judged, waiting), "utf-8")
    PICTURE.write_text(picture(judged), "utf-8")
    print(page(judged, waiting))
    return 0


if __name__ == "__main__":
    sys.exit(main())
