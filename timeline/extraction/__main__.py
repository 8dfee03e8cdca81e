"""python -m timeline.extraction FILE...  |  python -m timeline.extraction --jsonl < records

Prints one JSON object a line for each article. A file that is not read gives a line with "error", and the run goes on.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from timeline.extraction.interchange import answer, error_answer, read
from timeline.extraction.records import LARGEST, Record, Unread, UnreadableDocument, parse_record, record_id


def answer_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            record = Record(id=path.name, content=stream.read(LARGEST + 1))
    except OSError as error:
        return error_answer(path.name, UnreadableDocument(error.strerror or str(error)))
    return answer_record(record)


def answer_record(record: Record) -> dict[str, Any]:
    try:
        return answer(record.id, read(record))
    except Unread as error:
        return error_answer(record.id, error)
    except Exception as error:  # one article that trips the rules must not end the run
        reason = f"reading failed ({type(error).__name__}: {error}); this is a mistake in the rules"
        return error_answer(record.id, UnreadableDocument(reason))


def answer_lines(lines: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    for number, raw in enumerate(lines, 1):
        line = raw.decode("utf-8", "replace")
        if not line.strip():
            continue
        try:
            record = parse_record(line, fallback_id=f"line {number}")
        except UnreadableDocument as error:
            yield error_answer(record_id(line) or f"line {number}", error)
        else:
            yield answer_record(record)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m timeline.extraction", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="HTML or text")
    parser.add_argument("--jsonl", action="store_true", help="read records from standard input, one a line")
    given = parser.parse_args()
    if given.jsonl == bool(given.files):
        parser.error("give files, or --jsonl and records on standard input")
    answers = answer_lines(sys.stdin.buffer) if given.jsonl else map(answer_file, given.files)
    out = sys.stdout.buffer
    try:
        for item in answers:
            out.write(json.dumps(item, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            out.flush()
    except BrokenPipeError:
        # The reader of the pipe has what it wanted; what is left in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
