"""Signals and measures of a program, prepared once: the law's own, without trying every pair of facts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from scorewright.engines.compiled.fact_index import Choosing, Chosen, FactIndex
from scorewright.engines.compiled.joins import MOST, CompiledPattern, TriedError, Tries, first_way, lines_of
from scorewright.engines.engine_errors import TooManyFactsError
from scorewright.program import Program
from scorewright.program.condition import Value
from scorewright.program.fact import Fact, Moment
from scorewright.program.signal import Aggregation, Measure, MeasureTest, Pattern, Signal
from scorewright.semantics.signals import MeasuredFacts, days_of, in_order, reduced


@dataclass(frozen=True, slots=True)
class CompiledMeasure:
    """A measure, prepared."""

    how: Measure
    chosen: Chosen

    def of(self, past: FactIndex) -> Value | None:
        """Make one answer of facts; None where there is none to make it of."""
        if self.how.way is Aggregation.STREAK:
            newest = reversed(in_order(self.how, past.aged(self.chosen)))
            passing = takewhile(lambda fact: self.chosen.passes(fact, past.day), newest)
            return Fraction(sum(1 for _ in passing))
        return reduced(self.how, past.found(self.chosen).facts, past.moment)


@dataclass(frozen=True, slots=True)
class CompiledMeasureTest:
    """A tally, prepared."""

    amount: CompiledMeasure
    compare: Callable[..., bool]

    def holds(self, past: FactIndex) -> bool:
        """Return whether a measure compares as it should."""
        value = self.amount.of(past)
        return value is not None and self.compare(value, past.day)


@dataclass(frozen=True, slots=True)
class CompiledSignal:
    """A signal, prepared: its tallies are asked before its patterns."""

    tallies: tuple[CompiledMeasureTest, ...]
    lines: tuple[CompiledPattern, ...]


class Matcher:
    """Measure answers and ask signals; safe to share between threads."""

    def __init__(self, program: Program, engine: str, most: int = MOST) -> None:
        self._engine = engine
        self._most = most
        self.choose = Choosing()
        self._amounts = tuple(
            (item.name, self._amount(item.measure)) for item in program.inputs if item.measure
        )
        self._signals = {signal.id: self._prepared(signal) for signal in program.signals}
        read = self.choose.kinds
        self._kinds = tuple(kind for kind in program.kinds if kind.name in read)

    def measured(self, facts: Sequence[Fact], moment: Moment) -> MeasuredFacts:
        """Measure every answer and ask every signal, as of a moment."""
        past = self.past(facts, moment)
        ways = self.ways(past, self._signals)
        return MeasuredFacts(self.answers(past, ways), ways)

    def past(self, facts: Sequence[Fact], moment: Moment) -> FactIndex:
        """Put the facts of an account in order."""
        return FactIndex(self._kinds, facts, moment)

    def answers(self, past: FactIndex, ways: Mapping[str, tuple[Fact, ...]]) -> Mapping[str, Value]:
        """Measure every answer that can be measured; `ways` are the facts behind each signal that is true."""
        found = ((name, self._answer(amount, past, ways)) for name, amount in self._amounts)
        return {name: value for name, value in found if value is not None}

    def _answer(
        self, amount: CompiledMeasure, past: FactIndex, ways: Mapping[str, tuple[Fact, ...]]
    ) -> Value | None:
        of_signal = amount.how.way is Aggregation.DAYS_OF
        return days_of(amount.how, ways, past.moment) if of_signal else amount.of(past)

    def ways(self, past: FactIndex, signals: Iterable[str]) -> dict[str, tuple[Fact, ...]]:
        """Return the first way of each of these signals that is true."""
        tries = Tries(self._most)
        return {id: way for id in signals if (way := self._way(id, past, tries)) is not None}

    def _way(self, id: str, past: FactIndex, tries: Tries) -> tuple[Fact, ...] | None:
        signal = self._signals[id]
        if not all(tally.holds(past) for tally in signal.tallies):
            return None
        try:
            return first_way(signal.lines, past, tries)
        except TriedError:
            why = f"needs more than {self._most:,} facts to be tried, with those of the signals before it"
            raise TooManyFactsError(self._engine, id, why) from None

    def _prepared(self, signal: Signal) -> CompiledSignal:
        tallies = [part for part in signal.parts if isinstance(part, MeasureTest)]
        patterns = [part for part in signal.parts if isinstance(part, Pattern)]
        return CompiledSignal(tuple(map(self._counted, tallies)), lines_of(patterns, self.choose))

    def _counted(self, tally: MeasureTest) -> CompiledMeasureTest:
        return CompiledMeasureTest(self._amount(tally.measure), tally.op.prepared(tally.value))

    def _amount(self, how: Measure) -> CompiledMeasure:
        return CompiledMeasure(how, self.choose(how.select))
