"""Where a rulebook uses its inputs, in the order of the file."""

from collections.abc import Iterator

from scorers.rulebook.condition import Condition
from scorers.rulebook.criterion import Criterion
from scorers.rulebook.model import Rulebook
from scorers.rulebook.nodes import Step

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
        for key, pair in (("ratio", comparison.ratio), ("change", comparison.change)):
            for index, name in enumerate(pair or ()):
                yield (*at, key, index), name


def criterion_uses(criterion: Criterion, path: Path = ()) -> Iterator[Use]:
    """List the inputs that a criterion asks for."""
    if criterion.input is not None:
        yield (*path, "input"), criterion.input
    if criterion.when is not None:
        yield from condition_uses(criterion.when, (*path, "when"))


def rulebook_uses(rulebook: Rulebook) -> Iterator[Use]:
    """List all uses: criteria, `band_on`, disqualifiers, triggers, then guards by the id of their action."""
    for index, criterion in enumerate(rulebook.criteria):
        yield from criterion_uses(criterion, ("criteria", index))
    if rulebook.score.band_on is not None:
        yield ("score", "band_on"), rulebook.score.band_on
    for path, condition in other_conditions(rulebook):
        yield from condition_uses(condition, path)


def other_conditions(rulebook: Rulebook) -> Iterator[tuple[Path, Condition]]:
    """List the conditions outside criteria: of disqualifiers, triggers and guards."""
    for index, disqualifier in enumerate(rulebook.disqualifiers):
        yield ("disqualifiers", index, "when"), disqualifier.when
    for index, trigger in enumerate(rulebook.triggers):
        yield ("triggers", index, "when"), trigger.when
    for name, action in sorted(rulebook.actions.items()):
        if action.only_if is not None:
            yield ("actions", name, "only_if"), action.only_if
