"""What an engine cannot express of a rulebook, as findings."""

from scorers.checks.base import Finder
from scorers.diagnostics import Report
from scorers.errors import InexpressibleError
from scorers.program import Program
from scorers.rulebook.read import Document


def inexpressible(document: Document, program: Program, engine: str) -> Report:
    """List the conditions that an engine refuses, each at its place; only `durable` refuses any."""
    if engine != "durable":
        return Report()
    # Imported here: the other engines, and `check`, have no use for it.
    from scorers.engines.durable.plan import plan

    try:
        plan(program)
    except InexpressibleError as error:
        finder = Finder(document, "durable-cannot-express")
        why = "the engine `durable` cannot express this condition"
        return Report.of(finder.at(part.path, f"{why}: {part.message}", part.help) for part in error.reasons)
    return Report()
