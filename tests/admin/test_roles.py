"""Viewers look, editors correct, administrators give out accounts; nobody else comes in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver

from tests.factories import make_actor, make_article, make_event, make_evidence, make_place, make_statement
from timeline.ingest import work
from timeline.models import Feed, Publisher, Work

pytestmark = pytest.mark.django_db

OPEN = ("login/", "logout/", "jsi18n/", "password_change/", "password_change/done/", "autocomplete/")
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address of the editor, with the number 1 wherever one is asked for."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif "(?P" not in route and not route.startswith(OPEN):
            yield "/admin/" + ARGUMENT.sub("1", route)


ADDRESSES = sorted(set(addresses(admin.site.get_urls())))


def make(role: str) -> Client:
    call_command("create_editor", name=role, role=role, stdout=StringIO())
    client = Client()
    client.force_login(User.objects.get(username=role))
    return client


@pytest.fixture(autouse=True)
def roles() -> None:
    """As the migration makes them: what other tests have swept away with all rows."""
    import_module("timeline.migrations.0016_roles").make_roles(apps, None)


@pytest.fixture(autouse=True)
def things() -> None:
    """One of everything, with the number 1 where the database gives it."""
    publisher = Publisher.objects.create(pk=1, name="Harbour Dispatch")
    article = make_article("The harbour was closed.", title="Harbour closed", publisher=publisher, pk=1)
    event = make_event("The harbour closes", pk=1)
    make_evidence(event, article, "The harbour was closed.")
    make_actor("Ada Lee", pk=1)
    make_place("Aldmouth", pk=1)
    make_statement("It is closed.", pk=1)
    Feed.objects.create(pk=1, url="https://a.example/feed", due_at=datetime(2100, 1, 1, tzinfo=UTC))
    Work.objects.filter(pk=work.ask(Work.Kind.FILE, "storms.zip", b"", by=None).pk).update(uid="1")


def rows() -> dict[str, list[object]]:
    """All that the timeline and its accounts hold."""
    models: list[type[Model]] = [*apps.get_app_config("timeline").get_models(), User, Group]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_no_page_of_a_role_fails(role: str) -> None:
    client = make(role)

    told = {address: client.get(address).status_code for address in ADDRESSES}

    assert not {address: status for address, status in told.items() if status not in (200, 302, 400, 403, 404, 405)}
    assert told["/admin/timeline/event/"] == told["/admin/timeline/event/1/change/"] == told["/admin/review/"] == 200
    assert told["/admin/timeline/event/add/"] == (200 if role == "editor" else 403)
    assert {told[address] for address in ADDRESSES if address.startswith("/admin/auth/")} <= {302, 403}


def test_a_viewer_changes_nothing_whatever_is_sent() -> None:
    client = make("viewer")
    before = rows()

    for address in ADDRESSES:
        for typed in ({}, {"action": "delete_selected", "_selected_action": "1", "post": "yes", "why": "because"}):
            assert client.post(address, typed).status_code in (200, 302, 400, 403, 404, 405), address

    assert rows() == before


def test_without_an_account_every_page_leads_to_the_login() -> None:
    for address in ADDRESSES:
        answer = Client().get(address)
        assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True), address


def test_an_editor_gives_out_no_accounts_and_an_administrator_does() -> None:
    assert make("editor").get("/admin/auth/user/add/").status_code == 403
    assert make("administrator").get("/admin/auth/user/add/").status_code == 200


def test_the_first_page_offers_what_a_role_may_do() -> None:
    assert "Add article" in make("editor").get("/admin/").content.decode()
    assert "Add article" not in make("viewer").get("/admin/").content.decode()


def test_a_role_that_was_deleted_is_named() -> None:
    Group.objects.all().delete()

    with pytest.raises(CommandError, match="has been deleted"):
        call_command("create_editor", role="viewer", name="ada")

    assert not User.objects.filter(username="ada").exists()
