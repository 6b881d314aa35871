"""`scorewright init`: start a folder of rulebooks, or add what one lacks."""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scorewright.cli.arguments import RULES
from scorewright.cli.command import CLEAN
from scorewright.cli.output import make_folder, write_whole
from scorewright.cli.reporters.shown import shown
from scorewright.cli.schema_files import RULEBOOK_FILE, editor_line, has_editor_line, schema_files
from scorewright.cli.stdio import Streams
from scorewright.cli.template import blank_path, empty_suite, is_id, start_from
from scorewright.rulebook import ENDING, Source, rulebooks_in, suite_path

FIRST: Final = "first_scorecard"
"""The id of the rulebook that a folder without any begins with."""

_LISTED: Final = 3

_EPILOG = f"""\
Writes what the folder lacks, and changes nothing that is there:
  the two JSON Schemas by which editors complete and check rulebooks and tests
  {FIRST}.yaml, a rulebook to change, where there is no rulebook yet
  the tests of a rulebook that has none beside it, to be filled
The first line of what it writes tells editors which schema to use.

exit codes: 0 done, or nothing was missing, 2 wrong usage, or a file that cannot
be read or written.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """Which folder `init` starts."""

    folder: Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, default=RULES, help="the folder (default: rules)"
    )


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(arguments.folder)


def run(options: Options, streams: Streams) -> int:
    """Write what is missing, and say what was."""
    folder = options.folder
    make_folder(folder)
    before = rulebooks_in(folder)
    missing = [(path, text) for path, text in _parts(folder, before) if not os.path.lexists(path)]
    for path, text in missing:
        write_whole(path, text)
        streams.out.write(f"wrote {shown(str(path))}\n")
    if not missing:
        streams.out.write(f"nothing was missing in {shown(str(folder))}\n")
    _note_old_schemas(folder, streams)
    _note_no_line(folder, before, streams)
    if not before:
        checks = f"`scorewright check {shown(str(folder))}` and `scorewright test {shown(str(folder))}`"
        streams.out.write(f"next: change {shown(str(folder / FIRST))}{ENDING}, then {checks}\n")
    return CLEAN


def _parts(folder: Path, rulebooks: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield each file that a folder of rulebooks has, with what `init` writes where it is missing."""
    yield from ((folder / name, text) for name, text in schema_files().items())
    blank, _ = Source.read(blank_path())
    assert blank is not None  # INVARIANT: it ships, and a test reads it
    if not rulebooks:
        first = folder / f"{FIRST}{ENDING}"
        started = start_from(blank, FIRST, folder, folder)
        yield from ((first, started.rulebook), (suite_path(first), started.suite))
    for path in rulebooks:
        id = path.name.removesuffix(ENDING)
        if not is_id(id):
            continue
        started = start_from(blank, id, path.parent, folder)
        untouched = Source.read(path)[0] == Source(str(path), started.rulebook)
        yield suite_path(path), started.suite if untouched else empty_suite(id, path.parent, folder)


def _note_old_schemas(folder: Path, streams: Streams) -> None:
    for name, text in schema_files().items():
        found, _ = Source.read(folder / name)
        if found is None or found.text != text:
            way = f"`scorewright schema --into {shown(str(folder))}` brings it up to date"
            _note(streams, f"{shown(str(folder / name))} is not what this scorewright writes; {way}")


def _note_no_line(folder: Path, rulebooks: Sequence[Path], streams: Streams) -> None:
    read = ((path, Source.read(path)[0]) for path in rulebooks)
    bare = [path for path, source in read if source and not has_editor_line(source.text)]
    if bare:
        names = ", ".join(shown(str(path)) for path in bare[:_LISTED])
        more = f" and {len(bare) - _LISTED} more" if len(bare) > _LISTED else ""
        line = editor_line(folder / RULEBOOK_FILE, bare[0].parent)
        _note(
            streams,
            f"editors use the schema where the first line is `{line}`, which is missing in {names}{more}",
        )


def _note(streams: Streams, text: str) -> None:
    streams.err.write(f"{streams.paint_err('note:', 'note')} {text}\n")
