"""A wrong setting stops the start and says how to be right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

QUIET = frozenset(
    f"TIMELINE_{name}" for name in ("DEBUG", "SECRET_KEY", "HOSTS", "TIME_ZONE", "CORS", "TLS", "LOG", "ENGINE")
) | {
    "DJANGO_ALLOW_ASYNC_UNSAFE",  # set for browser tests, and warned of
    "DATABASE_URL",
}


def start(folder: Path, code: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in QUIET}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); from django.conf import settings; {code}"],
        env=kept | {"DJANGO_SETTINGS_MODULE": "timeline.settings", "TIMELINE_DATA": str(folder)} | environment,
        cwd=Path(__file__).resolve().parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_any_setting_the_site_answers_to_its_own_machine(tmp_path: Path) -> None:
    code = "print(settings.DEBUG, settings.ALLOWED_HOSTS, settings.DATABASES['default']['NAME'])"

    done = start(tmp_path, code)

    assert done.stdout == f"False ['localhost', '127.0.0.1', '[::1]'] {tmp_path}/timeline.sqlite3\n"


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = start(tmp_path, "print(settings.SECRET_KEY)").stdout
    second = start(tmp_path, "print(settings.SECRET_KEY)").stdout

    assert len(first.strip()) > 50
    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"TIMELINE_HOSTS": "news.example"}, "TIMELINE_SECRET_KEY is not set"),
        ({"TIMELINE_ENGINE": "celery"}, "TIMELINE_ENGINE is 'celery'; write database or procrastinate"),
        ({"TIMELINE_ENGINE": "procrastinate"}, "which needs PostgreSQL: set DATABASE_URL as well"),
        ({"TIMELINE_LOG": "xml"}, "TIMELINE_LOG is 'xml'; write plain, for people, or json, for programs"),
        ({"TIMELINE_DEBUG": "perhaps"}, "TIMELINE_DEBUG is 'perhaps'; write 1 or 0"),
        ({"TIMELINE_TIME_ZONE": "Mars/Base"}, "TIMELINE_TIME_ZONE 'Mars/Base' is no time zone"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL 'nonsense' is not understood"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "SQLite and PostgreSQL are supported"),
    ],
)
def test_a_wrong_setting_stops_the_start(tmp_path: Path, environment: dict[str, str], message: str) -> None:
    done = start(tmp_path, **environment)

    assert done.returncode != 0
    assert message in done.stderr.splitlines()[-1]


SERVER = {"TIMELINE_HOSTS": "news.example", "TIMELINE_SECRET_KEY": "".join(map(chr, range(48, 123)))}


def test_a_site_of_the_internet_has_nothing_to_be_warned_of(tmp_path: Path) -> None:
    code = "from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"

    done = start(tmp_path, code, **SERVER)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_site_of_the_house_may_do_without_tls(tmp_path: Path) -> None:
    code = "print(settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS)"

    assert start(tmp_path, code, **SERVER).stdout == "True True 31536000\n"
    assert start(tmp_path, code, TIMELINE_TLS="0", **SERVER).stdout == "False False 0\n"
    assert start(tmp_path, code).stdout == "False False 0\n"
