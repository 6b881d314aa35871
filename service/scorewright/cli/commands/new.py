"""`scorewright new`: start a rulebook and its tests from another one."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path

from scorewright.cli.arguments import add_rules
from scorewright.cli.command import CLEAN, Wrong
from scorewright.cli.find_rulebook import load_rulebook
from scorewright.cli.output import write_whole
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Streams
from scorewright.rulebook.nodes import Node, Scalar, Step, node_at
from scorewright.rulebook.read_files import ENDING, suite_path
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
_FIRST_VERSION = "1.0.0"

_EPILOG = """\
Writes ID.yaml and ID.tests.yaml into the folder of --rules: the template with
another id, name and version, everything else to be changed step by step while
`check` and `test` stay green.

exit codes: 0 written, 2 wrong usage, or a file that is there already.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `new` was asked."""

    id: str
    template: str
    rules: Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument("id", metavar="ID", help="id of the new rulebook: small letters, digits and `_`")
    parser.add_argument(
        "--from", metavar="TEMPLATE", dest="template", required=True,
        help="id of a rulebook in --rules, or path of its file",
    )  # fmt: skip
    add_rules(parser)


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(arguments.id, arguments.template, arguments.rules)


def run(options: Options, streams: Streams) -> int:
    """Write the two files."""
    if not _ID.fullmatch(options.id):
        raise Wrong(
            f"`{shown(options.id)}` is not an id", "write small letters, digits and `_`, such as `my_leads`"
        )
    rulebook = options.rules / f"{options.id}{ENDING}"
    suite = suite_path(rulebook)
    for path in (rulebook, suite):
        if path.exists():
            raise Wrong(f"{shown(str(path))} is there already", "choose another id, or delete the file")
    template = load_rulebook(options.template, options.rules, streams)
    name = options.id.replace("_", " ").capitalize()
    header = {"id": options.id, "name": name, "version": _FIRST_VERSION}
    text = _with(template.source, {("rulebook", key): value for key, value in header.items()})
    tests = _tests(suite_path(Path(template.source.name)), options.id)
    write_whole(rulebook, text)
    write_whole(suite, tests)
    streams.out.write(f"wrote {rulebook} and {suite}\n")
    streams.out.write(
        f"next: change them, then `scorewright check {rulebook}` and `scorewright test {rulebook}`\n"
    )
    return CLEAN


def _tests(template: Path, id: str) -> str:
    source, _ = Source.read(template) if template.exists() else (None, None)
    if source is None:
        return f"tests_for: {id}\n\ncases: []\n"
    return _with(source, {("tests_for",): id})


def _with(source: Source, values: dict[tuple[Step, ...], str]) -> str:
    """Write other values at some places of a text, and leave everything else as it is."""
    root, _ = read_tree(source)
    if root is None:
        raise Wrong(
            f"{shown(source.name)} cannot be read", f"`scorewright check {shown(source.name)}` says more"
        )
    places = sorted((_place(source, root, path), value) for path, value in values.items())
    text, done = "", 0
    for (start, end), value in places:
        text += source.text[done:start] + value
        done = end
    return text + source.text[done:]


def _place(source: Source, root: Node, path: tuple[Step, ...]) -> tuple[int, int]:
    node = node_at(root, path)
    assert isinstance(node, Scalar)  # INVARIANT: the template was read as a rulebook, which has these
    span = node.span
    return source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
