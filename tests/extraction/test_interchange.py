"""The public interface without Django: python -m timeline.extraction."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ARTICLE = "Talks in Bonn\n\n3 March 2025\n\nOlaf Scholz said on Monday that he met Emmanuel Macron last year.\n"
DATE = {"earliest", "latest", "precision", "edtf", "timezone", "basis", "raw"}


def run(*arguments: str, given: bytes = b"") -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "timeline.extraction", *arguments], input=given, capture_output=True, check=False
    )
    return done.returncode, [json.loads(line) for line in done.stdout.split(b"\n") if line], done.stderr.decode()


def dates_in(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [date for one in value for date in dates_in(one)]
    if not isinstance(value, dict):
        return []
    here = [value] if {"earliest", "edtf"} & value.keys() else []
    return here + [date for one in value.values() for date in dates_in(one)]


def test_every_file_has_its_line_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.bin").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "c.html").write_bytes(b"")

    code, answers, err = run(*(str(tmp_path / name) for name in ("none.txt", "b.bin", "a.txt", "c.html", ".")))

    assert code == 0
    assert [answer["id"] for answer in answers[:4]] == ["none.txt", "b.bin", "a.txt", "c.html"]
    assert [answer.get("error", {}).get("type") for answer in answers[:2]] == ["UnreadableDocument"] * 2
    assert answers[2]["document"]["text"] == ARTICLE
    assert answers[4]["error"]["message"] == "Is a directory"
    assert "Traceback" not in err


def test_records_are_answered_line_by_line_and_broken_ones_with_an_error() -> None:
    records = [
        b"\xef\xbb\xbf" + json.dumps({"id": "bom", "text": ARTICLE}).encode() + b"\r",
        b"",
        b"\r",
        b"{",
        json.dumps({"id": "both", "text": ARTICLE, "html": "<p>x</p>"}).encode(),
        json.dumps({"id": "wrong", "text": 5}).encode(),
        json.dumps({"id": "broken \ud800", "text": ARTICLE + "\ud800\x00", "title": "A \ud800 title"}).encode(),
        b"[" * 100_000,
        json.dumps({"text": ARTICLE}).encode(),
    ]

    code, answers, err = run("--jsonl", given=b"\n".join(records))

    assert code == 0
    assert [answer["id"] for answer in answers] == [
        "bom",
        "line 4",
        "both",
        "wrong",
        "broken \ufffd",
        "line 8",
        "line 9",
    ]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False, True, False]
    assert "Traceback" not in err


def test_every_date_has_its_seven_fields_and_every_span_quotes_the_text() -> None:
    _, [answer], _ = run("--jsonl", given=json.dumps({"id": "1", "text": ARTICLE}).encode())

    found = dates_in(answer)
    assert found
    assert all(date.keys() >= DATE for date in found)
    assert {"published", "page_clock"} <= answer["document"].keys()
    text = answer["document"]["text"]
    for one in (*answer["times"], *(mention for actor in answer["actors"] for mention in actor["mentions"])):
        assert text[one["start"] : one["end"]] == one["text"]


def test_reading_needs_no_django() -> None:
    code = (
        "import sys; sys.modules['django'] = None; import timeline.extraction.interchange; "
        "import timeline.reconciliation.plan; "
        "print(sorted(name for name in sys.modules if name.startswith('django.')))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
