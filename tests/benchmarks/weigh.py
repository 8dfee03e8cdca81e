"""Fits the weights of events' confidences to what readers said of events.

    python -m tests.benchmarks.weigh [--gold DIR] [--write]

Prints how well the fitted confidences tell right from wrong on articles that the fit did not see (a tenth of them at a
time), and with --write puts weights fitted to all of them into lexicon/en/confidence.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np

from tests.benchmarks.calibration import EDGES, curve, judgements
from tests.benchmarks.readings import GOLD, articles, claims
from timeline.extraction.events import happenings
from timeline.extraction.events.candidates import Happening
from timeline.extraction.events.confidence import circumstances
from timeline.extraction.events.scene import Scene
from timeline.extraction.interchange import read
from timeline.extraction.lexicon import LEXICON
from timeline.extraction.mentions import EventMention
from timeline.extraction.records import Unread

FILE = LEXICON / "en" / "confidence.json"
RARE = 15  # a circumstance of fewer events gets no weight
RESTRAINT = 10.0  # how hard weights are pulled to nought: of 3, 5, 10 and 20 the best on articles not seen
FOLDS = 10
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Judged:
    """An event a reader judged: the article's number, in what circumstances it is told, and whether it is right."""

    article: int
    circumstances: frozenset[str]
    right: bool


def collect(gold: Path) -> list[Judged]:
    """The judged events that are still made."""
    verdicts, found = judgements(), []
    seen: dict[str, frozenset[str]] = {}

    def record(scene: Scene, happening: Happening, event: EventMention) -> frozenset[str]:
        seen[event.key] = circumstances(scene, happening, event)
        return seen[event.key]

    with mock.patch.object(happenings, "circumstances", record):
        for number, article in enumerate(articles(gold)):
            seen.clear()
            try:
                extraction = read(article)
            except Unread:
                continue
            events = [claim for claim in claims(extraction) if claim.kind == "event"]
            found += [
                Judged(number, seen[event.key], verdicts[claim.number])
                for event, claim in zip(extraction.events, events, strict=True)
                if claim.number in verdicts
            ]
    return found


def fit(rows: Matrix, right: Vector) -> Vector:
    """Weights of a logistic regression by Newton's method; the last column is the constant."""
    weights = np.zeros(rows.shape[1])
    pull = np.full(rows.shape[1], RESTRAINT)
    pull[-1] = 0.01
    for _ in range(50):
        share = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (rows * (share * (1 - share) + 1e-6)[:, None]) + np.diag(pull)
        weights = weights + np.linalg.solve(slope, rows.T @ (right - share) - pull * weights)
    return weights


def unseen(judged: list[Judged], rows: Matrix, right: Vector) -> Vector:
    """The confidence of each event, by weights fitted without its article."""
    article = np.array([one.article for one in judged])
    shares = np.zeros(len(judged))
    for fold in range(FOLDS):
        out = article % FOLDS == fold
        weights = fit(rows[~out], right[~out])
        shares[out] = 1 / (1 + np.exp(-rows[out] @ weights))
    return shares


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.weigh", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--write", action="store_true", help="put the weights into the lexicon")
    given = parser.parse_args()
    judged = collect(given.gold)
    counts = Counter(name for one in judged for name in one.circumstances)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    rows = np.array([[name in one.circumstances for name in names] + [True] for one in judged], dtype=float)
    right = np.array([one.right for one in judged], dtype=float)
    shares = unseen(judged, rows, right)
    print(f"{len(judged)} events, {right.mean():.2f} of them right; confidence of articles not seen:")
    for b in curve(list(zip(shares.tolist(), (right > 0).tolist(), strict=True))):
        print(f"  {b.low:.2f} to {b.high:.2f}: {b.judged:4} events, said {b.said:.2f}, right {b.share:.2f}")
    for edge in EDGES[2:-1]:
        kept = shares >= edge
        if kept.any():
            print(f"  from {edge:.2f} on: {int(kept.sum()):4} events, right {right[kept].mean():.3f}")
    if given.write:
        weights = fit(rows, right)
        data = json.loads(FILE.read_text("utf-8"))
        data["weights"] = {"": round(float(weights[-1]), 3)} | {
            name: round(float(weight), 3) for name, weight in zip(names, weights, strict=False)
        }
        FILE.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
