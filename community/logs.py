"""One log format without personal data: a JSON object per line, in UTC, with the number of the request it belongs to.

Of an error only its kind and its place in the code are written: messages of databases and mail servers hold the very
values that must not be in a log.
"""

import json
import logging
import secrets
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_number: ContextVar[str] = ContextVar("request_number", default="")


def number_requests(get_response):
    """Give every request a number; it is on each of its log lines, on its error page, and in its answer."""

    def middleware(request):
        request.number = secrets.token_hex(6)
        token = request_number.set(request.number)
        try:
            response = get_response(request)
        finally:
            request_number.reset(token)
        response["X-Request-ID"] = request.number
        return response

    return middleware


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        # Django logs the error of a request after its middleware is done, but hands the request along.
        if number := request_number.get() or getattr(getattr(record, "request", None), "number", ""):
            line["request"] = number
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])][-8:]
        return json.dumps(line, ensure_ascii=False)


def log_settings(as_json: bool) -> dict:
    """Django's LOGGING: JSON lines in production, readable lines on one's own machine."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": JsonLines},
            "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "community.privacy": {"level": "INFO"},  # what was wiped, by count
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            "django.channels.server": {"level": "ERROR"},
            "daphne": {"level": "WARNING"},
        },
    }
