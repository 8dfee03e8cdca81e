"""The command that takes the chronology away."""

from __future__ import annotations

import io
import json
import os
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.exports.reading import read_rows
from timeline.exports import chronology_csv
from timeline.management.exporting import whole_file
from timeline.models import Event, Story, StoryEntry


def export(*arguments: str) -> str:
    output = io.StringIO()
    call_command("export_events", *arguments, stdout=output)
    return output.getvalue()


def test_json_goes_to_standard_output(chronology):
    assert [event["title"] for event in json.loads(export("--format", "json"))["events"]] == list(chronology)


def test_a_file_holds_what_standard_output_would(chronology, tmp_path):
    for form in ("json", "csv"):
        target = tmp_path / f"chronology.{form}"
        assert export("--format", form, "--output", str(target)) == ""
        assert target.read_bytes() == export("--format", form).encode()


def test_json_of_everything_holds_what_waits_for_review_and_nothing_else_does(chronology):
    waiting = chronology["Dockers strike"]
    waiting.status = "review"
    waiting.save()

    whole = {event["title"]: event["status"] for event in json.loads(export())["events"]}

    assert whole["Dockers strike"] == "review"
    assert "rejected" not in whole.values()
    assert "Dockers strike" not in export("--format", "csv")
    assert "Dockers strike" not in export("--filter", "from=2025-01-01")


def test_filters_are_those_of_the_page(chronology):
    part = json.loads(export("--filter", "actor=Ann Lee&from=2025-03-02"))
    assert [event["title"] for event in part["events"]] == ["Ann Lee leaves early"]
    assert [actor["name"] for actor in part["actors"]] == ["Ann Lee"]


def test_a_story_is_exported_by_its_address(chronology):
    story = Story.objects.create(title="The strike", slug="the-strike", filters="actor=Ann Lee")
    StoryEntry.objects.create(story=story, event=chronology["Dockers strike"], note="It begins.", emphasis=1)
    expected = ["Dockers strike", "Ann Lee meets the dockers", "Ann Lee leaves early"]

    whole = json.loads(export("--story", "the-strike"))
    rows = read_rows([export("--story", "the-strike", "--format", "csv", "--layout", "core")])

    assert (whole["story"]["title"], [event["title"] for event in whole["events"]]) == ("The strike", expected)
    happened = [(row["title"], row["note"], row["emphasis"]) for row in rows if row["entry_type"] == "event"]
    assert happened == [(expected[0], "It begins.", "1"), (expected[1], "", ""), (expected[2], "", "")]
    for arguments, reason in (
        (["--story", "another"], "No story has the address 'another'."),
        (["--story", "the-strike", "--filter", "q=x"], "A story has filters of its own; give --story or --filter."),
    ):
        with pytest.raises(CommandError, match=reason):
            export(*arguments)


def test_key_events_are_those_of_the_page(chronology):
    Event.objects.filter(title__startswith="Dockers").update(importance=2.0)
    part = json.loads(export("--filter", "top=1"))
    assert [event["title"] for event in part["events"]] == ["Dockers strike"]
    assert [actor["name"] for actor in part["actors"]] == ["Dockers’ Union"]


def test_the_csv_takes_a_layout_and_a_site(chronology):
    rows = read_rows([export("--format", "csv", "--layout", "core", "--site", "https://t.example/")])
    assert rows[0]["permalink"] == f"https://t.example/events/{chronology['Dockers strike'].uid}/"
    assert list(rows[0]) == list(chronology_csv.Layout.CORE.columns)


@pytest.mark.django_db
def test_a_filter_without_sense_is_refused_with_the_reason(tmp_path):
    target = tmp_path / "chronology.json"
    with pytest.raises(CommandError) as caught:
        export("--filter", "from=yesterday&after=7", "--output", str(target))
    assert caught.value.returncode == 2
    reasons = str(caught.value).splitlines()
    assert [reason[:15] for reason in reasons] == ["from=yesterday:", "“after” is no p"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "reason"), [("absent/out.json", "No such file or directory"), (".", "Is a directory")]
)
def test_an_output_that_cannot_be_written_ends_with_code_4(tmp_path, name, reason):
    target = tmp_path / name
    with pytest.raises(CommandError, match=f"cannot be written: {reason}") as caught:
        export("--output", str(target))
    assert caught.value.returncode == 4


@pytest.mark.django_db
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which is absent")
def test_a_full_device_ends_with_code_4():
    with pytest.raises(CommandError, match="/dev/full cannot be written: No space left on device") as caught:
        export("--output", "/dev/full")
    assert caught.value.returncode == 4


def test_an_export_that_breaks_off_leaves_the_old_file(tmp_path):
    target = tmp_path / "chronology.json"
    target.write_text("as it was")
    with pytest.raises(KeyboardInterrupt), whole_file(target) as write:
        write('{"events": [')
        raise KeyboardInterrupt
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("chronology.json", "as it was")]


def test_a_new_file_has_the_rights_that_files_have_here_and_an_old_one_keeps_its_own(tmp_path):
    plain, new, old = (tmp_path / name for name in ("plain", "new", "old"))
    plain.touch()
    old.touch()
    old.chmod(0o600)
    for target in (new, old):
        with whole_file(target) as write:
            write("whole")
    assert stat.S_IMODE(new.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_a_link_keeps_pointing_to_the_file_that_is_written(tmp_path):
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    export("--output", str(link))
    assert link.is_symlink()
    assert json.loads(target.read_text()) == {"events": [], "actors": [], "articles": []}


@pytest.mark.django_db
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    export("--output", str(pipe))
    assert json.loads(os.read(reader, 1000)) == {"events": [], "actors": [], "articles": []}
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
