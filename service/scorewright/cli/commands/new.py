"""`scorewright new`: start a rulebook and its tests from another one, or from the least of one."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from scorewright.cli.arguments import add_rules
from scorewright.cli.command import CLEAN, UsageError
from scorewright.cli.find_rulebook import find_rulebook, load_file
from scorewright.cli.output import make_folder, write_whole
from scorewright.cli.reporters.shown import shown
from scorewright.cli.schema_files import RULEBOOK_FILE
from scorewright.cli.stdio import Streams
from scorewright.cli.template import blank_path, is_id, start_from
from scorewright.rulebook import ENDING, rulebooks_in, shipped, suite_path

_EPILOG = """\
Writes ID.yaml and ID.tests.yaml into the folder of --rules: the template with
another id, name and version, everything else to be changed step by step while
`check` and `test` stay green. A TEMPLATE that is not in --rules is one of the
rulebooks that ship.

exit codes: 0 written, 2 wrong usage, or a file that is there already.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `new` was asked; without a template, the blank one."""

    id: str
    template: str | None
    rules: Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument("id", metavar="ID", help="id of the new rulebook: small letters, digits and `_`")
    template = parser.add_mutually_exclusive_group(required=True)
    template.add_argument(
        "--from", metavar="TEMPLATE", dest="template",
        help="id of a rulebook in --rules, or of one that ships, or path of its file",
    )  # fmt: skip
    template.add_argument(
        "--blank", action="store_true", help="the least of a rulebook: three questions, two bands"
    )
    add_rules(parser, demo=False)


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(arguments.id, arguments.template, arguments.rules)


def run(options: Options, streams: Streams) -> int:
    """Write the two files."""
    if not is_id(options.id):
        raise UsageError(
            f"`{shown(options.id)}` is not an id", "write small letters, digits and `_`, such as `my_leads`"
        )
    rulebook = options.rules / f"{options.id}{ENDING}"
    suite = suite_path(rulebook)
    _demand_free(options.rules, rulebook, suite)
    ships = shipped("rules")
    path = find_rulebook(options.template, options.rules, ships) if options.template else blank_path()
    template = load_file(path, streams)
    started = start_from(template.source, options.id, options.rules, options.rules)
    make_folder(options.rules)
    write_whole(rulebook, started.rulebook)
    write_whole(suite, started.suite)
    streams.out.write(f"wrote {rulebook} and {suite}\n")
    streams.out.write(
        f"next: change them, then `scorewright check {rulebook}` and `scorewright test {rulebook}`\n"
    )
    if not (options.rules / RULEBOOK_FILE).exists():
        streams.out.write(
            f"`scorewright init {options.rules}` adds the schemas that editors complete them with\n"
        )
    return CLEAN


def _demand_free(rules: Path, rulebook: Path, suite: Path) -> None:
    below = [path for path in rulebooks_in(rules) if path.name == rulebook.name]
    for path in (rulebook, suite, *below):
        if path.exists():
            raise UsageError(f"{shown(str(path))} is there already", "choose another id, or delete the file")
