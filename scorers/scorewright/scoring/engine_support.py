"""What an engine cannot express of a rulebook, as findings."""

from collections.abc import Iterator

from scorewright.checks import Finder
from scorewright.diagnostics import Report
from scorewright.engines import Inexpressible, InexpressibleError
from scorewright.program import Program
from scorewright.rulebook import Document


def inexpressible(document: Document, program: Program, engine: str) -> Report:
    """List what an engine refuses, each part at its place; only `durable` refuses any."""
    if engine != "durable":
        return Report()
    finder = Finder(document, "durable-cannot-express")
    return Report.of(
        finder.at(
            part.path, f"the engine `durable` cannot express this {_what(part)}: {part.message}", part.help
        )
        for part in _refused(program)
    )


def _refused(program: Program) -> Iterator[Inexpressible]:
    # Imported here: the other engines, and `check`, have no use for it.
    from scorewright.engines import askings, plan

    for stage in (plan, askings):
        try:
            stage(program)
        except InexpressibleError as error:
            yield from error.reasons


def _what(part: Inexpressible) -> str:
    return "signal" if part.path[0] == "signals" else "condition"
