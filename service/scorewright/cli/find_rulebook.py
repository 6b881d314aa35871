"""Find a rulebook by its id or path, and load it."""

import os
from pathlib import Path

from scorewright.cli.arguments import demand_rules
from scorewright.cli.command import UsageError
from scorewright.cli.findings import for_people
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Streams
from scorewright.diagnostics import suggestion
from scorewright.program import Program
from scorewright.rulebook import ENDING, rulebooks_in
from scorewright.scoring import Loaded, load_paths


def load_program(name: str, rules: Path, streams: Streams, engine: str) -> Program:
    """Load the program of one rulebook; a broken one ends the command with its findings."""
    return load_rulebook(name, rules, streams, engine).program


def load_rulebook(name: str, rules: Path, streams: Streams, engine: str = "compiled") -> Loaded:
    """Load one rulebook for an engine; a broken one ends the command with its findings."""
    return load_file(find_rulebook(name, rules), streams, engine)


def load_file(path: Path, streams: Streams, engine: str = "compiled") -> Loaded:
    """Load the rulebook of a file for an engine; a broken one ends the command with its findings."""
    loaded, report = load_paths([path], engine)
    if not loaded or report.has_errors:
        streams.err.write(for_people(report.errors, streams.paint_err) + "\n")
        raise UsageError(
            f"{shown(str(path))} cannot be used", f"`scorewright check {shown(str(path))}` says more"
        )
    return loaded[0]


def find_rulebook(name: str, rules: Path, ships: Path | None = None) -> Path:
    """Find the file of a rulebook: a path as it is, an id in the folder of rulebooks, else in what ships."""
    if name.endswith((".yaml", ".yml")) or os.sep in name:
        return Path(name)
    if ships is None:
        demand_rules(rules)
    folders = [folder for folder in (rules, ships) if folder is not None]
    for folder in folders:
        if found := _find_in(folder, name):
            return found
    ids = [id for folder in folders for id in rulebook_ids(folder)]
    nor = " or ships with scorewright" if ships else ""
    raise UsageError(
        f"no rulebook is called `{shown(name)}` in {shown(str(rules))}{nor}", suggestion(name, ids)
    )


def _find_in(folder: Path, name: str) -> Path | None:
    path = folder / f"{name}{ENDING}"
    if os.path.lexists(path):
        return path
    below = [file for file in rulebooks_in(folder) if file.name == path.name]
    if len(below) > 1:
        files = " and ".join(shown(str(file)) for file in below[:2])
        raise UsageError(f"`{shown(name)}` could be {files}", "write the path of the file")
    return below[0] if below else None


def rulebook_ids(rules: Path) -> list[str]:
    """List the rulebooks of a folder by their file names."""
    return sorted(path.name.removesuffix(ENDING) for path in rulebooks_in(rules))
