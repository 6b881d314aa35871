"""Kinds of fact, signals, measures, and what follows from them."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final, cast

from scorewright.compiler.lower_conditions import lower_right
from scorewright.compiler.lower_inputs import lower_input, lower_value
from scorewright.compiler.lower_texts import label
from scorewright.program import Input, Kind, Policy
from scorewright.program.condition import Op, Value
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
from scorewright.rulebook.model import fact as written
from scorewright.rulebook.model.comparison import OF_POINTS, comparison_of
from scorewright.rulebook.model.input import FactKind
from scorewright.rulebook.model.rulebook import Rulebook

Fields = Mapping[str, Input]
"""The fields of a kind, by name."""

Kinds = Mapping[str, Fields]
"""The fields of each kind of fact."""

ONE: Final = Fraction(1)
ZERO: Final = Fraction(0)
_UNITS: Final = {"minute": DAY // 1440, "hour": DAY // 24, "day": DAY, "week": 7 * DAY}


def lower_kinds(rulebook: Rulebook) -> tuple[tuple[Kind, ...], Kinds]:
    """Compile the kinds of fact, by name, each with its fields by name; and give their fields."""
    kinds = tuple(_kind(name, given) for name, given in sorted(rulebook.facts.items()))
    return kinds, {kind.name: {field.name: field for field in kind.fields} for kind in kinds}


def _kind(name: str, given: FactKind) -> Kind:
    fields = (lower_input(field, part, Policy.INCOMPLETE) for field, part in sorted(given.fields.items()))
    required = tuple(replace(field, required=True) for field in fields)
    return Kind(name, label(given.label, name), required, tuple(sorted(given.key)))


def lower_signals(rulebook: Rulebook, kinds: Kinds) -> tuple[Signal, ...]:
    """Compile the signals."""
    return tuple(_signal(index, given, rulebook, kinds) for index, given in enumerate(rulebook.signals))


def _signal(index: int, given: written.Signal, rulebook: Rulebook, kinds: Kinds) -> Signal:
    parts = (_part(place, line, rulebook, kinds) for place, (_, line) in enumerate(given.lines))
    return Signal(
        id=given.id,
        label=label(given.label, given.id),
        parts=tuple(parts),
        enables=given.then.actions if given.then else (),
        asserts=lower_assertions(given.then, kinds),
        source=given.source,
        path=("signals", index),
    )


def _part(place: int, given: written.Pattern, rulebook: Rulebook, kinds: Kinds) -> Pattern | MeasureTest:
    select, joins = _select(given, given.kind, kinds)
    if given.way in written.TALLIES:
        op, value = comparison_of(given, OF_POINTS)
        fields = () if given.field is None else (given.field,)
        by = _place(Aggregation(given.way), given.kind, rulebook)
        return MeasureTest(Measure(Aggregation(given.way), select, fields, by=by), op, cast("Value", value))
    return Pattern(
        # A name that nobody can write stands for none, so that no two are alike.
        alias=given.as_ or f"#{place}",
        select=select,
        joins=joins,
        after=() if given.after is None else (given.after,),
        before=() if given.before is None else (given.before,),
        absent=given.way == "no",
    )


def _select(given: written.Window, kind: str, kinds: Kinds) -> tuple[Select, tuple[Related, ...]]:
    fields = kinds[kind]
    tests = [_comparison(name, test, fields[name]) for name, test in sorted(given.where.items())]
    joins = tuple(test for test in tests if isinstance(test, Related) and test.alias)
    alone = tuple(test for test in tests if not (isinstance(test, Related) and test.alias))
    start = _age(given.ending) if given.ending else _age(given.older_than)
    within = None if given.within is None else _age(given.within)
    if within is not None and given.ending is not None:
        within += start
    return Select(kind, alone, start, within), joins


def _age(written_age: str | None) -> Moment:
    if written_age is None:
        return 0
    count, unit = written_age.split()
    return int(count) * _UNITS[unit.removesuffix("s")]


def _comparison(name: str, test: written.FieldTest, field: Input) -> Comparison:
    key = test.test
    value = getattr(test, key)
    if key in ("same_as", "differs_from"):
        alias, _, other = value.rpartition(".")
        return Related(name, Op.IS, other, alias, differs=key == "differs_from")
    if reference := test.times or test.above:
        alias, _, other = reference.rpartition(".")
        times, above = (value, ZERO) if test.times else (ONE, value)
        return Related(name, Op(key), other, alias, times, above)
    op, right = test.comparison
    return Constant(name, op, lower_right(field.type, right))


def lower_assertions(given: written.Then | None, kinds: Kinds) -> tuple[Assertion, ...]:
    """Compile the facts that follow from a signal or an action."""
    return tuple(_assertion(each, kinds[each.fact]) for each in (given.facts if given else ()))


def _assertion(given: written.Assertion, fields: Fields) -> Assertion:
    values = ((name, lower_value(fields[name].type, value)) for name, value in sorted(given.fields.items()))
    return Assertion(given.fact, tuple(values))


def measured_inputs(rulebook: Rulebook, inputs: tuple[Input, ...], kinds: Kinds) -> tuple[Input, ...]:
    """Return how each input is measured, where it is."""
    return tuple(_measured(item, rulebook, kinds) for item in inputs)


def _measured(item: Input, rulebook: Rulebook, kinds: Kinds) -> Input:
    given = rulebook.inputs[item.name].measured if item.name in rulebook.inputs else None
    if given is None:
        return item
    return replace(item, measure=_measure(item, given, rulebook, kinds))


def _measure(item: Input, given: written.Measured, rulebook: Rulebook, kinds: Kinds) -> Measure:
    way = Aggregation(given.way)
    if way is Aggregation.DAYS_OF:
        _, first = next(signal for signal in rulebook.signals if signal.id == given.days_of).lines[0]
        return Measure(way, _select(first, first.kind, kinds)[0], signal=str(given.days_of))
    parts = item.item.fields if item.item else ()
    fields = tuple(part.name for part in parts) or (() if given.field is None else (given.field,))
    rises = way in (Aggregation.HIGHEST, Aggregation.LOWEST)
    return Measure(
        way=way,
        select=_select(given, given.kind, kinds)[0],
        fields=fields,
        records=bool(parts),
        order=kinds[given.kind][fields[0]].options if rises else (),
        by=_place(way, given.kind, rulebook),
        otherwise=None if given.otherwise is None else lower_value(item.type, given.otherwise),
    )


def _place(way: Aggregation, kind: str, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the fields that records of a kind stand by, for what looks at one after the other."""
    return tuple(sorted(rulebook.facts[kind].key)) if way in (Aggregation.STREAK, Aggregation.EVERY) else ()
