"""The reference of settings, in Markdown, written from `Settings`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Final, Literal, Union, get_args, get_origin

from scorewright.rulebook.schema import table
from scorewright.runtime.settings import PREFIX, Settings

HEAD = """\
# Settings

Every setting of the server, written from its class by `make reference`; a test fails where it is old. Each is
a variable of the environment; `scorewright serve --help` has options for the most used, and an option goes
before its variable. A variable that begins like these and is none of them is warned of at the start. How they
work together is in [operating](../operating.md) and [the API](../api.md#limits-and-settings). Beside them
`SCOREWRIGHT_TRACEBACK=1` lets any command show where a bug happened.
"""

_NAMES: Final[Mapping[object, str]] = {
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
    kind, rules = _plain(field.annotation, field.metadata)
    if get_origin(kind) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(kind))
    limits = {
        key: limit for rule in rules for key in _LIMITS if (limit := getattr(rule, key, None)) is not None
    }
    if limits.get("gt") == limits.get("ge"):
        limits.pop("ge", None)  # it says less
    words = [_LIMITS[key].format(f"{limit:,}") for key, limit in limits.items()]
    return ", ".join([_NAMES.get(kind, "text"), *sorted(words, key=lambda word: word.startswith("up"))])


def _plain(kind: object, rules: Iterable[object]) -> tuple[object, list[object]]:
    """Unwrap a kind that may be absent, or brings rules with it."""
    inner = [each for each in get_args(kind) if each is not NoneType]
    if get_origin(kind) is Annotated:
        return _plain(inner[0], [*rules, *inner[1:]])
    if get_origin(kind) in (Union, UnionType) and len(inner) == 1:
        return _plain(inner[0], rules)
    return kind, list(_flat(rules))


def _flat(rules: Iterable[object]) -> Iterator[object]:
    for rule in rules:
        yield rule
        yield from _flat(getattr(rule, "metadata", None) or ())


def _default(name: str) -> str:
    default = Settings.model_fields[name].default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return "" if default is None else f"`{default}`"
