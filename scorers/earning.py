"""How a criterion earns its points, compiled: one class a way."""

from dataclasses import dataclass
from fractions import Fraction

from scorers.condition import Condition


@dataclass(frozen=True, slots=True)
class When:
    """Points where a condition is true, else 0."""

    condition: Condition
    points: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """From this value on, these points."""

    start: Fraction
    points: Fraction
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Steps:
    """The points of the last step that starts at or below the value; 0 below the first."""

    input: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Points by choice; a choice that is not listed earns 0."""

    input: str
    points: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Linear:
    """`slope * value + offset`: as it is (1, 0) or reversed (-1, minimum + maximum)."""

    input: str
    slope: Fraction
    offset: Fraction


@dataclass(frozen=True, slots=True)
class Counted:
    """`each * value`, no further than `up_to`."""

    input: str
    each: Fraction
    up_to: Fraction


@dataclass(frozen=True, slots=True)
class Decay:
    """`points` halved every `half_life` days between the date and as_of, rounded to 4 decimals between."""

    input: str
    points: Fraction
    half_life: int


Earning = When | Steps | Options | Linear | Counted | Decay
