"""Named lists of the answer: an item stands there where `when` is true and `unless` is not."""

from collections.abc import Mapping
from fractions import Fraction

from scorewright.program import Item, Program
from scorewright.semantics.conditions import Environment, ask

Lists = Mapping[str, tuple[Item, ...]]
"""The items that each named list holds."""


def lists_of(program: Program, environment: Environment) -> Lists:
    """Fill every named list."""
    return {
        named.id: tuple(item for item in named.items if listed(item, environment)) for named in program.lists
    }


def listed(item: Item, environment: Environment) -> bool:
    """Return whether an item stands in its list; what is unknown neither lists nor excuses it."""
    if item.when is not None and not ask(item.when, environment):
        return False
    return item.unless is None or not ask(item.unless, environment)


def sizes(lists: Lists) -> Mapping[str, Fraction]:
    """Return how many items each list holds."""
    return {id: Fraction(len(items)) for id, items in lists.items()}
