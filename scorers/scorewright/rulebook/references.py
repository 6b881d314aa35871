"""Where a rulebook uses its inputs, actions and texts, each with its path."""

from collections.abc import Iterator

from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.criterion import Criterion
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.model.table import Value
from scorewright.rulebook.nodes import Step

Path = tuple[Step, ...]
Use = tuple[Path, str]
"""The path of the key that names an input, and the name."""


def comparisons(condition: Condition, path: Path) -> Iterator[tuple[Path, Condition]]:
    """List the comparisons inside a condition, each with its path."""
    return (((*path, *at), comparison) for at, comparison in condition.leaves)


def condition_uses(condition: Condition, path: Path = ()) -> Iterator[Use]:
    """List the inputs that a condition reads."""
    for at, comparison in comparisons(condition, path):
        if comparison.input is not None:
            yield (*at, "input"), comparison.input
        if comparison.signal is not None:
            yield (*at, "signal"), comparison.signal
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


def all_conditions(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """List every condition of a rulebook."""
    for index, criterion in enumerate(rulebook.criteria):
        if criterion.when is not None:
            yield ("criteria", index, "when"), criterion.when
    yield from other_conditions(rulebook)


def all_comparisons(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """List every comparison of a rulebook."""
    for path, condition in all_conditions(rulebook):
        yield from comparisons(condition, path)


def action_uses(rulebook: Rulebook) -> Iterator[Use]:
    """List what names an action: bands, criteria, disqualifiers, triggers, lists, `otherwise` of actions."""
    for index, criterion in enumerate(rulebook.criteria):
        for place, advice in enumerate(criterion.recommend):
            yield from _listed(("criteria", index, "recommend", place), advice.actions)
    for key in ("bands", "disqualifiers", "triggers"):
        for index, given in enumerate(getattr(rulebook, key)):
            yield from _listed((key, index), given.actions)
    for index, signal in enumerate(rulebook.signals):
        if signal.then is not None:
            yield from _listed(("signals", index, "then"), signal.then.actions)
    for number, named in enumerate(rulebook.lists):
        for index, item in enumerate(named.items):
            yield from _listed(("lists", number, "items", index), item.actions)
    for name, action in rulebook.actions.items():
        if action.otherwise is not None:
            yield ("actions", name, "otherwise"), action.otherwise
        if action.then is not None:
            yield from _listed(("actions", name, "then"), action.then.actions)


def _listed(path: Path, actions: tuple[str, ...]) -> Iterator[Use]:
    for index, name in enumerate(actions):
        yield (*path, "actions", index), name


def texts(rulebook: Rulebook) -> Iterator[tuple[Path, str]]:
    """List the texts that may hold placeholders."""
    for key in ("criteria", "disqualifiers", "triggers"):
        for index, given in enumerate(getattr(rulebook, key)):
            if given.reason is not None:
                yield (key, index, "reason"), given.reason
    for name, action in rulebook.actions.items():
        if action.reason is not None:
            yield ("actions", name, "reason"), action.reason
