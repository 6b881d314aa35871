"""The compiled rulebook: immutable, exact, without YAML, positions or pydantic.

An engine sees only a `Program` and inputs. Every number is a `Fraction`. Sequences stand in the order that
answers use: criteria, bands (from the highest edge), triggers ... as in the file, inputs by their first use.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from scorewright.program.condition import AsOf, Condition, Op, Value
from scorewright.program.earning import Earning
from scorewright.program.effective_dates import ALWAYS, Effective
from scorewright.program.formula import Derived
from scorewright.program.matrix import Matrix
from scorewright.program.signal import Assertion, Measure, Signal
from scorewright.program.value import Type

__all__ = [
    "Action",
    "Band",
    "Bound",
    "Criterion",
    "Disqualifier",
    "Flag",
    "Group",
    "Input",
    "Item",
    "Kind",
    "Method",
    "NamedList",
    "Policy",
    "Program",
    "Recommend",
    "Slot",
    "Text",
    "Trigger",
    "Type",
]


class Method(StrEnum):
    """What the total is: points added, points weighted, a count, a value worked out, or nothing."""

    SUM = "sum"
    WEIGHTED = "weighted"
    COUNT = "count"
    VALUE = "value"
    NONE = "none"


class Policy(StrEnum):
    """What a missing answer does to its criterion, from the mildest to the strictest."""

    NO_POINTS = "no_points"
    LEAVE_OUT = "leave_out"
    INCOMPLETE = "incomplete"


Bound = Fraction | date | AsOf | None


@dataclass(frozen=True, slots=True)
class Input:
    """A declared input; `decimals` is the most decimals a number may carry (0: whole numbers), None: any.

    For a list, `item` describes each of its at most `max_items` items; for a record, `fields` its parts, of
    which a record may lack those that are `optional`. What the caller does not answer is measured from facts,
    as `measure` or the signal of its name says.
    """

    name: str
    type: Type
    kind: str
    label: str
    unit: str | None = None
    minimum: Bound = None
    maximum: Bound = None
    decimals: int | None = None
    options: tuple[str, ...] = ()
    item: "Input | None" = None
    max_items: int = 0
    fields: tuple["Input", ...] = ()
    required: bool = False
    assumed: Value | None = None
    policy: Policy = Policy.NO_POINTS
    measure: Measure | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact. All its fields have values; a newer one replaces an older one of equal `key` fields."""

    name: str
    label: str
    fields: tuple[Input, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A placeholder in a text: `{inputs.x}` has name `inputs` and key `x`, `{score}` has no key."""

    name: str
    key: str = ""


Text = tuple[str | Slot, ...]
"""A text cut at its placeholders."""


@dataclass(frozen=True, slots=True)
class Recommend:
    """Actions where the criterion's own points compare so."""

    op: Op
    value: Value
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question; `lowest` and `highest` are the points it can earn at all."""

    id: str
    label: str
    group: str
    earning: Earning
    lowest: Fraction
    highest: Fraction
    inputs: tuple[str, ...]
    policy: Policy | None = None
    actionable: bool = True
    recommend: tuple[Recommend, ...] = ()
    reason: Text = ()
    source: str | None = None
    path: tuple[str | int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A set of criteria; `possible` is the most it can earn, `share` its part of the total's maximum.

    `share` is the weight where the method is weighted and `possible` where it is a sum. Criteria outside any
    group stand in one group with the empty id.
    """

    id: str
    label: str
    criteria: tuple[str, ...]
    possible: Fraction
    share: Fraction
    cap: Fraction | None = None
    floor: Fraction | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A score range, from its edge to the next band's; or the first band whose condition is true.

    Bands by condition have their place from the bottom as edge, so that edges always order bands.
    """

    id: str
    label: str
    edge: Fraction
    qualified: bool | None = None
    actions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    source: str | None = None
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Disqualifier:
    """A condition that sets the band (where it names one) and recommends actions."""

    id: str
    label: str
    condition: Condition
    band: str | None
    actions: tuple[str, ...] = ()
    reason: Text = ()
    source: str | None = None
    path: tuple[str | int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A condition that recommends actions beside the band."""

    id: str
    label: str
    condition: Condition
    severity: str
    actions: tuple[str, ...] = ()
    reason: Text = ()
    source: str | None = None
    path: tuple[str | int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Action:
    """What is recommended; `only_if` guards it and `otherwise` names its replacement.

    Where it is recommended it `enables` further actions, and what it `asserts` are facts from then on.
    """

    id: str
    do: str
    owner: str
    due: str
    channel: str | None = None
    priority: int = 5
    reason: Text = ()
    only_if: Condition | None = None
    otherwise: str | None = None
    source: str | None = None
    enables: tuple[str, ...] = ()
    asserts: tuple[Assertion, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a named list: it stands there where `when` is true and `unless` is not."""

    id: str
    shown: str
    when: Condition | None
    unless: Condition | None
    actions: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NamedList:
    """A list that the answer carries by its name."""

    id: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark for machines, raised where a condition is true."""

    id: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Program:
    """One rulebook, compiled. `digest` is the SHA-256 of everything else in canonical form."""

    id: str
    name: str
    version: str
    owner: str
    source: str | None
    inputs: tuple[Input, ...]
    method: Method
    of: str | None
    values: tuple[Derived, ...]
    out_of: Fraction | None
    cap: Fraction | None
    floor: Fraction | None
    policy: Policy
    minimum_coverage: Fraction | None
    minimum_known: int | None
    band_on: str | None
    band_unknown_flags: tuple[str, ...]
    groups: tuple[Group, ...]
    criteria: tuple[Criterion, ...]
    lists: tuple[NamedList, ...]
    bands: tuple[Band, ...]
    bands_by_condition: bool
    matrix: Matrix | None
    disqualifiers: tuple[Disqualifier, ...]
    triggers: tuple[Trigger, ...]
    flags: tuple[Flag, ...]
    actions: tuple[Action, ...]
    kinds: tuple[Kind, ...] = ()
    signals: tuple[Signal, ...] = ()
    notes: str | None = None
    effective: Effective = ALWAYS
    digest: str = ""

    @property
    def weighted(self) -> bool:
        """Return whether groups contribute by their weights."""
        return self.method is Method.WEIGHTED

    @property
    def by_points(self) -> bool:
        """Return whether the total is made of criteria's points."""
        return self.method in (Method.SUM, Method.WEIGHTED)
