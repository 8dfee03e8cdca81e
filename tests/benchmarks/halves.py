"""The gold data in two halves: rules are tuned on one, results are reported on the other.

    python -m tests.benchmarks.halves GOLD TARGET

writes TARGET/tune and TARGET/aside, each shaped like GOLD, so that a scorer takes either for the whole. Which half a
document belongs to follows from its name alone. Data that are compared but never tuned on are in both.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

HALVES = ("aside", "tune")

# Folder of documents -> what of a file's name is the document's: several annotators' files of one text go together,
# and so do the articles of one story.
FOLDERS: dict[str, Callable[[Path], str]] = {
    "event_5w1h": lambda path: path.stem,
    "event_news_cluster": lambda path: f"story {json.loads(path.read_text('utf-8'))['newsCluster']['EventId']}",
    "time_tbaq/TBAQ-cleaned/TimeBank": lambda path: path.stem,
    "time_tbaq/TBAQ-cleaned/AQUAINT": lambda path: path.stem,
    "quotes_polnear/train/text": lambda path: path.stem,
    "quotes_polnear/train/attributions": lambda path: path.stem.rsplit("_", 1)[0],
    "chron_semeval_trial/Corpus-trial-data_task4_events_timelines_TimeML": lambda path: article_number(path.name),
}
PAGES = "html_fundus_en"
TIMELINES = "chron_semeval_trial/TimeLines_trial_data_task4_v1.2"
WHOLE = ("seed", "actor_conll2003", "chron_t17")


def half_of(name: str) -> str:
    """The half a document of this name belongs to."""
    return HALVES[zlib.crc32(name.encode()) % 2]


def article_number(name: str) -> str:
    """'10718' of '10718_Apple_to_lower_UK_iTunes_prices.tml'."""
    return re.split(r"[-_]", name, maxsplit=1)[0]


def divide(gold: Path, target: Path) -> None:
    """Write both halves of the data in `gold` below `target`, as links; what is not there is left out."""
    for half in HALVES:
        for folder, document in FOLDERS.items():
            for path in sorted((gold / folder).glob("*")):
                if half_of(document(path)) == half:
                    _link(path, target / half / path.relative_to(gold))
        for folder in WHOLE:
            if (gold / folder).is_dir():
                _link(gold / folder, target / half / folder)
        if (gold / PAGES).is_dir():
            _divide_pages(gold / PAGES, target / half / PAGES, half)
        for path in sorted((gold / TIMELINES).glob("*.txt")):
            _divide_timeline(path, target / half / TIMELINES / path.name, half)


def _divide_pages(source: Path, target: Path, half: str) -> None:
    pages = [
        page
        for page in json.loads((source / "gold.json").read_text("utf-8"))
        if half_of(f"{page['pub']}_{page['ver']}") == half
    ]
    target.mkdir(parents=True, exist_ok=True)
    (target / "gold.json").write_text(json.dumps(pages), "utf-8")
    for page in pages:
        name = f"{page['pub']}_{page['ver']}.html"
        _link(source / name, target / name)


def _divide_timeline(source: Path, target: Path, half: str) -> None:
    """The entity and those of its rows that point into articles of this half."""
    entity, *rows = source.read_text("utf-8").splitlines()
    kept = []
    for number, day, *mentions in (row.split("\t") for row in rows if row.count("\t") >= 2):
        here = [mention for mention in mentions if half_of(article_number(mention)) == half]
        if here:
            kept.append("\t".join((number, day, *here)))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join((entity, *kept)) + "\n", "utf-8")


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(source.resolve())


if __name__ == "__main__":
    divide(Path(sys.argv[1]), Path(sys.argv[2]))
