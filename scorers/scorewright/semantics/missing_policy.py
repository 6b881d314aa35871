"""Missing answers: what each unknown criterion counts for, and whether there can be a total."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from scorewright.partition import compares, inputs_of
from scorewright.program import Criterion, Input, Policy, Program
from scorewright.program.condition import PercentChange, Ratio, Value
from scorewright.program.earning import ConditionPoints
from scorewright.semantics.conditions import Environment
from scorewright.semantics.totals import ZERO, Points, coverage
from scorewright.semantics.zero_divisors import Divisors, divisors_of
from scorewright.validation import Answers

STRICTNESS = {Policy.NO_POINTS: 0, Policy.LEAVE_OUT: 1, Policy.INCOMPLETE: 2}


@dataclass(frozen=True, slots=True)
class PolicyResult:
    """Points after the missing policies.

    `unknown` maps each criterion without an answer to its policy; `points` are None for those that are left
    out or that make the total incomplete. `coverage` is in percent, None where the rulebook asks for none.
    `zero` names the divisors that are 0 of those that are unknown for them.
    """

    points: Points
    unknown: Mapping[str, Policy]
    coverage: Fraction | None
    complete: bool
    zero: Mapping[str, Divisors] = field(default_factory=dict)


def settle(program: Program, answers: Answers, known: Points, as_of: date) -> PolicyResult:
    """Apply the missing policies (law 16) to the points as earned; those that are unknown are None."""
    environment = Environment(answers.known, as_of)
    without = [c for c in program.criteria if known[c.id] is None]
    zero = {c.id: found for c in without if (found := divisors_of(c, answers, environment))}
    lacking = {c.id: (*answers.missing, *zero.get(c.id, ())) for c in without}
    unknown = {c.id: policy_of(program, c, lacking[c.id]) for c in without}
    return replace(apply(program, known, unknown), zero=zero)


def apply(program: Program, known: Points, unknown: Mapping[str, Policy]) -> PolicyResult:
    """Apply to each unknown criterion its policy."""
    points = {id: ZERO if unknown.get(id) is Policy.NO_POINTS else value for id, value in known.items()}
    covered = asked_coverage(program, known)
    count = len(known) - len(unknown)
    complete = Policy.INCOMPLETE not in unknown.values() and enough(program, covered, count)
    return PolicyResult(points, unknown, covered, complete)


def has_minimum(program: Program) -> bool:
    """Return whether there is no total where too little is known."""
    return program.minimum_coverage is not None or program.minimum_known is not None


def asked_coverage(program: Program, known: Points) -> Fraction | None:
    """Return the share that is known where the rulebook asks for some; the points of the rest are None."""
    return None if program.minimum_coverage is None else coverage(program, known)


def enough(program: Program, covered: Fraction | None, count: int) -> bool:
    """Return whether enough is known for a total: the share that is asked for, and so many criteria."""
    short = covered is not None and covered < (program.minimum_coverage or ZERO)
    return not short and count >= (program.minimum_known or 0)


def policy_of(program: Program, criterion: Criterion, lacking: Container[str]) -> Policy:
    """Return a criterion's own policy, else the strictest of its inputs that are missing or divide by 0."""
    if criterion.policy is not None:
        return criterion.policy
    policies = [i.policy for i in program.inputs if i.name in lacking and i.name in criterion.inputs]
    return max(policies, key=STRICTNESS.__getitem__, default=program.policy)


def over_zero(program: Program, criterion: Criterion, known: Mapping[str, Value], as_of: date) -> Policy:
    """Return the policy of a criterion that divides by 0, where every input that it reads is answered."""
    zero = divisors_of(criterion, Answers(known, (), ()), Environment(known, as_of))
    return policy_of(program, criterion, zero)


def divides(program: Program, criterion: Criterion) -> bool:
    """Return whether a criterion can divide by 0 in a way that changes more than its own points."""
    if not isinstance(criterion.earning, ConditionPoints):
        return False
    items = {item.name: item for item in program.inputs}
    lefts = (compare.left for compare in compares(criterion.earning.condition))
    divisors = (inputs_of(left)[1] for left in lefts if isinstance(left, Ratio | PercentChange))
    zero = [name for name in divisors if name not in items or _can_be_zero(items[name])]
    policies = {policy_of(program, criterion, [name]) for name in zero}
    return bool(zero) and (has_minimum(program) or policies != {Policy.NO_POINTS})


def _can_be_zero(item: Input) -> bool:
    above = isinstance(item.minimum, Fraction) and item.minimum > 0
    return not above and not (isinstance(item.maximum, Fraction) and item.maximum < 0)
