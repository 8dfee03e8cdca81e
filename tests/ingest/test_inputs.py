"""Articles are read from any kind of file in which people keep them, and a broken one costs no other."""

from __future__ import annotations

import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.files import make_pdf, make_warc
from timeline.extraction.records import Record
from timeline.ingest import inputs
from timeline.ingest.fetch import Fetcher
from timeline.ingest.inputs import Input
from timeline.ingest.robots import Visitor
from timeline.ingest.tables import read_lines, read_table
from timeline.models import Article

PAGE = (
    b"<html><head><title>Harbour closed</title></head><body><article><h1>Harbour closed</h1>"
    b"<p>The harbour of Aldmouth was closed on 28 February 2025 after a storm, the mayor said.</p></article>"
    b"</body></html>"
)
TEXT = "The harbour of Aldmouth was closed on 28 February 2025 after a storm, the mayor said."


def read(path: Path) -> list[Input]:
    found = list(inputs.read(str(path), Visitor(Fetcher())))
    assert inputs.count(str(path)) == max(len(found), 1) or isinstance(found[-1], tuple)
    return found


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- tables ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_table_is_read_with_its_columns_in_any_order(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [
        ["Headline", "Publication", "URL", "Content", "Date"],
        ["Harbour closed", "Café “Herald”", "https://a.example/1", f'"{TEXT}\n\nSecond paragraph."', "2025-02-28"],
    ]
    table = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)

    assert read(written(tmp_path, "news.csv", table)) == [
        Record(
            id="https://a.example/1",
            text=f"{TEXT}\n\nSecond paragraph.",
            url="https://a.example/1",
            title="Harbour closed",
            published="2025-02-28",
            publisher="Café “Herald”",
        )
    ]


def test_a_row_without_text_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "news.csv", f'url,text\nhttps://a.example/1,\n,"{TEXT}"\n\n,\n')

    assert read(path) == [
        ("https://a.example/1", "the row has no text"),
        Record(id=f"{path}, row 3", text=TEXT),
    ]


def test_a_table_without_a_column_of_texts_says_which_it_has(tmp_path: Path) -> None:
    path = written(tmp_path, "news.csv", "url,summary\nhttps://a.example/1,Short\n")

    assert read(path) == [(str(path), "no column is called text or html; its columns: url, summary")]


def test_a_field_without_end_ends_the_table_there(tmp_path: Path) -> None:
    path = written(tmp_path, "news.csv", f'url,text\n1,{TEXT}\n2,"' + "a" * 10_000_001)

    first, broken = inputs.read(str(path), Visitor(Fetcher()))

    assert isinstance(first, Record)
    assert broken == (str(path), "not a table from here on: field larger than field limit (10000000)")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading_of_tables_or_records(content: bytes) -> None:
    for reader in (read_table, read_lines):
        for item in reader(BytesIO(content), "news"):
            assert isinstance(item, Record | tuple)


# --- web archives ---


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_a_web_archive_are_read_and_nothing_else(tmp_path: Path, packed: bool) -> None:
    archive = make_warc(
        ("https://a.example/1", "200 OK", "text/html; charset=ISO-8859-2", PAGE),
        ("https://a.example/logo", "200 OK", "image/png", b"\x89PNG"),
        ("https://a.example/old", "301 Moved Permanently", "text/html", b""),
        packed=packed,
    )

    found = read(written(tmp_path, "crawl.warc.gz" if packed else "crawl.warc", archive))

    assert found == [
        Record(id="https://a.example/1", content=PAGE, url="https://a.example/1", charset="iso-8859-2"),
    ]


def test_a_cut_web_archive_gives_what_it_has(tmp_path: Path) -> None:
    pages = [(f"https://a.example/{n}", "200 OK", "text/html", PAGE) for n in range(3)]
    path = written(tmp_path, "crawl.warc", make_warc(*pages, packed=False)[:-200] + b"WARC/1.0\r\nnonsense")

    found = list(inputs.read(str(path), Visitor(Fetcher())))

    assert [item.url for item in found[:2] if isinstance(item, Record)] == [
        "https://a.example/0",
        "https://a.example/1",
    ]


def test_the_bytes_of_a_broken_web_archive_are_not_written_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = make_warc(("https://one.example/a", "200 OK", "text/html", PAGE), packed=False)

    read(written(tmp_path, "a.warc", page[:-4] + b"\x1b[2Jmore\r\n" + page))

    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_no_web_archive_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "crawl.warc.gz", b"\x1f\x8bnothing")

    [(name, reason)] = inputs.read(str(path), Visitor(Fetcher()))

    assert name == str(path)
    assert "broken" in reason or "no page" in reason


@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_bytes_break_the_reading_of_web_archives(noise: bytes, place: int) -> None:
    archive = make_warc(("https://a.example/1", "200 OK", "text/html", PAGE), packed=False)

    for item in inputs.WEB_ARCHIVE.read(BytesIO(archive[:place] + noise + archive[place:]), "crawl"):
        assert isinstance(item, Record | tuple)


# --- ZIP files ---


def test_a_zip_file_is_read_with_the_tables_and_archives_in_it(tmp_path: Path) -> None:
    content = zipped(
        {
            "news/1.html": PAGE,
            "news/2.txt": TEXT.encode(),
            "news/logo.png": b"\x89PNG",
            "__MACOSX/._1.html": b"junk",
            "table.csv": f"url,text\nhttps://a.example/3,{TEXT}\n".encode(),
            "crawl.warc.gz": make_warc(("https://a.example/4", "200 OK", "text/html", PAGE)),
            "more.zip": zipped({"5.html": PAGE}),
        }
    )
    path = written(tmp_path, "all.zip", content)

    found = read(path)

    assert [item.id for item in found if isinstance(item, Record)] == [
        f"{path}/news/1.html",
        f"{path}/news/2.txt",
        "https://a.example/3",
        "https://a.example/4",
    ]


