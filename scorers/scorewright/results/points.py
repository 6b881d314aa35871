"""What criteria and groups earned, as an answer shows it."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """Points before weights, and the most that there can be; None while there are none."""

    points: Fraction | None
    most: Fraction


@dataclass(frozen=True, slots=True)
class CriterionPoints:
    """What a criterion earned; `points` is None while it counts for nothing because it is unknown.

    It is unknown for the inputs that are `missing`, and for the divisors that are 0: `zero`. In a weighted
    rulebook `points` are its part of the total, and `own` what it earned before weights, as conditions ask.
    """

    id: str
    label: str
    group: str
    points: Fraction | None
    max_points: Fraction
    missing: tuple[str, ...]
    zero: tuple[str, ...]
    reason: str
    source: str | None
    own: OwnPoints | None = None


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """What a group contributes to the total, None while it is left out or incomplete; `own` is before it."""

    id: str
    label: str
    points: Fraction | None
    max_points: Fraction
    own: OwnPoints | None = None
