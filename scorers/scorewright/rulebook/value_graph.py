"""What values are worked out from: their order, and everything below each."""

from collections.abc import Mapping
from typing import TypeAlias

from scorewright.rulebook.model.table import Value
from scorewright.rulebook.references import value_uses

Names: TypeAlias = Mapping[str, frozenset[str]]
"""What each value names in its own formula."""


def named(values: Mapping[str, Value]) -> Names:
    """Return what each value names: inputs and other values."""
    return {name: frozenset(use for _, use in value_uses(value)) for name, value in values.items()}


def ordered(names: Names) -> tuple[list[str], list[str]]:
    """Sort values so that each stands after those it names, by name where nothing decides.

    Those that need themselves, or others that do, come apart.
    """
    needs = {name: len(uses & names.keys()) for name, uses in names.items()}
    users: dict[str, list[str]] = {}
    for name, uses in names.items():
        for use in uses & names.keys():
            users.setdefault(use, []).append(name)
    found: list[str] = []
    ready = sorted(name for name, count in needs.items() if count == 0)
    while ready:
        found += ready
        freed: list[str] = []
        for name in ready:
            for user in users.get(name, ()):
                needs[user] -= 1
                freed += [user] if needs[user] == 0 else []
        ready = sorted(freed)
    return found, sorted(name for name, count in needs.items() if count > 0)


def below(names: Names) -> Names:
    """Return everything that each value is worked out from, itself among it if it goes round in a circle."""
    found: dict[str, frozenset[str]] = {}
    first, circular = ordered(names)
    for name in first:
        found[name] = names[name].union(*(found[use] for use in names[name] if use in found))
    for name in circular:
        found[name] = _followed(name, names)
    return found


def _followed(name: str, names: Names) -> frozenset[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        news = names.get(waiting.pop(), frozenset()) - reached
        reached |= news
        waiting += news
    return frozenset(reached)
