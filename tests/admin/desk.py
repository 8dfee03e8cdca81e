"""An editor at a desk: opens a page's form, fills in some fields, sends it as a browser would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse
from lxml import html

from timeline.models import Alias, Event, Participation, Statement
from timeline.models.actors import Actor
from timeline.models.articles import Article
from timeline.models.places import Place


def admin_url(thing: Model | type[Model], page: str = "change", *args: object) -> str:
    name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_{page}"
    return reverse(name, args=[thing.pk, *args] if isinstance(thing, Model) else args)


def fields_of(content: bytes, form_id: str) -> dict[str, Any]:
    """What a browser would send of a form, untouched."""
    page: Any = html.fromstring(content.decode())
    form = page.get_element_by_id(form_id)
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        if "__prefix__" not in name:
            data.setdefault(name, []).append(value)
    return data


class Desk:
    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, thing: Model | type[Model]) -> dict[str, Any]:
        page = "change" if isinstance(thing, Model) else "add"
        response = self.client.get(admin_url(thing, page))
        assert response.status_code == 200
        return fields_of(response.content, f"{thing._meta.model_name}_form")

    def save(self, thing: Model | type[Model], changes: dict[str, Any], button: str = "_save") -> None:
        """Fill in and send; the page must take it."""
        response = self.send(thing, {**self.open(thing), **changes}, button)
        assert response.status_code == 302, errors(response)
        if isinstance(thing, Model):
            thing.refresh_from_db()

    def refused(self, thing: Model | type[Model], changes: dict[str, Any], button: str = "_save") -> list[str]:
        """Fill in and send; the page must refuse it, and says why."""
        response = self.send(thing, {**self.open(thing), **changes}, button)
        assert response.status_code == 200
        return errors(response)

    def send(self, thing: Model | type[Model], data: dict[str, Any], button: str = "_save") -> Any:
        page = "change" if isinstance(thing, Model) else "add"
        return self.client.post(admin_url(thing, page), {**data, button: "1"})

    def act(self, action: str, things: Iterable[Model], **extra: str) -> Any:
        rows = list(things)
        data = {"action": action, "_selected_action": [row.pk for row in rows], **extra}
        return self.client.post(admin_url(type(rows[0]), "changelist"), data, follow=True)

    def delete(self, thing: Model, why: str = "") -> str:
        """Look at the page that says what will go, and agree."""
        url = admin_url(thing, "delete")
        page = self.client.get(url)
        assert page.status_code == 200
        assert self.client.post(url, {"post": "yes", "why": why}).status_code == 302
        return text_of(page.content)

    def history(self, thing: Model) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
        """The versions of the history page: by whom, why, and each change."""
        response = self.client.get(admin_url(thing, "history"))
        return [
            (version.by, version.why, [(change.field, change.before, change.after) for change in version.changes])
            for version in response.context["versions"]
        ]

    def restore(self, thing: Model, version: int) -> None:
        """Bring back a version, counted from the newest."""
        found = self.client.get(admin_url(thing, "history")).context["versions"][version]
        self.client.post(admin_url(thing, "restore", found.stamp))
        thing.refresh_from_db()


def errors(response: Any) -> list[str]:
    page: Any = html.fromstring(response.content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[contains(@class, 'errorlist')]/li")]


def text_of(content: bytes) -> str:
    page: Any = html.fromstring(content.decode())
    return " ".join(page.get_element_by_id("content").text_content().split())


def forget_history() -> None:
    """Make rows as readings leave them: without history."""
    for model in (Event, Statement, Participation, Actor, Alias, Place, Article):
        model.history.all().delete()


def new_inline(prefix: str, data: dict[str, Any], **values: object) -> dict[str, Any]:
    """The fields of one more row of an inline."""
    number = int(data[f"{prefix}-TOTAL_FORMS"][0])
    return {f"{prefix}-TOTAL_FORMS": number + 1, **{f"{prefix}-{number}-{name}": v for name, v in values.items()}}
