"""One line per event, `key=value`, for people and machines; never an input and never a token."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Final, TextIO

LOGGER: Final = logging.getLogger("scorewright")

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:/@-")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return f"time={time.replace('+00:00', 'Z')} level={record.levelname.lower()} {record.getMessage()}"


def set_up(stream: TextIO, level: str) -> logging.Handler:
    """Send the server's log to a stream, and only there."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Lines())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(level.upper())
    LOGGER.propagate = False
    return handler


def line(event: str, **fields: object) -> str:
    """Write an event."""
    return " ".join([f"event={event}", *(f"{name}={_value(value)}" for name, value in fields.items())])


def where(error: BaseException) -> str:
    """Return where a bug was met; what it says is left out, for that may quote an input."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}:{frame.name}" for frame in frames)


def _value(value: object) -> str:
    shown = str(value)
    return shown if shown and _PLAIN.issuperset(shown) else json.dumps(shown)
