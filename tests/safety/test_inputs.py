"""Whatever is given to ingest ends taken, duplicate or refused in words."""

from __future__ import annotations

import codecs
import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.ingest.articles import AGAIN, CLASH, REMARKS, untrue_evidence
from timeline.ingest.run import LONGEST_ADDRESS
from timeline.models import Article, Event, Publisher

pytestmark = pytest.mark.django_db

NAUGHTY = (
    "\u202e\u2066right to left",
    "\x1b[31mred\x07\x08",
    "Zͣ͛ͫa̡͊͠l̴̡g͘o",
    "ﷺ" * 290,
    "'; DROP TABLE timeline_event; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% now %}",
    "../../etc/passwd%00",
    "\u2028\u2029\ufeff\u0085",
    "𝕿𝖗𝖚𝖒𝖕 👩‍👩‍👧‍👦",
    "1" * 5000,
    "(" * 3000,
    "“" * 3000,
    "Smith " * 400,
)


def ingest(*paths: object, **options: object) -> tuple[int | str | None, str, str]:
    out, err = StringIO(), StringIO()
    code: int | str | None = 0
    try:
        call_command("ingest", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        code = stop.code
    assert "Traceback" not in err.getvalue()
    assert "mistake in the rules" not in err.getvalue()
    return code, out.getvalue(), err.getvalue()


def records(tmp_path: Path, *values: object) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(v if isinstance(v, bytes) else json.dumps(v).encode() for v in values))
    return path


def test_files_of_every_encoding_and_kind(tmp_path: Path) -> None:
    taken = {
        "bom.txt": codecs.BOM_UTF8 + CLASH.encode(),
        "utf16.txt": AGAIN.encode("utf-16"),
        "windows.txt": REMARKS.encode("cp1252"),
        "deep.html": b"<html><body><h1>Talks</h1><article>" + b"<div>" * 300 + b"<p>Olaf Scholz met Emmanuel Macron in "
        b"Bonn on Monday, and they spoke about the harbour and the mine.</p></article>",
        "line.txt": ("Olaf Scholz met Donald Tusk in Berlin on Monday. " * 600).encode(),
    }
    refused = {
        "empty.txt": b"",
        "binary.txt": random.Random(3).randbytes(20_000),
        "mark.txt": codecs.BOM_UTF16_LE,
        "nested.html": b"<html><body>" + b"<div>" * 100_000,
        "large.txt": b"a " * 5_000_001,
    }
    for name, content in (taken | refused).items():
        (tmp_path / name).write_bytes(content)

    code, out, err = ingest(tmp_path)

    assert code == 3
    assert out.splitlines()[-1].startswith(f"{len(taken)} taken, 0 duplicate, {len(refused)} refused"), err
    for name in refused:
        assert f"refused {tmp_path}/{name}: " in err
    assert untrue_evidence() == []


def test_folders_nested_empty_mixed_and_named_as_files(tmp_path: Path) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "deeper" / "a.TXT").write_text(CLASH)
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "in" / "page.html").mkdir()
    (tmp_path / "empty").mkdir()

    code, out, err = ingest(tmp_path / "in", tmp_path / "empty", tmp_path / "none")

    assert code == 3
    assert out.startswith("1 taken, 0 duplicate, 2 refused")
    assert f"refused {tmp_path}/empty: no file of these kinds in this folder: .html" in err
    assert f"refused {tmp_path}/none: No such file or directory" in err


def test_records_of_every_shape(tmp_path: Path) -> None:
    path = records(
        tmp_path,
        codecs.BOM_UTF8 + json.dumps({"id": "bom", "text": CLASH}).encode() + b"\r",
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b"1" * 6_000,
        b"\xff\xfe",
        {"id": "both", "text": "a", "html": "b"},
        {"id": "kind", "text": ["a"]},
        {"id": "a\nb\x1b[31m", "text": ""},
        {"id": "x" * 100_000, "text": ""},
        {"id": "far", "text": AGAIN, "url": "https://a.example/" + "x" * 3_000},
        {"id": "mended", "text": AGAIN + "\ud800\x00", "url": "https://a.example/\ud800", "publisher": "P\x00\ud800",
         "title": "T\ud800", "published": "\x00"},
    )  # fmt: skip

    code, out, err = ingest(jsonl=str(path))

    assert code == 3
    assert out.startswith("2 taken, 0 duplicate, 10 refused")
    assert f"refused far: its address is longer than {LONGEST_ADDRESS:,} bytes" in err
    assert "refused a\\nb\\x1b[31m: the document is empty" in err
    assert max(map(len, err.splitlines())) < 1_000
    assert Article.objects.get(url="https://a.example/\ufffd").text.endswith("\ufffd\ufffd")
    assert Publisher.objects.get().name == "P\ufffd\ufffd"


def test_naughty_strings_in_every_place_of_a_record(tmp_path: Path) -> None:
    article = "President Donald Trump met {0} in Paris on 3 March 2025. “{0},” Trump said of {0}."
    values = [
        {"id": text, "text": article.format(text), "title": text, "url": f"https://a.example/{number}/{text[:300]}",
         "publisher": text, "published": text}
        for number, text in enumerate(NAUGHTY)
    ]  # fmt: skip

    _, out, err = ingest(jsonl=str(records(tmp_path, *values)))

    taken, duplicate, refused = (int(part.split()[0]) for part in out.split(";")[0].split(", "))
    assert taken + duplicate + refused == len(NAUGHTY)
    assert taken >= len(NAUGHTY) - 3, err
    assert untrue_evidence() == []
    assert all(len(title) <= 500 for title in Event.objects.values_list("title", flat=True))


def test_dates_at_the_ends_of_the_calendar(tmp_path: Path) -> None:
    text = (
        "President Donald Trump met Olaf Scholz {} in Bonn yesterday. They spoke two days earlier, and will next year."
    )
    days = ("0001-01-01", "0001-01-01T00:00:00+05:00", "9999-12-31", "9999-12-31T23:59:59-08:00", "0000-00-00", "10000")
    values: list[object] = [{"text": text.format(day), "published": day} for day in days]
    for day in (*days, 5, None, ["x"], {"a": 1}):
        linked = json.dumps({"@type": "NewsArticle", "headline": f"Day {day}", "datePublished": day})
        values.append({
            "html": f"<html><head><script type='application/ld+json'>{linked}</script></head><body><article><p>"
            f"{text.format(day)}</p><p>On 31 December 9999 he left, on 1 January 0001 he came.</p></article></html>"
        })  # fmt: skip

    code, out, err = ingest(jsonl=str(records(tmp_path, *values)))

    assert (code, out[:8]) == (0, "16 taken"), err


def test_an_address_is_for_a_single_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        ingest(jsonl=str(records(tmp_path, {"text": CLASH})), url="https://a.example/")


def test_a_publisher_is_given_to_records_that_name_none(tmp_path: Path) -> None:
    ingest(jsonl=str(records(tmp_path, {"text": CLASH}, {"text": AGAIN, "publisher": "Own"})), publisher="Given")

    assert set(Article.objects.values_list("publisher__name", flat=True)) == {"Given", "Own"}
