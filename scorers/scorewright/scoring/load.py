"""Load rulebooks: read, check, compile, and stop after the first stage with errors."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from scorewright.checks import Analysis, accept, check_program, check_references, kinds_differ, not_effective
from scorewright.compiler import compile_rulebook
from scorewright.diagnostics import Budget, Label, Report, Stopped, finding, never, quoted
from scorewright.program import Program
from scorewright.rulebook import Document, Source, find_rulebooks, read_rulebook, told
from scorewright.rulebook.nodes import locate
from scorewright.scoring.engine_support import inexpressible


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rulebook that may score: its text, its model with places, and its program.

    `ends` are the lowest and the highest total, made of points, that any subject comes to; None where there
    is none, and where they are not decided.
    """

    source: Source
    document: Document
    program: Program
    ends: tuple[Fraction, Fraction] | None


def load_source(
    source: Source, engine: str = "compiled", today: date | None = None, stopped: Stopped = never
) -> tuple[Loaded | None, Report]:
    """Load one rulebook for an engine; nothing comes back if there is an error.

    With `today`, a rulebook that does not apply on that day is told; nothing here has a clock. StoppedError
    is raised once it is `stopped`.
    """
    document, report = read_rulebook(source, Budget(stopped=stopped))
    if document is None:
        return None, told(source, report)
    report += check_references(document)
    if report.has_errors:
        return None, told(source, accept(document, report, complete=False))
    program = compile_rulebook(document.rulebook, document.budget)
    document.budget.look()
    analysis = Analysis(document, program)
    report += check_program(analysis)
    report += not_effective(document, program, today) if today else Report()
    report = accept(document, report, complete=not report.has_errors)
    if not report.has_errors:
        report += inexpressible(document, program, engine)
    if report.has_errors:
        return None, told(source, report)
    return Loaded(source, document, program, analysis.ends), report


def load_paths(
    paths: Sequence[str | os.PathLike[str]], engine: str = "compiled", today: date | None = None
) -> tuple[tuple[Loaded, ...], Report]:
    """Load the rulebooks at these paths, and those in each folder among them; test files are passed over."""
    files, report = find_rulebooks(map(Path, paths))
    loaded, found = load_files(files, engine, today)
    return loaded, report + found


def load_files(
    files: Sequence[Path], engine: str = "compiled", today: date | None = None
) -> tuple[tuple[Loaded, ...], Report]:
    """Load the rulebooks of these files; the report holds the text of each, also of what failed."""
    report, found = Report(), list[Loaded]()
    for path in files:
        source, reading = Source.read(path)
        report += reading
        if source is not None:
            loaded, loading = load_source(source, engine, today)
            report += loading
            found += [loaded] if loaded else []
    side_by_side = kinds_differ([Analysis(loaded.document, loaded.program) for loaded in found])
    return tuple(found), report + _twice(found) + side_by_side


def _twice(found: Sequence[Loaded]) -> Report:
    """Find rulebooks of one id."""
    first: dict[str, Loaded] = {}
    report = Report()
    for loaded in found:
        other = first.setdefault(loaded.program.id, loaded)
        if other is not loaded:
            here, there = (locate(item.document.root, ("rulebook", "id")) for item in (loaded, other))
            message = f"two rulebooks are called {quoted(loaded.program.id)}"
            labels = [Label(there, "first written here")]
            report += Report.of([finding("duplicate-id", here, message, "give each its own id", (), labels)])
    return report
