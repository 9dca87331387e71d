"""Say how this server logs: readable on a terminal, one JSON object a line everywhere else."""

from __future__ import annotations

import re
import sys
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A part of an address that is a key, as that of a web form is; enough of it stays to know it by.
KEY = re.compile(r"(?<=/)([A-Za-z0-9_-]{6})[A-Za-z0-9_-]{26,}")
ADDRESSES = ("path", "event")


def without_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Shorten the keys that stand in addresses."""
    for name in ADDRESSES:
        text = event.get(name)
        if isinstance(text, str):
            event[name] = KEY.sub(r"\1…", text)
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    without_keys,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(level: str) -> dict[str, Any]:  # Any: the schema of logging.config
    """Return Django's LOGGING: everything from a level on goes to standard error."""
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": _last_steps(readable=sys.stderr.isatty()),
        "foreign_pre_chain": SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["standard_error"], "level": level},
        # Django's own set-up gives this logger handlers of its own, which would say things twice.
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Every refused address would be logged a second time beside our line per request.
            "django.request": {"level": "ERROR"},
            "django.db.backends": {"level": "INFO"},
        },
    }


def configure_structlog() -> None:
    """Let our own loggers take the same way as those of the libraries."""
    structlog.configure(
        # What is not written is put together no further.
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _last_steps(*, readable: bool) -> list[Processor]:
    """Return what turns an event into a line."""
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if readable:
        return [clean, structlog.dev.ConsoleRenderer()]
    return [
        clean,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_json),
    ]


def _json(event: object, **_: object) -> str:
    """Write an event as JSON; what JSON does not know is written as text."""
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
