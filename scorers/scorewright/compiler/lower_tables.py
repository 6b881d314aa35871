"""What rule tables add: values, named lists, flags, and bands by condition."""

from fractions import Fraction

from scorewright.compiler.lower_conditions import Inputs, lower_condition
from scorewright.compiler.lower_texts import label
from scorewright.program import Band, Flag, Item, NamedList
from scorewright.program.formula import Arithmetic, Derived, Distinct, Formula, Lookup, Sign, SumOf, Trailing
from scorewright.rulebook import value_graph as graph
from scorewright.rulebook.model import rulebook as model
from scorewright.rulebook.model import table
from scorewright.rulebook.references import value_uses


def lower_values(rulebook: model.Rulebook, inputs: Inputs) -> tuple[Derived, ...]:
    """Compile the values, each after those that it reads."""
    order, circular = graph.ordered(graph.named(rulebook.values))
    assert not circular  # INVARIANT: the checks let no value through that is worked out from itself
    return tuple(_value(name, rulebook.values[name], inputs) for name in order)


def _value(name: str, given: table.Value, inputs: Inputs) -> Derived:
    return Derived(
        name=name,
        label=label(given.label, name),
        unit=given.unit,
        formula=_formula(given, inputs),
        inputs=tuple(dict.fromkeys(use for _, use in value_uses(given))),
        minimum=given.min,
        maximum=given.max,
        blame=given.blame,
    )


def _formula(given: table.Value, inputs: Inputs) -> Formula:
    if given.sum is not None:
        return SumOf(given.sum.over, tuple(_place(inputs, given.sum.over, name) for name in given.sum.of))
    if given.distinct is not None:
        distinct = given.distinct
        return Distinct(distinct.over, tuple(sorted(distinct.except_)), distinct.except_ending)
    if given.trailing is not None:
        over = given.trailing.over
        places = (_place(inputs, over, name) for name in (given.trailing.field, given.trailing.at_least))
        return Trailing(over, *places)
    if given.lookup is not None:
        numbers = given.lookup.options
        options = inputs[given.lookup.input].options
        rows = ((option, numbers[option]) for option in options if option in numbers)
        return Lookup(given.lookup.input, tuple(rows))
    return Arithmetic(Sign(given.formula), getattr(given, given.formula))


def _place(inputs: Inputs, name: str, field: str) -> int:
    record = inputs[name].item
    assert record is not None  # INVARIANT: the checks let formulas over records read lists of records only
    return [part.name for part in record.fields].index(field)


def lower_lists(rulebook: model.Rulebook, inputs: Inputs) -> tuple[NamedList, ...]:
    """Compile the named lists."""
    return tuple(
        NamedList(given.id, label(given.label, given.id), tuple(_item(item, inputs) for item in given.items))
        for given in rulebook.lists
    )


def _item(given: table.Item, inputs: Inputs) -> Item:
    return Item(
        id=given.id,
        shown=given.shown or given.id,
        when=lower_condition(given.when, inputs) if given.when else None,
        unless=lower_condition(given.unless, inputs) if given.unless else None,
        actions=given.actions,
        source=given.source,
    )


def lower_flags(rulebook: model.Rulebook, inputs: Inputs) -> tuple[Flag, ...]:
    """Compile the flags."""
    return tuple(Flag(flag.id, lower_condition(flag.when, inputs)) for flag in rulebook.flags)


def by_condition(rulebook: model.Rulebook) -> bool:
    """Return whether bands are told by conditions and not by edges."""
    return any(band.when is not None for band in rulebook.bands)


def lower_bands(rulebook: model.Rulebook, inputs: Inputs) -> tuple[Band, ...]:
    """Compile the bands, from the highest edge; bands by condition keep their order."""
    last = len(rulebook.bands) - 1
    places = (Fraction(last - index) for index in range(last + 1))
    bands = [_band(given, place, inputs) for given, place in zip(rulebook.bands, places, strict=True)]
    return tuple(bands) if by_condition(rulebook) else tuple(sorted(bands, key=lambda band: -band.edge))


def _band(given: model.Band, place: Fraction, inputs: Inputs) -> Band:
    return Band(
        id=given.id,
        label=label(given.label, given.id),
        edge=place if given.from_ is None else given.from_,
        qualified=given.qualified,
        actions=given.actions,
        flags=given.flags,
        source=given.source,
        condition=lower_condition(given.when, inputs) if given.when else None,
    )
