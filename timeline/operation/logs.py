"""What the site and its workers say while they run: for people, or as JSON, an object a line, for programs.

Requests and pieces of work are told in JSON alone. Nothing that is read is ever told, and nothing that is typed: of an
address the path, of an article its name.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

# Loggers that print by themselves, and from which level on they are told.
OWN = {"django": "WARNING", "django.server": "WARNING", "gunicorn.error": "INFO"}
request_id: ContextVar[str] = ContextVar("request_id", default="")


class OfRequest(logging.Filter):
    """Tells in every record which request it was said in, so that the lines of one are found together."""

    def filter(self, record: logging.LogRecord) -> bool:
        if (found := request_id.get()) and not hasattr(record, "request_id"):
            record.request_id = found
        # What Django adds for its own mails, which has everything that was typed in it.
        record.__dict__.pop("request", None)
        return True


def configuration(*, as_json: bool) -> dict[str, Any]:
    """For `logging.config.dictConfig`: all to standard error."""
    plain = {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    structured = {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": "{levelname}{name}{message}",
        "style": "{",
        "timestamp": "time",
        "rename_fields": {"levelname": "level", "name": "logger", "exc_info": "traceback"},
    }
    own = {name: {"handlers": [], "propagate": True, "level": level} for name, level in OWN.items()}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"of_request": {"()": OfRequest}},
        "formatters": {"console": structured if as_json else plain},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "console", "filters": ["of_request"]},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "timeline": {"level": "INFO" if as_json else "WARNING"},
            **(own if as_json else {}),
        },
    }
