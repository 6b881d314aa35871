"""Where a rulebook uses its inputs, in the order of the file."""

from collections.abc import Iterator

from scorers.rulebook.condition import Condition
from scorers.rulebook.criterion import Criterion
from scorers.rulebook.model import Rulebook
from scorers.rulebook.nodes import Step
from scorers.rulebook.table import Value

Path = tuple[Step, ...]
Use = tuple[Path, str]
"""The path of the key that names an input, and the name."""


def comparisons(condition: Condition, path: Path) -> Iterator[tuple[Path, Condition]]:
    """List the comparisons inside a condition, each with its path."""
    for key, parts in (("all", condition.all), ("any", condition.any)):
        for index, part in enumerate(parts or ()):
            yield from comparisons(part, (*path, key, index))
    if condition.not_:
        yield from comparisons(condition.not_, (*path, "not"))
    if not (condition.all or condition.any or condition.not_):
        yield path, condition


def condition_uses(condition: Condition, path: Path = ()) -> Iterator[Use]:
    """List the inputs that a condition reads."""
    for at, comparison in comparisons(condition, path):
        if comparison.input is not None:
            yield (*at, "input"), comparison.input
        if comparison.value is not None:
            yield (*at, "value"), comparison.value
        for key, pair in (("ratio", comparison.ratio), ("change", comparison.change)):
            for index, name in enumerate(pair or ()):
                yield (*at, key, index), name


def criterion_uses(criterion: Criterion, path: Path = ()) -> Iterator[Use]:
    """List the inputs that a criterion asks for."""
    if criterion.input is not None:
        yield (*path, "input"), criterion.input
    if criterion.when is not None:
        yield from condition_uses(criterion.when, (*path, "when"))


def value_uses(value: Value, path: Path = ()) -> Iterator[Use]:
    """List the inputs and earlier values that a value reads."""
    for key in ("add", "subtract", "multiply", "divide", "percent"):
        for index, operand in enumerate(getattr(value, key) or ()):
            if isinstance(operand, str):
                yield (*path, key, index), operand
    if value.lookup is not None:
        yield (*path, "lookup", "input"), value.lookup.input
    if value.sum is not None:
        yield (*path, "sum", "over"), value.sum.over
    if value.trailing is not None:
        yield (*path, "trailing", "over"), value.trailing.over
    for index, name in enumerate(value.distinct.over if value.distinct else ()):
        yield (*path, "distinct", "over", index), name


def rulebook_uses(rulebook: Rulebook) -> Iterator[Use]:
    """List all uses: values, criteria, `band_on`, lists, bands, disqualifiers, triggers, flags, then guards.

    Values come by name and guards by the id of their action, since the order of keys means nothing.
    """
    for name, value in sorted(rulebook.values.items()):
        yield from value_uses(value, ("values", name))
    for index, criterion in enumerate(rulebook.criteria):
        yield from criterion_uses(criterion, ("criteria", index))
    if rulebook.score.band_on is not None:
        yield ("score", "band_on"), rulebook.score.band_on
    for path, condition in other_conditions(rulebook):
        yield from condition_uses(condition, path)


def other_conditions(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """List the conditions outside criteria: of lists, bands, disqualifiers, triggers, flags and guards."""
    yield from list_conditions(rulebook)
    for index, band in enumerate(rulebook.bands):
        if band.when is not None:
            yield ("bands", index, "when"), band.when
    for index, disqualifier in enumerate(rulebook.disqualifiers):
        yield ("disqualifiers", index, "when"), disqualifier.when
    for index, trigger in enumerate(rulebook.triggers):
        yield ("triggers", index, "when"), trigger.when
    for index, flag in enumerate(rulebook.flags):
        yield ("flags", index, "when"), flag.when
    for name, action in sorted(rulebook.actions.items()):
        if action.only_if is not None:
            yield ("actions", name, "only_if"), action.only_if


def list_conditions(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """List the conditions of the named lists."""
    for number, named in enumerate(rulebook.lists):
        for index, item in enumerate(named.items):
            path: Path = ("lists", number, "items", index)
            if item.when is not None:
                yield (*path, "when"), item.when
            if item.unless is not None:
                yield (*path, "unless"), item.unless
