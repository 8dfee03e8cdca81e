"""How much of the language model's speed is left when an article is read whole.

    python -m tests.benchmarks.speed [FILE.jsonl]

Words per CPU-second of `extract` beside bare `nlp.pipe` of the same model, over the same texts in the same run, once
over whole articles and once over the paragraphs that are really parsed (smaller pieces are cheaper for the model). The
three are interleaved; the ratios are of the medians. Without a file of records the texts are those of tests/gold and
the demo, repeated.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from timeline.extraction.documents import read_document
from timeline.extraction.interchange import document_of
from timeline.extraction.language import model_for
from timeline.extraction.mentions import Document
from timeline.extraction.paragraphs import parse
from timeline.extraction.pipeline import extract
from timeline.extraction.records import parse_record

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
ENOUGH = 20_000  # words; below, the clock's grain and the caches decide


@dataclass(frozen=True)
class Speed:
    """Medians over the rounds, in words a CPU-second."""

    words: int
    articles: float
    paragraphs: float
    ours: float

    @property
    def of_articles(self) -> float:
        return self.ours / self.articles

    @property
    def of_paragraphs(self) -> float:
        return self.ours / self.paragraphs


def own_documents() -> list[Document]:
    """The English articles written for this project, often enough for a measurement."""
    files = [
        path
        for folder in ("tests/gold", "timeline/fixtures/demo")
        for path in sorted((ROOT / folder).iterdir())
        if path.suffix in (".txt", ".html") and not path.name.startswith("es-")
    ]
    documents = [read_document(path.read_bytes()) for path in files]
    words = sum(len(document.text.split()) for document in documents)
    return documents * (ENOUGH // words + 1)


def measure(documents: list[Document], rounds: int = ROUNDS) -> Speed:
    """Time the three over the same documents, in turns."""
    nlp = model_for("en")
    texts = [document.text for document in documents]
    pieces = [[paragraph.text for paragraph in parse(document, nlp)] for document in documents]
    words = sum(len(text.split()) for text in texts)
    seconds: dict[str, list[float]] = {"articles": [], "paragraphs": [], "ours": []}
    for _ in range(rounds):
        seconds["articles"].append(_cpu(lambda: [None for _ in nlp.pipe(texts)]))
        seconds["paragraphs"].append(_cpu(lambda: [list(nlp.pipe(piece)) for piece in pieces]))
        seconds["ours"].append(_cpu(lambda: [extract(document, nlp) for document in documents]))
    rates = {name: words / statistics.median(taken) for name, taken in seconds.items()}
    return Speed(words, rates["articles"], rates["paragraphs"], rates["ours"])


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(files: list[str]) -> int:
    documents = (
        [document_of(parse_record(line)) for line in Path(files[0]).read_text("utf-8").splitlines()]
        if files
        else own_documents()
    )
    speed = measure(documents)
    print(
        f"{speed.words:,} words; words a CPU-second: bare model over articles {speed.articles:,.0f}, over paragraphs "
        f"{speed.paragraphs:,.0f}, read whole {speed.ours:,.0f}: {speed.of_articles:.2f} and {speed.of_paragraphs:.2f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