def test_a_bomb_in_a_zip_file_is_not_unfolded(tmp_path: Path) -> None:
    path = written(tmp_path, "all.zip", zipped({"bomb.txt": b"a" * 50_000_000, "2.txt": TEXT.encode()}))

    bomb, after = read(path)

    assert isinstance(bomb, Record)
    assert bomb.content is not None
    assert len(bomb.content) == 10_000_001
    assert isinstance(after, Record)


@pytest.mark.parametrize("cut", [0, 10, 200, -30, -1])
def test_a_broken_zip_file_is_named(tmp_path: Path, cut: int) -> None:
    path = written(tmp_path, "all.zip", zipped({"1.html": PAGE})[:cut])

    [(name, reason)] = inputs.read(str(path), Visitor(Fetcher()))

    assert (name, "ZIP" in reason) == (str(path), True)


def test_a_zip_file_of_a_kind_that_is_not_known_is_named_and_counted(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.html": PAGE}))
    content[content.index(b"PK\x01\x02") + 6] = 148  # the version that is needed to unpack it
    path = written(tmp_path, "all.zip", bytes(content))

    assert inputs.count(str(path)) == 1
    assert read(path) == [(str(path), "not a ZIP file that can be read (zip file version 14.8)")]


def test_a_broken_file_in_a_zip_file_costs_no_other(tmp_path: Path) -> None:
    content = bytearray(zipped({"1.html": PAGE, "2.txt": TEXT.encode()}))
    content[60:80] = bytes(20)

    broken, whole = read(written(tmp_path, "all.zip", bytes(content)))

    assert broken[1] == "it is broken (error)" if isinstance(broken, tuple) else False
    assert isinstance(whole, Record)


# --- mails ---

MAIL = """From: Harbour Herald <news@herald.example>
To: reader@example.org
Subject: =?utf-8?q?Harbour_closed_=E2=80=93_for_now?=
Date: Fri, 28 Feb 2025 18:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=cut

--cut
Content-Type: text/plain; charset=utf-8

The harbour was closed.
--cut
Content-Type: text/html; charset=utf-8

<p>The harbour was <b>closed</b>.</p>
--cut--
"""


def test_a_mail_is_its_page_under_its_subject(tmp_path: Path) -> None:
    path = written(tmp_path, "letter.eml", MAIL)

    assert read(path) == [
        Record(
            id=str(path),
            html="<p>The harbour was <b>closed</b>.</p>",
            title="Harbour closed – for now",
            published="2025-02-28T18:30:00+01:00",
            publisher="Harbour Herald",
        )
    ]


def test_a_mail_without_a_page_is_its_text(tmp_path: Path) -> None:
    path = written(tmp_path, "letter.eml", f"Subject: Harbour closed\nDate: nonsense\n\n{TEXT}\n")

    assert read(path) == [Record(id=str(path), text=f"{TEXT}\n", title="Harbour closed")]


def test_a_mail_in_a_mail_in_a_mail_is_named(tmp_path: Path) -> None:
    kind = "Content-Type: multipart/mixed; boundary=b{}\n\n--b{}\n"
    path = written(tmp_path, "a.eml", "".join(kind.format(n, n) for n in range(3000)))

    assert read(path) == [(str(path), "not a mail that can be read (RecursionError)")]


def test_a_mail_without_words_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "letter.eml", "Subject: Harbour closed\n\n")

    assert read(path) == [(str(path), "the mail holds no text")]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading_of_mails(content: bytes) -> None:
    head = b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
    for mail in (content, head + content):
        [item] = inputs._articles(BytesIO(mail), "a.eml", None)
        assert isinstance(item, Record | tuple)


# --- through the command ---


def ingest(*paths: object, **options: object) -> tuple[int | str | None, str]:
    out = StringIO()
    try:
        call_command("ingest", *map(str, paths), stdout=out, stderr=StringIO(), **options)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_a_folder_of_every_kind_is_read_once(tmp_path: Path) -> None:
    stories = [TEXT.replace("28", str(day)).replace("Aldmouth", f"Port {day}") for day in range(10, 16)]
    written(tmp_path, "1.txt", stories[0])
    written(tmp_path, "2.csv", f'url,text\nhttps://a.example/2,"{stories[1]}"\n')
    written(tmp_path, "3.warc", make_warc(("https://a.example/3", "200 OK", "text/plain", stories[2].encode())))
    written(tmp_path, "4.zip", zipped({"4.txt": stories[3].encode()}))
    written(tmp_path, "5.eml", f"Subject: Harbour closed\n\n{stories[4]}\n")
    written(tmp_path, "6.pdf", make_pdf([[(72, 700, stories[5][:60]), (72, 686, stories[5][60:].strip())]]))
    written(tmp_path, "picture.png", b"\x89PNG")

    first, second = ingest(tmp_path), ingest(tmp_path)

    assert first[0] == second[0] == 0
    assert first[1].startswith("6 taken, 0 duplicate, 0 refused")
    assert second[1].startswith("0 taken, 6 duplicate, 0 refused")
    assert sum("was closed on" in article.text for article in Article.objects.all()) == 6


def test_one_address_is_not_given_to_many_articles(tmp_path: Path) -> None:
    path = written(tmp_path, "news.csv", f'text\n"{TEXT}"\n"{TEXT} Again."\n')

    with pytest.raises(CommandError, match="--url is for a single input, there are 2"):
        ingest(path, url="https://a.example/1")
