"""The image and its services are what they say: linted, every name in them exists, and each command runs."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.db import connection

from tests.safety.conftest import ROOT, database_url
from timeline import settings as written
from timeline.ingest import work
from timeline.models import Work

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OWN = [name for name, service in SERVICES.items() if service["image"] == "timeline"]
HOST = "news.example"
Started = Callable[..., "subprocess.Popen[str]"]


def test_the_dockerfile_has_no_fault_that_the_linter_knows() -> None:
    linter = Path(sys.executable).parent / "hadolint"

    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True)

    assert (done.stdout, done.returncode) == ("", 0)


def test_what_the_image_copies_is_there_and_is_not_ignored() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert sources == let_through
    assert all((ROOT / source).exists() for source in sources)
    assert sources == {"manage.py", "timeline", "templates", "static", "gunicorn.conf.py", "requirements.txt"}


@pytest.mark.parametrize("name", OWN)
def test_each_service_runs_a_command_that_exists_with_settings_that_exist(name: str) -> None:
    program, *rest = SERVICES[name]["command"]

    assert program in ("python", "gunicorn")
    assert (
        rest[0] == "timeline.wsgi" if program == "gunicorn" else (rest[0] == "manage.py" and rest[1] in get_commands())
    )
    known = set(re.findall(r"[A-Z]+_[A-Z_]+", written.__doc__ or ""))
    assert set(SERVICES[name]["environment"]) <= known


def test_what_services_name_of_each_other_is_there() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        for volume in service.get("volumes", ()):
            assert volume.split(":")[0] in COMPOSE["volumes"]
    [database] = set(SERVICES) - set(OWN)
    assert SERVICES[database]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"]
    assert f"@{database}:" in SERVICES["site"]["environment"]["DATABASE_URL"]


def test_no_secret_is_written_down() -> None:
    for service in SERVICES.values():
        for variable, value in service["environment"].items():
            if "SECRET" in variable or "PASSWORD" in variable:
                assert value.startswith("${") and ":?" in value


# --- the commands, by hand -----------------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """What compose gives its services, with the tests' database and its engine."""
    given = {name: value for name, value in SERVICES["site"]["environment"].items() if "${" not in value}
    return {
        **os.environ,
        **given,
        "DATABASE_URL": database_url(),
        "TIMELINE_ENGINE": settings.ENGINE,
        "TIMELINE_HOSTS": HOST,
        "TIMELINE_SECRET_KEY": "k" * 60,
        "PYTHONUNBUFFERED": "1",
    }


def command(name: str, **replaced: str) -> list[str]:
    """A service's command with the programs of this environment."""
    program, *rest = SERVICES[name]["command"]
    return [str(Path(sys.executable).parent / program), *(replaced.get(word, word) for word in rest)]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Started]:
    started: list[subprocess.Popen[str]] = []

    def begin(arguments: list[str], log: Path) -> subprocess.Popen[str]:
        with log.open("w") as stream:
            process = subprocess.Popen(arguments, env=environment(), cwd=ROOT, stdout=stream, stderr=stream, text=True)
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, **headers})
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read().decode()


def until(what: Callable[[], Any], seconds: float = 180) -> Any:
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
        connection.close()
    return found


def answers(port: int) -> bool:
    try:
        return ask(port, "/healthz")[0] == 200
    except OSError:
        return False


@pytest.mark.django_db(transaction=True)
def test_the_services_start_answer_work_and_end_politely(start: Started, tmp_path: Path) -> None:
    for arguments in (command("migrate"), [sys.executable, "manage.py", "collectstatic", "--noinput"]):
        subprocess.run(arguments, env=environment(), cwd=ROOT, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = start(command("site", **{"0.0.0.0:8000": f"127.0.0.1:{port}"}), tmp_path / "site.log")
    worker = start(command("worker"), tmp_path / "worker.log")
    until(lambda: answers(port))

    status, headers, _ = ask(port, "/")
    assert (status, headers["location"]) == (301, f"https://{HOST}/")
    status, headers, page = ask(port, "/", **{"X-Forwarded-Proto": "https", "X-Request-ID": "from-the-proxy"})
    assert (status, headers["x-request-id"]) == (200, "from-the-proxy")
    assert int(headers["strict-transport-security"].partition("max-age=")[2]) > 0
    style = re.findall(r'href="(/static/css/base\.[0-9a-f]+\.css)"', page)[0]
    status, headers, _ = ask(port, style, **{"X-Forwarded-Proto": "https"})
    assert (status, headers["cache-control"]) == (200, "max-age=315360000, public, immutable")

    text = "The harbour of Aldmouth was closed on 28 February 2025."
    asked = work.ask(Work.Kind.FILE, "a.jsonl", json.dumps({"text": text}).encode(), by=None)
    now = datetime.now(UTC)
    until(lambda: work.progress_of(Work.objects.with_progress().get(pk=asked.pk), now).state == "done")

    for process in (site, worker):
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=60) for process in (site, worker)] == [0, 0]
    for name in ("site", "worker"):
        told = [json.loads(line) for line in (tmp_path / f"{name}.log").read_text().splitlines()]
        assert told and all(line["level"] != "ERROR" for line in told)
