"""Missing answers: what each unknown criterion counts for, and whether there can be a total."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorers.inputs import Answers
from scorers.law.totals import ZERO, Points, coverage
from scorers.program import Criterion, Policy, Program

_STRICTNESS = {Policy.NO_POINTS: 0, Policy.LEAVE_OUT: 1, Policy.INCOMPLETE: 2}


@dataclass(frozen=True, slots=True)
class Settled:
    """Points after the missing policies.

    `unknown` maps each criterion without an answer to its policy; `points` are None for those that are left
    out or that make the total incomplete. `coverage` is in percent.
    """

    points: Points
    unknown: Mapping[str, Policy]
    coverage: Fraction
    complete: bool


def settle(program: Program, answers: Answers, known: Points) -> Settled:
    """Apply the missing policies to the points as earned; those that are unknown are None."""
    unknown = {c.id: policy_of(program, c, answers) for c in program.criteria if known[c.id] is None}
    return apply(program, known, unknown)


def apply(program: Program, known: Points, unknown: Mapping[str, Policy]) -> Settled:
    """Apply to each unknown criterion its policy."""
    points = {id: ZERO if unknown.get(id) is Policy.NO_POINTS else value for id, value in known.items()}
    share = coverage(program, known)
    enough = share >= (program.minimum_coverage or ZERO)
    enough = enough and len(known) - len(unknown) >= (program.minimum_known or 0)
    blocked = Policy.INCOMPLETE in unknown.values()
    return Settled(points, unknown, share, not blocked and enough)


def policy_of(program: Program, criterion: Criterion, answers: Answers) -> Policy:
    """Give a criterion's own policy, or else the strictest of its missing inputs."""
    if criterion.policy is not None:
        return criterion.policy
    policies = [i.policy for i in program.inputs if i.name in criterion.inputs and i.name in answers.missing]
    return max(policies, key=_STRICTNESS.__getitem__, default=program.policy)
