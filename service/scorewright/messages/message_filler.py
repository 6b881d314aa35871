"""Messages filled by name: what a message and an item call alike is copied, so that no field is forgotten."""

from fractions import Fraction
from typing import TypeVar

from google.protobuf.message import Message

from scorewright.program.exact_numbers import as_float

M = TypeVar("M", bound=Message)


def filled(message: type[M], item: object, /, **own: object) -> M:
    """Make a message of an item: each field is `own`, or what the item has under its name.

    What is None is left out. A field that is neither is an AttributeError: a new one is not forgotten.
    """
    fields = message.DESCRIPTOR.fields_by_name
    values = {name: getattr(item, name) for name in fields if name not in own} | own
    return message(
        **{
            name: as_float(value) if isinstance(value, Fraction) else value
            for name, value in values.items()
            if value is not None
        }
    )
