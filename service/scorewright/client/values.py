"""Values of Python as a google.protobuf.Struct takes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def sent(value: object) -> Any:
    """Give a value as it is sent: a Decimal as a number, a day or time as text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [sent(part) for part in value]
    if isinstance(value, Mapping):
        return {name: sent(part) for name, part in value.items()}
    return value
