"""What the facts of an account say: measures and signals, plainly."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from typing import Any

from scorewright.program import Program
from scorewright.program.condition import Value
from scorewright.program.fact import DAY, Fact, Moment, day_of
from scorewright.program.signal import Aggregation, Measure, MeasureTest, Pattern, Signal
from scorewright.semantics.selected_facts import History, aged, history, passes, related, selected

Bound = Mapping[str, Fact]
"""The facts that earlier patterns have, by alias."""


@dataclass(frozen=True, slots=True)
class MeasuredFacts:
    """What facts say: the answers measured, and of each signal that is true the facts that make it so."""

    answers: Mapping[str, Value]
    signals: Mapping[str, tuple[Fact, ...]]


def measured(program: Program, facts: Iterable[Fact], moment: Moment) -> MeasuredFacts:
    """Measure every answer and ask every signal, as of a moment."""
    past = history(program.kinds, facts, moment)
    found = {signal.id: way for signal in program.signals if (way := first_way(signal, past)) is not None}
    wanted = [(item.name, item.measure) for item in program.inputs if item.measure]
    answers = {name: value for name, how in wanted if (value := answered(how, past, found)) is not None}
    return MeasuredFacts(answers, found)


def answered(how: Measure, past: History, signals: Mapping[str, tuple[Fact, ...]]) -> Value | None:
    """Make the answer to an input; `signals` are those that are true, with the facts behind them."""
    return days_of(how, signals, past.moment) if how.way is Aggregation.DAYS_OF else measure(how, past)


def days_of(how: Measure, signals: Mapping[str, tuple[Fact, ...]], moment: Moment) -> Fraction:
    """Count whole days from the first fact behind a signal; 0 where the signal is false."""
    behind = signals.get(how.signal)
    return days(behind[0], moment) if behind else Fraction(0)


def measure(how: Measure, past: History) -> Value | None:
    """Make one answer of facts; None where there is no fact to make it of."""
    if how.way is Aggregation.STREAK:
        looked_at = in_order(how, [fact for fact in past.of(how.select.kind) if aged(how.select, fact, past)])
        return Fraction(sum(1 for _ in takewhile(lambda f: passes(how.select, f, past), reversed(looked_at))))
    return reduced(how, selected(how.select, past), past.moment)


def reduced(how: Measure, facts: Sequence[Fact], moment: Moment) -> Value | None:
    """Make one answer of the facts that are meant, the oldest first."""
    match how.way:
        case Aggregation.COUNT | Aggregation.STREAK | Aggregation.DAYS_OF:
            return Fraction(len(facts))
        case Aggregation.TOTAL:
            return sum((_number(fact.values[how.fields[0]]) for fact in facts), Fraction(0))
        case Aggregation.EVERY:
            return tuple(_part(how, fact) for fact in in_order(how, facts))
    if not facts:
        return how.otherwise
    match how.way:
        case Aggregation.DAYS_SINCE:
            return days(facts[-1], moment)
        case Aggregation.LATEST:
            return facts[-1].values[how.fields[0]]
        case Aggregation.HIGHEST:
            return max((fact.values[how.fields[0]] for fact in facts), key=_rank(how))
        case Aggregation.LOWEST:
            return min((fact.values[how.fields[0]] for fact in facts), key=_rank(how))


def in_order(how: Measure, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Order facts for what looks at one after the other: records by their key, events as they are."""
    return sorted(facts, key=lambda fact: [_comparable(fact.values[field]) for field in how.by])


def days(fact: Fact, moment: Moment) -> Fraction:
    """Return how many whole days old a fact is."""
    return Fraction((moment - fact.at) // DAY)


def _rank(how: Measure) -> Callable[[Value], Any]:
    order = {option: place for place, option in enumerate(how.order)}
    return (lambda value: order[str(value)]) if order else _comparable


def _comparable(value: Value) -> Any:
    # All values of one field are of one type.
    return value


def _number(value: Value) -> Fraction:
    assert isinstance(value, Fraction)  # INVARIANT: the checks let totals read fields of numbers only
    return value


def _part(how: Measure, fact: Fact) -> Value:
    values = tuple(fact.values[field] for field in how.fields)
    return values if how.records else values[0]


def first_way(signal: Signal, past: History) -> tuple[Fact, ...] | None:
    """Return the first facts, pattern by pattern, that make a signal true; None where it is false."""
    tallies = [part for part in signal.parts if isinstance(part, MeasureTest)]
    if not all(tally_holds(tally, past) for tally in tallies):
        return None
    patterns = [part for part in signal.parts if isinstance(part, Pattern)]
    return next(_ways(patterns, {}, past), None)


def tally_holds(tally: MeasureTest, past: History) -> bool:
    """Return whether a measure compares as it should."""
    value = measure(tally.measure, past)
    return value is not None and tally.op.holds(value, tally.value, day_of(past.moment))


def _ways(patterns: Sequence[Pattern], bound: Bound, past: History) -> Iterator[tuple[Fact, ...]]:
    if not patterns:
        yield tuple(bound.values())
        return
    pattern, *others = patterns
    found = (fact for fact in selected(pattern.select, past) if joined(pattern, fact, bound))
    if pattern.absent:
        if next(found, None) is None:
            yield from _ways(others, bound, past)
        return
    for fact in found:
        yield from _ways(others, {**bound, pattern.alias: fact}, past)


def joined(pattern: Pattern, fact: Fact, bound: Bound) -> bool:
    """Return whether a fact fits those that earlier patterns have."""
    return (
        all(bound[alias].at < fact.at for alias in pattern.after)
        and all(fact.at < bound[alias].at for alias in pattern.before)
        and all(related(join, fact, bound[join.alias]) for join in pattern.joins)
    )
