"""`scorewright fmt`: format rulebooks and suites, comments and all."""

import argparse
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from scorewright.cli.arguments import add_paths
from scorewright.cli.command import CLEAN, FINDINGS, WRONG
from scorewright.cli.findings import counted, exit_code, for_people
from scorewright.cli.output import write_whole
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Streams
from scorewright.diagnostics import Report
from scorewright.rulebook import ENDING, Source
from scorewright.rulebook.format import format_source

_EPILOG = """\
Blocks are indented by two spaces, lists below their key; sections are parted
by one blank line; no line ends in spaces. Quotes, brackets, the order of keys,
spaces inside a line and the breaks of long texts stay as they are, and so does
every comment. Formatting twice changes nothing more.

exit codes: 0 done (with --check: nothing to do), 1 --check found something or
a file has errors, 2 a path that cannot be read or written.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `fmt` was asked."""

    paths: tuple[Path, ...]
    check: bool


class Done(Enum):
    """What came of one file."""

    ALREADY = auto()
    CHANGED = auto()
    BROKEN = auto()
    UNSAFE = auto()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    add_paths(parser)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; name the files that would change"
    )


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(tuple(arguments.paths), arguments.check)


def run(options: Options, streams: Streams) -> int:
    """Format every file."""
    files = files_of(options.paths)
    report, done = Report(), []
    for path in files:
        found, reading = _format(path, options, streams)
        report += reading
        done.append(found)
    changed, unsafe = done.count(Done.CHANGED), done.count(Done.UNSAFE)
    verb = "would change" if options.check else "changed"
    streams.err.write(f"{verb} {changed} of {counted(len(files), 'file')}\n")
    if report.has_errors:
        streams.err.write(for_people(report.errors, streams.paint_err))
        return exit_code(report, strict=False)
    if unsafe or not files:
        return WRONG
    return FINDINGS if options.check and changed else CLEAN


def files_of(paths: tuple[Path, ...]) -> list[Path]:
    """List the files to format: paths as they are, and all YAML files right in a folder."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _format(path: Path, options: Options, streams: Streams) -> tuple[Done, Report]:
    source, report = Source.read(path)
    if source is None:
        return Done.BROKEN, report
    text, reading = format_source(source)
    report += reading
    name = shown(str(path))
    if text is None:
        if report.has_errors:
            return Done.BROKEN, report
        message = f"{name}: left as it is; formatting it would change what it says"
        streams.err.write(f"{streams.paint_err('error:', 'bad')} {message}\n")
        return Done.UNSAFE, report
    if _written(path) == text.encode():
        return Done.ALREADY, report
    if not options.check:
        write_whole(path, text)
    streams.out.write(f"{name}\n")
    return Done.CHANGED, report


def _written(path: Path) -> bytes:
    # Not the source's text: it has lost a byte order mark.
    return path.read_bytes()
