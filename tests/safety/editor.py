"""An editor in front of a site that is served: logs in, fills in forms, sends them, as a browser would."""

from __future__ import annotations

import re
from typing import Any

from lxml import html
from urllib3 import HTTPConnectionPool
from urllib3.response import BaseHTTPResponse

from tests.safety.site import Server

Fields = dict[str, Any]


class Editor:
    """Somebody with an account of their own."""

    def __init__(self, server: Server) -> None:
        self.pool = HTTPConnectionPool("127.0.0.1", server.port, maxsize=1, timeout=120)
        self.cookies: dict[str, str] = {}
        said = server.site.run("create_editor", "--name", "edith").out
        self.name, self.password = "edith", re.findall(r"password: (\S+)", said)[0]
        self.send("/admin/login/", {"username": self.name, "password": self.password})
        assert "sessionid" in self.cookies

    def get(self, path: str) -> bytes:
        """A page that must be there."""
        answer = self._ask("GET", path)
        assert answer.status == 200, (path, answer.status)
        return answer.data

    def fields(self, path: str, form: str = "") -> Fields:
        """What a browser would send of a form, untouched."""
        page: Any = html.fromstring(self.get(path).decode())
        found: Fields = {}
        for name, value in page.get_element_by_id(form).form_values():
            if "__prefix__" not in name:
                found.setdefault(name, []).append(value)
        return found

    def send(self, path: str, fields: Fields, files: dict[str, tuple[str, bytes]] | None = None) -> BaseHTTPResponse:
        """Send a form; what the page answered, which may be its complaints or the way to the next."""
        if "csrftoken" not in self.cookies:
            self.get(path)
        pairs: list[tuple[str, Any]] = [("csrfmiddlewaretoken", self.cookies["csrftoken"])]
        for name, values in fields.items():
            pairs += [(name, str(value)) for value in (values if isinstance(values, list) else [values])]
        pairs += list((files or {}).items())
        return self._ask("POST", path, fields=pairs)

    def save(self, path: str, form: str, changes: Fields, button: str = "_save") -> None:
        """Fill in the form of a page and send it; the page must take it."""
        answer = self.send(path, {**self.fields(path, form), **changes, button: "1"})
        assert answer.status == 302, complaints(answer.data)

    def _ask(self, method: str, path: str, **options: Any) -> BaseHTTPResponse:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        answer = self.pool.request(method, path, headers=headers, redirect=False, retries=3, **options)
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer


def complaints(content: bytes) -> list[str]:
    """What a page says against what was sent."""
    page: Any = html.fromstring(content.decode())
    return [item.text_content().strip() for item in page.xpath("//ul[contains(@class, 'errorlist')]/li")]
