"""A failed test, side by side: what was expected, what came, and how the answer came about."""

from collections.abc import Iterator

from scorewright.cli.reporters.shown import shown, width
from scorewright.cli.stdio import Paint
from scorewright.program.phrasing import zero_text
from scorewright.program.unset_fields import for_people
from scorewright.results import Invalid, zero_divisors
from scorewright.suites import Result, part_text

WIDEST = 44
"""The widest column of expected parts; wider ones push the answer to a line of its own."""

_INDENT = "   "


def render_diff(result: Result, paint: Paint) -> str:
    """Write the expectations that are not met as a table, and the reasons of the answer below it."""
    rows = [(m.what, shown(part_text(m.expected)), shown(part_text(m.got))) for m in result.mismatches]
    names = max(width(name) for name, _, _ in rows)
    column = max(len("expected"), *(min(width(expected), WIDEST) for _, expected, _ in rows))
    lines = [paint(f"{'':{names}}  {_fit('expected', column)}  got", "dim")]
    for name, expected, got in rows:
        head = f"{_fit(name, names)}  {paint(_fit(expected, column), 'green')}"
        lines.append(head if width(expected) > column else f"{head}  {paint(got, 'red')}")
        lines += [f"{'':{names}}  {'':{column}}  {paint(got, 'red')}"] if width(expected) > column else []
    lines += [f"{_fit(word, names)}  {line}" for word, line in _why(result)]
    return "".join(f"{_INDENT}{line}".rstrip() + "\n" for line in lines)


def _why(result: Result) -> Iterator[tuple[str, str]]:
    answer = result.answer
    if isinstance(answer, Invalid):
        reasons = [f"{error.input}: {error.message}" for error in answer.errors]
    else:
        outcome = answer.outcome
        reasons = list(outcome.reasons)
        missing = [name for names, more in for_people(outcome.missing) for name in (*names, more) if name]
        reasons += [f"missing: {', '.join(missing)}"] if missing else []
        reasons += [zero_text(zero_divisors(outcome.over_zero))] if outcome.over_zero else []
        steps = (
            f"{step.where}: {step.change} from {step.before} to {step.after}" for step in outcome.adjustments
        )
        reasons += [line.replace("_", " ") for line in steps]
    for index, reason in enumerate(reasons):
        yield ("" if index else "why"), shown(reason)


def _fit(part: str, columns: int) -> str:
    return part + " " * (columns - width(part))
