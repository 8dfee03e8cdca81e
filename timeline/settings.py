"""All settings, in one file. A wrong value in the environment stops the start and says how to be right.

Environment: DATABASE_URL, TIMELINE_DEBUG, TIMELINE_SECRET_KEY, TIMELINE_HOSTS, TIMELINE_DATA, TIMELINE_TIME_ZONE,
TIMELINE_CORS, TIMELINE_PRIVATE_SERVERS, TIMELINE_TLS, TIMELINE_PROXY, TIMELINE_LOG,
TIMELINE_ENGINE.
"""

import os
import secrets
import zoneinfo
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from timeline.operation import logs

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("TIMELINE_DATA") or BASE_DIR / "var")


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "")
    if value.lower() in ("", "1", "true", "yes", "0", "false", "no"):
        return value.lower() in ("1", "true", "yes") if value else default
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0")


def _servers(name: str) -> list[str]:
    servers = [server.strip().lower() for server in os.environ.get(name, "").split(",") if server.strip()]
    for server in servers:
        host, _, port = server.rpartition(":")
        if not host or not port.isdecimal():
            raise ImproperlyConfigured(f"{name} names {server!r}; write host:port, several with commas")
    return servers


def _secret_key() -> str:
    """The key of the environment; on one machine, by itself, one made once and kept beside the database."""
    key = os.environ.get("TIMELINE_SECRET_KEY", "")
    if key:
        return key
    if not LOCAL:
        raise ImproperlyConfigured("TIMELINE_SECRET_KEY is not set; a site with TIMELINE_HOSTS needs one")
    kept = DATA_DIR / "secret_key"
    if not kept.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(50))
        kept.chmod(0o600)
    return kept.read_text().strip()


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'timeline.sqlite3'}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except Exception as error:
        raise ImproperlyConfigured(
            f"DATABASE_URL {url!r} is not understood ({error}); write sqlite:////absolute/path or "
            "postgres://user:password@host:port/name"
        ) from error
    match database["ENGINE"]:
        case "django.db.backends.sqlite3":
            Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
            database["OPTIONS"] = {
                "timeout": 20,
                # Writers queue at BEGIN instead of failing half way; readers are never blocked.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            }
            database["ENGINE"] = "timeline.search.engines.sqlite3"
            # A file, so that browser tests' server threads and a second process see the same rows.
            database["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
        case "django.db.backends.postgresql":
            database["ENGINE"] = "timeline.search.engines.postgresql"
        case engine:
            raise ImproperlyConfigured(f"DATABASE_URL names {engine}; SQLite and PostgreSQL are supported")
    return database


ALLOWED_HOSTS = [h for h in os.environ.get("TIMELINE_HOSTS", "").split(",") if h]
# Without host names the site answers to its own machine alone, and needs no setting at all.
LOCAL = not ALLOWED_HOSTS
if LOCAL:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEBUG = _flag("TIMELINE_DEBUG", default=False)
SECRET_KEY = _secret_key()

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What brings work to the workers: on one machine the database itself, on several Procrastinate.
ENGINE = os.environ.get("TIMELINE_ENGINE") or "database"
if ENGINE not in ("database", "procrastinate"):
    raise ImproperlyConfigured(f"TIMELINE_ENGINE is {ENGINE!r}; write database or procrastinate")
if ENGINE == "procrastinate" and not DATABASES["default"]["ENGINE"].endswith("postgresql"):
    raise ImproperlyConfigured("TIMELINE_ENGINE is procrastinate, which needs PostgreSQL: set DATABASE_URL as well")
TASKS = {"default": {"BACKEND": f"timeline.ingest.engines.{ENGINE.capitalize()}"}}

INSTALLED_APPS = [
    "timeline.apps.TimelineConfig",
    "timeline.apps.TimelineAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "simple_history",
    "csp",
    "axes",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db" if ENGINE == "database" else "procrastinate.contrib.django",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

MIDDLEWARE = [
    "timeline.views.requests.NamedRequests",
    "timeline.views.timing.ServerTiming",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "timeline.urls"
WSGI_APPLICATION = "timeline.wsgi.application"
ASGI_APPLICATION = "timeline.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# Who guesses passwords is locked out: ten failures from an address, for a quarter of an hour, whatever the names.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_CLIENT_IP_CALLABLE = "timeline.views.clients.address_of_client"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIMELINE_TIME_ZONE", "UTC")
if TIME_ZONE not in zoneinfo.available_timezones():
    raise ImproperlyConfigured(f"TIMELINE_TIME_ZONE {TIME_ZONE!r} is no time zone; write one like Europe/London")

STATIC_URL = "static/"
# Collected for a site with host names; one of its own machine serves them from where they are written.
STATIC_ROOT = None if LOCAL else BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

WHITENOISE_USE_FINDERS = LOCAL

# Own scripts and styles only, nothing inline, nothing framed: what articles bring in can never run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A site with host names is one of the internet, and speaks TLS alone; one of the house may do without (TIMELINE_TLS=0).
TLS = _flag("TIMELINE_TLS", default=not LOCAL)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS else 0
# What other names of the domain do, and a list in all browsers, are not this site's to promise.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# A proxy in front that sets X-Forwarded-Proto and X-Forwarded-For is believed only where a setting says it is there.
TIMELINE_PROXY = _flag("TIMELINE_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TIMELINE_PROXY else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# Whether a page of another site may read /timeline.csv, as an embedded TimelineJS does.
TIMELINE_CORS = _flag("TIMELINE_CORS", default=True)

# Servers (host:port, with commas) that may be read from although they are not public: an archive of the house.
TIMELINE_PRIVATE_SERVERS = _servers("TIMELINE_PRIVATE_SERVERS")

# An article may be long, and so may a pasted page: 10 MB decoded is the limit of the reader itself.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

SIMPLE_HISTORY_REVERT_DISABLED = False
# The reason of a change is as long as "Why" lets it be, and not a column of 100 characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOG = os.environ.get("TIMELINE_LOG") or "plain"
if LOG not in ("plain", "json"):
    raise ImproperlyConfigured(f"TIMELINE_LOG is {LOG!r}; write plain, for people, or json, for programs")
LOGGING = logs.configuration(as_json=LOG == "json")
