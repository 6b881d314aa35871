"""The index of findings, in Markdown, written from the register."""

from scorewright.diagnostics.codes import CODES, Code, Family

HEAD = """\
# Findings

Every finding of `check`, of `test` and of a server's start, written from the register by `make reference`; a
test fails where it is old. A name leads to its page: an example that prints it, and the same mended. Names
and numbers are [stable](../stability.md). An error stops, a warning stops with `--strict`, a note never does.
"""

_ABOUT = {
    Family.TEXT: "The text",
    Family.SHAPE: "Keys and values",
    Family.NAMES: "Names",
    Family.INPUTS: "Inputs",
    Family.CRITERIA: "Criteria",
    Family.POINTS: "Points and totals",
    Family.BANDS: "Bands",
    Family.MATRIX: "The matrix",
    Family.ACTIONS: "Actions and reasons",
    Family.TESTS: "Tests",
    Family.TABLES: "Rule tables",
    Family.FACTS: "Facts and signals",
    Family.ENGINES: "Engines",
    Family.VERSIONS: "Versions",
}


def code_reference() -> str:
    """Write the page."""
    return "\n".join([HEAD, *(_family(family) for family in Family)])


def _family(family: Family) -> str:
    rows = [_row(code) for code in CODES.values() if code.family is family]
    head = "| finding | number | | says that |\n| --- | --- | --- | --- |"
    return "\n".join([f"## {_ABOUT[family]}\n", head, *rows, ""])


def _row(code: Code) -> str:
    page = f"[`{code.name}`](../diagnostics/{code.name}.md)"
    return f"| {page} | {code.number} | {code.severity.value} | {code.title} |"
