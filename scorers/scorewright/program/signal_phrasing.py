"""Signals and measures in words: the short form that answers and documents print."""

from collections.abc import Iterator

from scorewright.program.condition import Op
from scorewright.program.exact_numbers import text
from scorewright.program.fact import DAY, Moment
from scorewright.program.signal import (
    Aggregation,
    Assertion,
    Comparison,
    Constant,
    Measure,
    MeasureTest,
    Pattern,
    Related,
    Select,
    Signal,
)
from scorewright.program.value import value_text

_UNITS = (("day", DAY), ("hour", DAY // 24), ("minute", DAY // 1440), ("second", DAY // 86_400))


def measure_text(measure: Measure) -> str:
    """Write how an answer is made of facts: `days since the last api_call`."""
    which = select_text(measure.select)
    field = measure.fields[0] if measure.fields else ""
    match measure.way:
        case Aggregation.COUNT:
            return f"number of {which}"
        case Aggregation.TOTAL:
            return f"total of {field} of {which}"
        case Aggregation.STREAK:
            return f"streak of {which}"
        case Aggregation.DAYS_SINCE:
            return f"days since the last {which}"
        case Aggregation.DAYS_OF:
            return f"days of {measure.signal}"
        case Aggregation.LATEST:
            return f"{field} of the last {which}"
        case Aggregation.HIGHEST | Aggregation.LOWEST:
            return f"{measure.way} {field} of {which}"
        case Aggregation.EVERY:
            return f"every {which}" if measure.records else f"{field} of every {which}"


def select_text(select: Select) -> str:
    """Write which facts are meant: `visit where page is pricing, within 30 days`."""
    return _which(select, select.tests, ())


def signal_lines(signal: Signal) -> Iterator[str]:
    """Write what a signal looks for, a line for each of its parts."""
    for part in signal.parts:
        yield _tally_text(part) if isinstance(part, MeasureTest) else _pattern_text(part)


def assertion_text(assertion: Assertion) -> str:
    """Write a fact that follows: `at_risk: cause is silence`."""
    fields = ", ".join(f"{name} is {value_text(value)}" for name, value in assertion.values)
    return f"{assertion.kind}: {fields}" if fields else assertion.kind


def age_text(age: Moment) -> str:
    """Write a time: `7 days`, `36 hours`."""
    unit, size = next((unit, size) for unit, size in _UNITS if age % size == 0 or unit == "second")
    count = age // size
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _tally_text(tally: MeasureTest) -> str:
    return f"({measure_text(tally.measure)}) {tally.op.text(tally.value)}"


def _pattern_text(pattern: Pattern) -> str:
    order = [f"after {alias}" for alias in pattern.after] + [f"before {alias}" for alias in pattern.before]
    which = _which(pattern.select, (*pattern.select.tests, *pattern.joins), order)
    if pattern.absent:
        return f"no {which}"
    # A name that the compiler made stands for none.
    return which if pattern.alias.startswith("#") else f"{which} (as {pattern.alias})"


def _which(select: Select, tests: tuple[Comparison, ...], order: list[str] | tuple[()]) -> str:
    where = " and ".join(map(_test_text, tests))
    parts = [f"{select.kind} where {where}" if where else select.kind, *order]
    if select.within is not None and select.older_than:
        parts.append(f"{age_text(select.older_than)} to {age_text(select.within)} ago")
    elif select.within is not None:
        parts.append(f"within {age_text(select.within)}")
    elif select.older_than:
        parts.append(f"older than {age_text(select.older_than)}")
    return ", ".join(parts)


def _test_text(test: Comparison) -> str:
    if isinstance(test, Constant):
        return f"{test.field} {test.op.text(test.value)}"
    return _related_text(test)


def _related_text(test: Related) -> str:
    other = f"{test.alias}.{test.other}" if test.alias else test.other
    if test.op is Op.IS:
        return f"{test.field} {'differs from' if test.differs else 'is the same as'} {other}"
    times = "" if test.times == 1 else f"{text(test.times)} x "
    above = f" + {text(test.above)}" if test.above > 0 else f" - {text(-test.above)}" if test.above else ""
    return f"{test.field} {test.op.row.says.format(f'{times}{other}{above}')}"
