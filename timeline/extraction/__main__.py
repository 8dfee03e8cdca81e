"""python -m timeline.extraction FILE...  |  python -m timeline.extraction --jsonl < records

Prints one JSON object a line for each article. A file that is not read gives a line with "error", and the run goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from timeline.extraction.interchange import answer, error_answer, read
from timeline.extraction.records import Record, Unread, UnreadableDocument, parse_record, record_id


def answer_file(path: Path) -> dict[str, Any]:
    try:
        return answer(path.name, read(Record(id=path.name, content=path.read_bytes())))
    except OSError as error:
        return error_answer(path.name, UnreadableDocument(error.strerror or str(error)))
    except Unread as error:
        return error_answer(path.name, error)


def answer_lines(lines: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    for number, raw in enumerate(lines, 1):
        line = raw.decode("utf-8", "replace")
        if not line.strip():
            continue
        try:
            record = parse_record(line, fallback_id=f"line {number}")
            yield answer(record.id, read(record))
        except Unread as error:
            yield error_answer(record_id(line) or f"line {number}", error)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m timeline.extraction", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="HTML or text")
    parser.add_argument("--jsonl", action="store_true", help="read records from standard input, one a line")
    given = parser.parse_args()
    if given.jsonl == bool(given.files):
        parser.error("give files, or --jsonl and records on standard input")
    answers = answer_lines(sys.stdin.buffer) if given.jsonl else map(answer_file, given.files)
    out = sys.stdout.buffer
    for item in answers:
        out.write(json.dumps(item, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
