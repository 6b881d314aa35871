"""Named lists of the answer: an item stands there where `when` is true and `unless` is not."""

from collections.abc import Mapping
from dataclasses import dataclass

from scorers.law.conditions import Facts, ask
from scorers.program import Item, Program


@dataclass(frozen=True, slots=True)
class ListNow:
    """The items of a list, and how many there could be at least and at most."""

    items: tuple[Item, ...]
    fewest: int
    most: int


def lists_of(program: Program, facts: Facts) -> Mapping[str, ListNow]:
    """Fill every named list."""
    return {named.id: _filled(named.items, facts) for named in program.lists}


def _filled(items: tuple[Item, ...], facts: Facts) -> ListNow:
    applies = {item.id: True if item.when is None else ask(item.when, facts) for item in items}
    excused = {item.id: False if item.unless is None else ask(item.unless, facts) for item in items}
    listed = tuple(item for item in items if applies[item.id] and not excused[item.id])
    fewest = sum(excused[item.id] is False for item in listed)
    most = sum(applies[item.id] is not False and excused[item.id] is not True for item in items)
    return ListNow(listed, fewest, most)
