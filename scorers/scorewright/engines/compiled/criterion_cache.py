"""What each criterion makes of the answers that it asks for, worked out once for each of them."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import itemgetter

from scorewright.engines.compiled.closures import Earn, earner
from scorewright.engines.compiled.fixed_point import Number, whole
from scorewright.engines.compiled.key_decoder import KeyDecoder
from scorewright.engines.compiled.key_encoder import Key
from scorewright.engines.compiled.memo import Memo
from scorewright.program import Criterion, Policy, Program
from scorewright.program.condition import Value
from scorewright.results import Invalid
from scorewright.semantics import Environment, divisors_of
from scorewright.semantics.breakdown import CriterionEarned
from scorewright.semantics.missing_policy import policy_of
from scorewright.validation import Answers

MOST = 1024
"""The most parts that are kept of one criterion."""

POLICIES: tuple[Policy | None, ...] = (None, *Policy)
"""What a mark stands for: 0 where the answer is known."""

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, eq=False)
class CachedCriterion:
    """What one criterion earns: in units, and how far it is from the most; `known` are the answers."""

    criterion: Criterion
    earned: CriterionEarned
    mark: int
    units: Number
    gain: Number
    known: Mapping[str, Value]
    as_of: date


class CriterionCache:
    """The parts of one program's criteria; `unit` is how many units one point has."""

    def __init__(self, program: Program, reader: KeyDecoder, unit: int) -> None:
        self.program = program
        self.reader = reader
        self.unit = unit
        self._sources = tuple(self._source(criterion) for criterion in program.criteria)

    def of(self, key: Key) -> list[CachedCriterion]:
        """Return every criterion's part for a key."""
        return [parts[pick(key)] for pick, parts in self._sources]

    def _source(
        self, criterion: Criterion
    ) -> tuple[Callable[[Key], Hashable], Memo[Hashable, CachedCriterion]]:
        values = {derived.name for derived in self.program.values}
        derived = not values.isdisjoint(criterion.inputs)
        names = [item.name for item in self.program.inputs] if derived else criterion.inputs
        places = self.reader.places(names)
        earn = earner(criterion)

        def make(picked: Hashable) -> CachedCriterion:
            parts = picked if len(places) > 1 and isinstance(picked, tuple) else (picked,)
            key = self.reader.at(places, parts)
            answers = self.reader.answers(key) if derived else self.reader.known(key)
            assert not isinstance(answers, Invalid)  # INVARIANT: only keys of valid answers come here
            return self._make(criterion, earn, answers, self.reader.as_of(key))

        return itemgetter(*places), Memo(make, MOST)

    def _make(self, criterion: Criterion, earn: Earn, answers: Answers, as_of: date) -> CachedCriterion:
        points = earn(answers.known, as_of)
        mark, missing, zero = 0, None, tuple[str, ...]()
        if points is None:
            zero = divisors_of(criterion, answers, Environment(answers.known, as_of))
            policy = policy_of(self.program, criterion, (*answers.missing, *zero))
            mark = POLICIES.index(policy)
            missing = tuple(name for name in criterion.inputs if name in answers.missing)
            points = ZERO if policy is Policy.NO_POINTS else None
        own = points or ZERO
        units, gain = whole(own * self.unit), whole((criterion.highest - own) * self.unit)
        return CachedCriterion(
            criterion, CriterionEarned(points, missing, zero), mark, units, gain, answers.known, as_of
        )
