"""`scorewright schema`: write the JSON Schema that editors complete and check rulebooks and tests with."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from scorewright.cli.command import CLEAN, UsageError
from scorewright.cli.findings import for_people
from scorewright.cli.output import write_whole
from scorewright.cli.reporters.shown import shown
from scorewright.cli.schema_files import RULEBOOK_FILE, schema_files
from scorewright.cli.stdio import Streams
from scorewright.rulebook import ENDING, SUITE_ENDING, Source, read_tree
from scorewright.rulebook.nodes import Node
from scorewright.rulebook.schema import rulebook_schema, schema_text
from scorewright.suites import suite_schema

_EPILOG = f"""\
The first line of a file tells editors which schema to use:
  # yaml-language-server: $schema=./{RULEBOOK_FILE}
`scorewright schema --into rules` brings the two files beside the rulebooks up
to date. --for takes one file and allows no ids but its own: editors complete
its inputs, criteria, bands and actions, and mark those that do not exist.

exit codes: 0 written, 2 wrong usage, or a file that cannot be read or written.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `schema` was asked."""

    tests: bool
    file: Path | None
    output: Path | None
    folder: Path | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument("--tests", action="store_true", help="the schema of test files, not of rulebooks")
    parser.add_argument(
        "--for", metavar="FILE", dest="file", type=Path, help="the schema of this file, with its own ids"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--output", metavar="FILE", type=Path, help="write here, not to standard output")
    where.add_argument(
        "--into", metavar="FOLDER", dest="folder", type=Path, help="write both general schemas into a folder"
    )


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    if arguments.folder and (arguments.file or arguments.tests):
        raise UsageError("--into writes both general schemas", "leave out --for and --tests, or use --output")
    return Options(arguments.tests, arguments.file, arguments.output, arguments.folder)


def run(options: Options, streams: Streams) -> int:
    """Write the schema."""
    if options.folder is not None:
        if not options.folder.is_dir():
            raise UsageError(f"there is no folder {shown(str(options.folder))}")
        for name, text in schema_files().items():
            write_whole(options.folder / name, text)
            streams.out.write(f"{options.folder / name}\n")
        return CLEAN
    tests = options.tests or (options.file is not None and _is_suite(options.file))
    root = _root(options.file, streams) if options.file else None
    text = schema_text(suite_schema(root) if tests else rulebook_schema(root))
    if options.output is None:
        streams.out.write(text)
    else:
        write_whole(options.output, text)
    return CLEAN


def _root(file: Path, streams: Streams) -> Node:
    """Read the tree of a rulebook, or of the one beside a suite; its ids are taken whatever else is wrong."""
    path = file.with_name(file.name.removesuffix(SUITE_ENDING) + ENDING) if _is_suite(file) else file
    source, report = Source.read(path)
    root, more = read_tree(source) if source else (None, report)
    if root is None:
        streams.err.write(for_people(report + more, streams.paint_err) + "\n")
        raise UsageError(f"{shown(str(path))} cannot be read")
    return root


def _is_suite(file: Path) -> bool:
    return file.name.endswith(SUITE_ENDING)
