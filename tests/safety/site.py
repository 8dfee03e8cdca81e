"""An installation of its own, used as its users do: by its commands, over HTTP, and in no other way."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
PATIENCE = 300  # seconds, for what takes a few
NUMBERS = itertools.count(1)


def database_of(url: str) -> dict[str, str]:
    """The settings of a database, with the engine that brings work to workers there."""
    return {"DATABASE_URL": url, "TIMELINE_ENGINE": "procrastinate" if url.startswith("postgres") else "database"}


def postgres_server() -> str | None:
    """The server that the environment names, if it names one."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else None


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass
class Site:
    """A timeline with a database of its own, empty at first, in a folder of its own."""

    folder: Path
    database: str = SQLITE
    name: str = field(default_factory=lambda: f"soak_{os.getpid()}_{next(NUMBERS)}")

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.empty()

    # --- the database --------------------------------------------------------------------------------------------

    @property
    def file(self) -> Path:
        return self.folder / "timeline.sqlite3"

    @property
    def url(self) -> str:
        if self.database == SQLITE:
            return f"sqlite:///{self.file}"
        return urlsplit(postgres_server() or "")._replace(path=f"/{self.name}").geturl()

    def empty(self) -> None:
        """Take everything out of the database."""
        if self.database == SQLITE:
            for file in self.folder.glob("timeline.sqlite3*"):
                file.unlink()
            shutil.copy(_empty_file(), self.file)
        else:
            _on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            _on_server(f"CREATE DATABASE {self.name} TEMPLATE {_empty_database()}")

    def close(self) -> None:
        if self.database == POSTGRESQL:
            _on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """What the database itself answers."""
        if self.database == SQLITE:
            with closing(sqlite3.connect(self.file, timeout=30)) as line:
                return line.execute(question).fetchall()
        with psycopg.connect(self.url) as server:
            return server.execute(question.encode()).fetchall()

    def ask_to(self, *orders: str) -> None:
        """Have the database do something that no door offers."""
        if self.database == SQLITE:
            with closing(sqlite3.connect(self.file, timeout=30)) as line, line:
                for order in orders:
                    line.execute(order)
            return
        with psycopg.connect(self.url) as server:
            for order in orders:
                server.execute(order.encode())

    def count(self, table: str) -> int:
        [(number,)] = self.ask(f"SELECT count(*) FROM timeline_{table}")
        return int(number)

    def damage(self) -> list[str]:
        """What the database finds wrong with itself, and rows that belong to nothing."""
        found = []
        if self.database == SQLITE:
            found += [str(row) for row in self.ask("PRAGMA integrity_check") if row != ("ok",)]
            found += [f"belongs to nothing: {row}" for row in self.ask("PRAGMA foreign_key_check")]
        without = "SELECT count(*) FROM timeline_original o WHERE NOT EXISTS"
        [(orphans,)] = self.ask(f"{without} (SELECT 1 FROM timeline_article a WHERE a.original_id = o.id)")
        return found + ([f"{orphans} originals without an article"] if orphans else [])

    # --- the doors -----------------------------------------------------------------------------------------------

    def environment(self, more: Mapping[str, str] = {}) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TIMELINE_")}
        return kept | database_of(self.url) | {"TIMELINE_DATA": str(self.folder), "PYTHONUNBUFFERED": "1", **more}

    def start(self, *command: str, environment: Mapping[str, str] = {}, **options: Any) -> subprocess.Popen[str]:
        """A command of manage.py, or a module of the tests where it begins with -m, as a process of a group."""
        return subprocess.Popen(
            [sys.executable, *(command if command[0] == "-m" else ("manage.py", *command))],
            env=self.environment(environment),
            cwd=ROOT,
            text=True,
            errors="replace",
            start_new_session=True,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options,
        )

    def run(self, *command: str, environment: Mapping[str, str] = {}, patience: float = PATIENCE) -> Done:
        """A command, to its end; one that hangs is ended, and its code is then that of the signal."""
        process = self.start(*command, environment=environment)
        try:
            out, err = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            kill(process)
            out, err = process.communicate()
        return Done(process.returncode, out, err)

    def state(self) -> str:
        """What is stored and believed, in one canonical form: equal where two stores hold the same."""
        done = self.run("export_state", patience=6 * PATIENCE)
        assert done.code == 0, done.err
        return done.out

    @contextlib.contextmanager
    def serving(self) -> Iterator[Server]:
        """The site as it is served in production, on this machine alone."""
        server = Server(self)
        try:
            server.begin()
            yield server
        finally:
            server.end()


def kill(process: subprocess.Popen[str]) -> None:
    """As the kernel does when memory is short, and with everything that the process has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


class Server:
    """gunicorn, started and killed."""

    def __init__(self, site: Site) -> None:
        self.site, self.port = site, free_port()
        self.log = site.folder / "served.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def begin(self) -> float:
        """Start; seconds until a page is answered."""
        began = time.monotonic()
        with self.log.open("a") as log:
            self.process = self.site.start(
                "-m", "gunicorn", "timeline.wsgi", "--bind", f"127.0.0.1:{self.port}", stdout=log, stderr=log
            )
        while time.monotonic() - began < PATIENCE:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/")[0] == 200:
                    return time.monotonic() - began
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.02)
        raise AssertionError("the site does not answer")

    def end(self) -> None:
        kill(self.process)

    def get(self, path: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()

    def complaints(self) -> list[str]:
        """What the site logged of its own mistakes."""
        return re.findall(r"^(?:Traceback|Internal Server Error).*", self.log.read_text(), re.MULTILINE)


class Watch:
    """The most memory that a process and those it has started hold, each by itself, in bytes; looked at as they run."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.peaks: dict[int, int] = {}
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def _look(self) -> None:
        while self.process.poll() is None:
            for pid in family(self.process.pid):
                with contextlib.suppress(OSError, IndexError):
                    told = Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]
                    self.peaks[pid] = int(told) * 1024
            time.sleep(0.1)

    @property
    def own(self) -> int:
        return self.peaks.get(self.process.pid, 0)

    @property
    def most(self) -> int:
        return max(self.peaks.values(), default=0)


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
    return found


# --- empty databases, made once -------------------------------------------------------------------------------------


@cache
def _empty_file() -> Path:
    file = Path(tempfile.mkdtemp(prefix="timeline-empty-")) / "timeline.sqlite3"
    _migrate(f"sqlite:///{file}", file.parent)
    with closing(sqlite3.connect(file)) as line:
        line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@cache
def _empty_database() -> str:
    name = f"soak_{os.getpid()}_empty"
    _on_server(f"DROP DATABASE IF EXISTS {name}")
    _on_server(f"CREATE DATABASE {name}")
    _migrate(
        urlsplit(postgres_server() or "")._replace(path=f"/{name}").geturl(),
        Path(tempfile.mkdtemp(prefix="timeline-empty-")),
    )
    return name


def _migrate(url: str, folder: Path) -> None:
    environment = {**os.environ, **database_of(url), "TIMELINE_DATA": str(folder)}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)


def _on_server(command: str) -> None:
    with psycopg.connect(postgres_server() or "", autocommit=True) as server:
        server.execute(command.encode())
