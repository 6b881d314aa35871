"""The reference of settings, in Markdown, written from `Settings`."""

from pathlib import Path
from types import NoneType
from typing import Final, Literal, get_args, get_origin

from scorewright.rulebook.schema.block_reference import table
from scorewright.runtime.settings import PREFIX, Settings

HEAD = """\
# Settings

Every setting of the server, written from its class by `make reference`; a test fails where it is old. Each is
a variable of the environment; `scorewright serve --help` has options for the most used, and an option goes
before its variable. A variable that begins like these and is none of them is warned of at the start. How they
work together is in [operating](../operating.md) and [the API](../api.md#limits-and-settings). Beside them
`SCOREWRIGHT_TRACEBACK=1` lets any command show where a bug happened.
"""

_NAMES: Final = {
    int: "whole number",
    float: "number",
    str: "text",
    bool: "`true`, `false`",
    Path: "path",
}
_LIMITS: Final = {"ge": "{} or more", "gt": "above {}", "le": "up to {}"}


def settings_reference() -> str:
    """Write the page."""
    rows = [
        (
            f"`{PREFIX}{name.upper()}`",
            _takes(name),
            _default(name),
            " ".join((field.description or "").split()),
        )
        for name, field in Settings.model_fields.items()
    ]
    return f"{HEAD}\n{table(('variable', 'takes', 'default', 'what it says'), rows)}\n"


def _takes(name: str) -> str:
    field = Settings.model_fields[name]
    kinds = [kind for kind in get_args(field.annotation) if kind is not NoneType]
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{word}`" for word in kinds)
    kind = kinds[0] if kinds else field.annotation
    words = _NAMES.get(kind, "text") if isinstance(kind, type) else "text"
    limits = [
        words_of.format(f"{limit:,}")
        for rule in field.metadata
        for key, words_of in _LIMITS.items()
        if (limit := getattr(rule, key, None)) is not None
    ]
    return ", ".join([words, *limits])


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return "" if default is None else f"`{default}`"
