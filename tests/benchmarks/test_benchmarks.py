"""The tools that measure, measured: on data of our own making."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Max

from tests.benchmarks.calibration import curve, picture
from tests.benchmarks.exports import stored
from tests.benchmarks.growth import measure as measure_growth
from tests.benchmarks.growth import table as growth_table
from tests.benchmarks.halves import HALVES, divide
from tests.benchmarks.measuring import Wanted, line
from tests.benchmarks.multiply import multiply
from tests.benchmarks.pages import write_section
from tests.benchmarks.readings import claims
from tests.benchmarks.search import table as search_table
from tests.benchmarks.site import MOST_MEMORY, memory
from tests.benchmarks.speed import measure, own_documents
from tests.exports.conftest import chronology  # noqa: F401
from tests.exports.reading import read_rows
from timeline.exports.chronology_csv import write_csv
from timeline.extraction.interchange import read
from timeline.extraction.records import Record
from timeline.ingest.generation import generate
from timeline.models import Event, Evidence, Statement
from timeline.search import asking
from timeline.search.query import EventQuery


def gold_of(folder: Path) -> Path:
    for number in range(12):
        for where, name in (
            ("event_5w1h", f"a{number}.json"),
            ("quotes_polnear/train/text", f"b{number}.txt"),
            ("quotes_polnear/train/attributions", f"b{number}_x1.ann"),
            ("html_fundus_en", f"P_{number}.html"),
        ):
            path = folder / where / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}", "utf-8")
    pages = [{"pub": "P", "ver": number} for number in range(12)]
    (folder / "html_fundus_en" / "gold.json").write_text(json.dumps(pages), "utf-8")
    timelines = folder / "chron_semeval_trial" / "TimeLines_trial_data_task4_v1.2"
    timelines.mkdir(parents=True)
    rows = "".join(f"{n}\t2005-03-0{n}\t{n}-2-opened\t{n + 1}-3-closed\n" for n in range(1, 9))
    (timelines / "harbour.txt").write_text(f"Harbour\n{rows}", "utf-8")
    return folder


def test_every_document_is_in_one_half_and_its_annotations_beside_it(tmp_path):
    gold = gold_of(tmp_path / "gold")

    divide(gold, tmp_path / "out")

    for folder in ("event_5w1h", "quotes_polnear/train/text"):
        halves = [{path.name for path in (tmp_path / "out" / half / folder).iterdir()} for half in HALVES]
        assert halves[0] and halves[1] and not halves[0] & halves[1]
        assert halves[0] | halves[1] == {path.name for path in (gold / folder).iterdir()}
    for half in HALVES:
        train = tmp_path / "out" / half / "quotes_polnear" / "train"
        texts = {path.stem for path in (train / "text").iterdir()}
        assert {path.stem.split("_")[0] for path in (train / "attributions").iterdir()} == texts
        pages = tmp_path / "out" / half / "html_fundus_en"
        listed = {f"{page['pub']}_{page['ver']}" for page in json.loads((pages / "gold.json").read_text("utf-8"))}
        assert {path.stem for path in pages.glob("*.html")} == listed


def test_each_mention_of_a_timeline_goes_with_its_article(tmp_path):
    divide(gold_of(tmp_path / "gold"), tmp_path / "out")

    mentions = [
        mention
        for half in HALVES
        for path in (tmp_path / "out" / half / "chron_semeval_trial").rglob("*.txt")
        for row in path.read_text("utf-8").splitlines()[1:]
        for mention in row.split("\t")[2:]
    ]

    assert sorted(mentions) == sorted(
        mention for n in range(1, 9) for mention in (f"{n}-2-opened", f"{n + 1}-3-closed")
    )


def test_the_curve_counts_what_was_right_at_each_confidence():
    bins = curve([(0.92, True), (0.93, True), (0.91, False), (0.4, False), (1.0, True)])

    assert [(b.low, b.judged, round(b.share, 2)) for b in bins] == [(0.3, 1, 0.0), (0.9, 3, 0.67), (0.95, 1, 1.0)]
    assert picture({"event": [(0.9, True)], "statement": []}).startswith("<svg")


def test_a_claim_keeps_its_number_while_it_says_the_same():
    record = Record(
        id="1",
        text='Oran harbour was closed on 3 March 2021.\n\nThe mayor, Lina Haddad, said: "We will reopen it soon."',
        published="2021-03-04",
    )

    first, second = claims(read(record)), claims(read(record))

    assert first and [claim.number for claim in first] == [claim.number for claim in second]
    assert len({claim.number for claim in first}) == len(first)


def test_the_speed_is_measured_on_articles_of_our_own():
    speed = measure(own_documents()[:2], rounds=1)

    assert speed.words > 100 and speed.ours > 0 and speed.of_articles > 0


def test_storing_is_measured_beside_archives_of_our_own(tmp_path):
    found = measure_growth((20, 60), 1, tmp_path, at_once=2)

    assert all(one.articles == 2 and one.rows > 20 and one.bare > 0 for rounds in found.values() for one in rounds)
    assert [line.count("|") for line in growth_table(found)] == [11] * 4


@pytest.mark.django_db
def test_an_archive_is_made_several_times_as_large():
    list(generate(seed=5, events=60))
    before, shown = Event.objects.count(), asking.events(EventQuery()).size
    last = Event.objects.aggregate(last=Max("latest"))["last"]

    multiply(3)

    assert Event.objects.count() == 3 * before
    assert asking.events(EventQuery()).size == 3 * shown
    assert Event.objects.filter(earliest__gt=last).count() >= before
    again = Evidence.objects.order_by("-pk")[: Evidence.objects.count() // 3]
    assert all(one.article.text[one.start : one.end] == one.exact for one in again)


def test_a_row_says_what_was_wanted_and_whether_it_was_reached():
    row = line("keys", [1.0] * 94 + [9.0] * 6, [Wanted("p95 <= 8", False), Wanted("worst <= 60", True)])

    assert row == "| keys | 1.00 | 9.00 | 9.00 | 9.00 | p95 <= 8 ✗; worst <= 60 ✓ |"


def test_a_table_of_searches_tells_the_ratios():
    times = {name: [2.0, 4.0] for name in ("keys", "numbers", "ours", "plain", "common", "deep", "steady")}
    told = {"vendor": "sqlite", "small": 100_000}

    lines = search_table(told, times | {"plain": [240.0, 240.0]}, {name: [1.0, 1.0] for name in times})

    assert lines[-4:] == [
        "| p95, the ORM's beside the index's | 60.00 | >= 30 ✓ |",
        "| p95 of the keys, beside 100,000 events | 4.00 | <= 6 ✓ |",
        "| median of the leading actor's newest, beside 100,000 events | 3.00 | <= 1.3 ✗ |",
        "| median of half way down the list, beside 100,000 events | 3.00 | <= 1.3 ✗ |",
    ]


def test_a_web_process_is_weighed_and_holds_no_language_model():
    megabytes, loaded = memory([])

    assert 20 < megabytes < MOST_MEMORY
    assert not loaded


def test_a_section_of_the_page_takes_the_place_of_the_one_before(tmp_path):
    page = tmp_path / "speed.md"
    for heading, words in (("Storing", "slow"), ("Reading", "as ever"), ("Storing", "fast")):
        write_section(heading, [words], page)

    assert page.read_text("utf-8").partition("##")[2] == " Storing\n\nfast\n\n## Reading\n\nas ever\n"


def test_the_tool_beside_our_exports_gives_a_row_for_each_of_ours(chronology):  # noqa: F811
    events, statements = Event.objects.on_page().oldest_first(), Statement.objects.on_page().oldest_first()
    ours = read_rows(write_csv(events, statements, site=""))
    found = []
    with connection.cursor() as cursor:
        for query in stored(connection.vendor):
            cursor.execute(query)
            found += cursor.fetchall()
    assert sorted(row[0] for row in found) == sorted(row["entry_id"] for row in ours)
    assert {len(row) for row in found} == {43}
