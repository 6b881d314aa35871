"""A rulebook and its suite made from others: another id, name and version, everything else as it is."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scorewright.cli.command import UsageError
from scorewright.cli.reporters.shown import shown
from scorewright.cli.schema_files import TESTS_FILE, editor_line
from scorewright.rulebook import ENDING, Source, read_tree, shipped, suite_path
from scorewright.rulebook.nodes import Node, Scalar, Step, node_at, plain

BLANK: Final = "blank"
"""The template of `new --blank` and of `init`."""

_FIRST_VERSION: Final = "1.0.0"
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Started:
    """The texts of a new rulebook and of its suite."""

    rulebook: str
    suite: str


def blank_path() -> Path:
    """Return the file of the template that is the least of a rulebook."""
    return shipped("templates") / f"{BLANK}{ENDING}"


def is_id(name: str) -> bool:
    """Return whether a rulebook may have this id, which is also the name of its file."""
    return _ID.fullmatch(name) is not None


def start_from(template: Source, id: str, folder: Path, schemas: Path) -> Started:
    """Make a rulebook and a suite of `id` for `folder`; a template without a suite gives the start of one."""
    name = id.replace("_", " ").capitalize()
    header = {"id": id, "name": name, "version": _FIRST_VERSION}
    text = _with(template, {("rulebook", key): value for key, value in header.items()})
    suite = suite_path(Path(template.name))
    source, _ = Source.read(suite) if suite.exists() else (None, None)
    return Started(
        text, empty_suite(id, folder, schemas) if source is None else _with(source, {("tests_for",): id})
    )


def empty_suite(id: str, folder: Path, schemas: Path) -> str:
    """Return the start of a suite, which has no case yet."""
    return f"{editor_line(schemas / TESTS_FILE, folder)}\ntests_for: {_as_text(id)}\n\ncases: []\n"


def _with(source: Source, values: dict[tuple[Step, ...], str]) -> str:
    """Write other values at some places of a text, and leave everything else as it is."""
    root, _ = read_tree(source)
    if root is None:
        raise UsageError(
            f"{shown(source.name)} cannot be read", f"`scorewright check {shown(source.name)}` says more"
        )
    places = sorted((_place(source, root, path), value) for path, value in values.items())
    text, done = "", 0
    for (start, end), value in places:
        text += source.text[done:start] + _as_text(value)
        done = end
    return text + source.text[done:]


def _as_text(value: str) -> str:
    """Write a value so that YAML reads it as a text: `null`, `True` and their like need quotes."""
    root, report = read_tree(Source("value", value))
    is_text = root is not None and isinstance(plain(root), str) and not report.diagnostics
    return value if is_text else f'"{value}"'


def _place(source: Source, root: Node, path: tuple[Step, ...]) -> tuple[int, int]:
    node = node_at(root, path)
    assert isinstance(node, Scalar)  # INVARIANT: the template was read as a rulebook, which has these
    span = node.span
    return source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
