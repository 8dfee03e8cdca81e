"""What reading is worth, measured: the table of docs/scores.md.

    python -m tests.benchmarks.score [--gold DIR] [--scorers DIR] [--limit N]

The gold data and their scorers are not part of this repository. The data are divided by `halves`: rules were tuned on
one half; the other, aside, says what to expect of articles nobody looked at. `make score` writes docs/scores.md.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.halves import HALVES, divide
from tests.benchmarks.speed import measure, own_documents
from timeline.extraction.language import model_name
from timeline.extraction.pipeline import VERSION

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "scores.md"

# What is measured, where it stands in the scorers' answer (task, part or "" for the first, figure), what is wanted.
ROWS: tuple[tuple[str, tuple[str, str, str], float], ...] = (
    ("direct quotes found, with the right speaker", ("quotes", "", "direct_end_to_end"), 0.88),
    ("all statements, indirect ones too: F1", ("quotes", "", "f1"), 0.62),
    ("all statements: precision, letters one to one", ("quotes", "", "p"), 0.75),
    ("all statements: precision, best overlap", ("quotes", "", "overlap_p"), 0.75),
    ("time expressions, TimeBank: relaxed F1", ("times", "timebank", "relaxed"), 0.92),
    ("time expressions, TimeBank: value F1", ("times", "timebank", "value"), 0.82),
    ("time expressions, AQUAINT: relaxed F1", ("times", "aquaint", "relaxed"), 0.92),
    ("time expressions, AQUAINT: value F1", ("times", "aquaint", "value"), 0.82),
    ("pages: title", ("pages", "", "title"), 0.95),
    ("pages: day of publication", ("pages", "", "day"), 0.99),
    ("pages: authors, F1", ("pages", "", "author_f1"), 0.93),
    ("pages: body text, F1", ("pages", "", "body_f1"), 0.965),
    ("main event: who", ("w4", "", "who_hit"), 0.80),
    ("main event: what", ("w4", "", "what_hit"), 0.70),
    ("main event: where", ("w4", "", "where_hit"), 0.72),
    ("main event: exact day", ("w4", "", "day_closed"), 0.80),
    ("main event: day at which it is shown", ("w4", "", "day_shown"), 0.80),
    ("persons labelled as persons", ("actors", "polnear", "known_person"), 0.985),
    ("dated events of an actor: triples F1", ("chronology", "", "f1"), 0.40),
    ("articles of one story: B-cubed F1", ("clusters", "", "b3_f1"), 0.95),
    ("articles of one story: pairs F1", ("clusters", "", "pair_f1"), 0.90),
)
TASKS = ("quotes", "times", "pages", "w4", "actors", "chronology", "clusters")
SPEED = 0.80


def score(scorers: Path, gold: Path, limit: int | None) -> dict[str, Any]:
    """The scorers' figures of every task, for one half of the data."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, str(scorers / "score.py"), *TASKS, "--project", str(ROOT), "--gold", str(gold)]
        command += ["--python", sys.executable, "--json", str(out)]
        command += ["--limit", str(limit)] if limit else []
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        figures: dict[str, Any] = json.loads(out.read_text("utf-8"))["tasks"]
    return figures


def figure(figures: dict[str, Any], where: tuple[str, str, str]) -> float:
    task, part, key = where
    parts = figures[task]
    name = next(name for name in parts if name.startswith(part) and key in parts[name])
    return float(parts[name][key])


def violations(figures: dict[str, Any]) -> int:
    """Spans that do not quote their text, dates no text supports, keys missing: whatever breaks the interface."""
    return sum(
        part["contract"]["violations"] for parts in figures.values() for part in parts.values() if "contract" in part
    )


def versions() -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    packages = {name: importlib.metadata.version(name) for name in ("spacy", "trafilatura", "django")}
    listed = ", ".join(f"{name} {version}" for name, version in packages.items())
    return (
        f"Rules {VERSION} at {commit.strip() or 'an unknown commit'}, model {model_name('en')}, {listed}, "
        f"Python {platform.python_version()}."
    )


def page(halves: dict[str, dict[str, Any]], limit: int | None) -> str:
    """docs/scores.md."""
    rows = [
        f"| {what} | {wanted:g} | " + " | ".join(f"{figure(halves[half], where):.3f}" for half in HALVES) + " |"
        for what, where, wanted in ROWS
    ]
    rows.append(
        "| broken spans, unsupported dates | 0 | " + " | ".join(str(violations(halves[half])) for half in HALVES) + " |"
    )
    speed = measure(own_documents())
    kept = f" At most {limit} documents of each kind." if limit else ""
    return "\n".join(
        (
            "# What reading is worth",
            "",
            "Written by `make score`, which says how it is done. *Aside* are the documents nobody looked at while the "
            f"rules were made, *tuned* the others.{kept}",
            "",
            "| | wanted | aside | tuned |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "Only 17 articles are aside for the main event; they have been looked at once, and two rules came of that "
            "(who does it before whom it is done to; titles end before “after”). Its days are days that annotators "
            "knew: 5 of these articles and 5 of the 31 tuned have no words for when, and no day is closed that no text "
            "states. How alike articles of one story are was weighed on the tuned half of the stories.",
            "",
            f"Speed: {speed.of_articles:.2f} of the bare language model's words a CPU-second over the same articles "
            f"in the same run, {speed.of_paragraphs:.2f} of the model over their paragraphs; wanted {SPEED:.2f}.",
            "",
            versions(),
            "",
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.score", description=__doc__)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", help="annotated articles")
    parser.add_argument("--scorers", type=Path, default=ROOT.parent / "shared" / "scoring", help="folder of score.py")
    parser.add_argument("--limit", type=int, help="at most so many documents of each kind; the page is only printed")
    given = parser.parse_args()
    if not (given.scorers / "score.py").exists() or not given.gold.is_dir():
        print(f"The annotated articles are not part of this repository and not in {given.gold}.", file=sys.stderr)
        print("Floors on articles of our own are part of the tests: pytest tests/gold", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        divide(given.gold, Path(folder))
        halves = {half: score(given.scorers, Path(folder) / half, given.limit) for half in HALVES}
    written = page(halves, given.limit)
    if not given.limit:
        PAGE.write_text(written, "utf-8")
    print(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
