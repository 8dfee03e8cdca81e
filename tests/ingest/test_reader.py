from __future__ import annotations

import subprocess
import sys

import pytest

from tests.ingest.articles import CLASH, reading
from timeline.extraction.feeds import read_feed
from timeline.extraction.records import Record, UnreadableDocument
from timeline.ingest.reader import Reader, ReaderStopped, read_apart


def test_a_child_process_reads_the_same() -> None:
    assert read_apart(Record(id="a", content=CLASH.encode())) == reading(CLASH)


def test_what_the_child_refuses_is_refused_here() -> None:
    with pytest.raises(UnreadableDocument):
        read_apart(Record(id="a", content=b""))


def test_a_reading_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ReaderStopped):
        read_apart(Record(id="a", content=CLASH.encode()), seconds=0)


def test_a_reading_that_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(ReaderStopped):
        read_apart(Record(id="a", content=CLASH.encode()), memory=64 * 1024**2)


def test_a_feed_is_read_by_the_same_process_and_refused_in_the_same_words() -> None:
    content = (
        b"<rss version='2.0'><channel><title>Herald</title><item><link>https://a.example/1</link></item></channel>"
    )
    with Reader() as read:
        assert read.feed(content, url="https://a.example/") == read_feed(content, url="https://a.example/")
        with pytest.raises(UnreadableDocument):
            read.feed(b"news", url="https://a.example/")
        assert read(Record(id="a", content=CLASH.encode())) == reading(CLASH)


def test_a_web_process_loads_no_language_model_nor_what_only_readings_need() -> None:
    code = (
        "import sys, django; django.setup(); import timeline.urls, timeline.wsgi; "
        "print(sorted({'spacy', 'trafilatura', 'numpy', 'lxml', 'wordfreq'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_one_process_reads_many_and_another_takes_over_when_it_is_ended() -> None:
    with Reader() as read:
        assert read(Record(id="a", content=CLASH.encode())) == reading(CLASH)
        first = read._child
        with pytest.raises(UnreadableDocument):
            read(Record(id="b", content=b""))
        assert read._child is first
        assert first is not None
        first.kill()
        with pytest.raises(ReaderStopped):
            read(Record(id="c", content=CLASH.encode()))
        assert read(Record(id="d", content=CLASH.encode())) == reading(CLASH)
    assert read._child is None


def test_a_reading_that_took_too_much_memory_leaves_nothing_in_the_way_of_the_next() -> None:
    endless = "The mayor said that the harbour was closed, and " * 20_000
    with Reader(memory=650_000_000) as read:
        with pytest.raises(ReaderStopped):
            read(Record(id="a", text=endless))
        assert read(Record(id="b", content=CLASH.encode())) == reading(CLASH)
