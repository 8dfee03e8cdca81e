"""The index built anew while the site runs."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from tests.factories import make_actor, make_event, make_statement
from timeline.models import Event
from timeline.search import asking, upkeep
from timeline.search.generations import ask, do, generations
from timeline.search.query import EventQuery
from timeline.search.rebuild import Overtaken, _begin, rebuild
from timeline.search.schema import after_migration, before_migration, is_ready


def found(words: str) -> list[int]:
    return [key.row for key in asking.events(EventQuery().containing(words)).keys(limit=50)]


@pytest.mark.django_db
def test_the_command_makes_the_index_whole_again() -> None:
    event = make_event("The port reopens", make_actor("Ann Lee"))
    make_statement("It is open.", event=event)
    asking.live()
    do(connection, f"DELETE FROM {asking.live().index('event').name}")
    assert found("port") == []
    out = StringIO()
    call_command("reindex", stdout=out)
    assert out.getvalue().startswith("1 events and 1 statements in the index, ")
    assert found("port") == found("ann lee") == [event.pk]


@pytest.mark.django_db
def test_readers_see_the_index_before_until_the_new_one_is_whole() -> None:
    event = make_event("The port reopens")
    seen = []

    def look(what: str, done: int, of: int) -> None:
        seen.append(found("port"))

    rebuild(connection, look, grace=0)
    assert seen == [[event.pk]] * len(seen) and seen
    assert found("port") == [event.pk]


@pytest.mark.django_db
def test_what_changes_while_it_is_built_is_in_both() -> None:
    gone, renamed = make_event("The port closes"), make_event("The mine opens")
    added: list[int] = []

    def change(what: str, done: int, of: int) -> None:
        if what == "events":
            Event.objects.filter(pk=gone.pk).delete()
            Event.objects.filter(pk=renamed.pk).update(title="The mine shuts")
            added.append(make_event("The mayor resigns").pk)
            assert (found("port"), found("opens"), found("shuts")) == ([], [], [renamed.pk])

    rebuild(connection, change, grace=0)
    assert (found("port"), found("opens"), found("shuts"), found("mayor")) == ([], [], [renamed.pk], added)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the pieces are those of SQLite's FTS5")
@pytest.mark.django_db(transaction=True)
def test_an_index_built_anew_is_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.search.rebuild.BATCH", 1)
    with transaction.atomic():
        for title in ("The port reopens", "The mine opens"):
            make_event(title)
    rebuild(connection, lambda what, done, of: None, grace=0)
    [number] = [number for number, live in generations(connection) if live]
    pieces = ask(connection, f"SELECT COUNT(DISTINCT segid) FROM search_{number}_event_fts_idx")
    assert pieces == [(1,)]


@pytest.mark.django_db
def test_a_second_rebuild_ends_the_first() -> None:
    make_event("The port reopens")

    def start_another(what: str, done: int, of: int) -> None:
        _begin(connection)

    with pytest.raises(Overtaken):
        rebuild(connection, start_another, grace=0)
    assert [live for _, live in generations(connection)].count(True) == 1
    assert len(found("port")) == 1
    rebuild(connection, lambda what, done, of: None, grace=0)
    tables = [name for name in connection.introspection.table_names() if name.endswith("_event_totals")]
    assert len(tables) == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_changes_is_in_the_index_when_it_is_kept() -> None:
    with transaction.atomic():
        event = make_event("The port reopens")
    assert not upkeep.is_stale(connection)
    assert found("port") == [event.pk]
    Event.objects.filter(pk=event.pk).update(title="The mine opens")
    assert upkeep.is_stale(connection)  # no transaction, and so nobody to bring it up to date but the next reader
    assert (found("port"), found("mine")) == ([], [event.pk])
    assert not upkeep.is_stale(connection)


@pytest.mark.django_db(transaction=True)
def test_what_a_transaction_takes_back_was_never_in_the_index() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_event("The port reopens")
        assert len(found("port")) == 1
        raise ZeroDivisionError
    assert found("port") == []


@pytest.mark.django_db
def test_a_migration_that_was_stopped_half_way_is_made_good_by_the_next() -> None:
    event = make_event("The port reopens")
    assert found("port") == [event.pk]
    before_migration(
        using="default", plan=[(MigrationLoader(connection).get_migration_by_prefix("timeline", "0001"), False)]
    )
    Event.objects.filter(pk=event.pk).update(title="The mine opens")
    assert found("mine") == []
    after_migration(using="default", plan=None)
    assert (found("port"), found("mine")) == ([], [event.pk])
    Event.objects.filter(pk=event.pk).update(title="The mayor resigns")
    assert found("mayor") == [event.pk]


@pytest.mark.django_db
def test_a_migration_with_nothing_to_do_leaves_the_index_alone() -> None:
    before = generations(connection)
    after_migration(using="default", plan=[])
    assert generations(connection) == before


@pytest.mark.django_db
def test_an_index_that_an_earlier_version_laid_out_is_built_anew_with_the_next_migration() -> None:
    event = make_event("The port reopens")
    spans = f"{asking.live().index('event').name}_spans"
    do(connection, f"DROP TABLE {spans}")
    do(connection, f"CREATE TABLE {spans} (earliest integer, latest integer, documents integer)")
    assert not is_ready(connection)

    after_migration(using="default")

    assert is_ready(connection)
    assert found("port") == [event.pk]
