"""A second reading of what divides by 0: which divisor leaves a condition, a value or points unknown."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.properties.oracle import Block

Ask = Callable[[Block], bool | None]
Zeros = Mapping[tuple[str, str], set[str]]
"""What is unknown because a divisor is 0, by its left side and id, such as `("value", "rate")`."""


def lost(condition: Block, ask: Ask, zeros: Zeros, known: Mapping[str, Any]) -> set[str]:
    """Name the divisors of 0 for which a condition is neither true nor false."""
    if ask(condition) is not None:
        return set()
    for word in ("all", "any"):
        if word in condition:
            return set().union(*(lost(part, ask, zeros, known) for part in condition[word]))
    if "not" in condition:
        return lost(condition["not"], ask, zeros, known)
    pair = condition.get("ratio") or condition.get("change")
    if pair is None:
        return set().union(*(zeros.get((word, str(id)), set()) for word, id in condition.items()))
    return {pair[1]} if known.get(pair[1]) == 0 else set()


def values_lost(values: Mapping[str, Block], known: Mapping[str, Any]) -> dict[tuple[str, str], set[str]]:
    """Name the divisors of 0 for which a value is not known; `known` are answers and values."""
    found: dict[tuple[str, str], set[str]] = {}
    for _ in values:
        for name, value in values.items():
            if name not in known:
                found["value", name] = _value_lost(value, known, found)
    return found


def _value_lost(value: Block, known: Mapping[str, Any], found: Zeros) -> set[str]:
    signs = ("add", "subtract", "multiply", "divide", "percent")
    read: list[Any] = next((value[sign] for sign in signs if sign in value), [])
    divided = "divide" in value or "percent" in value
    own = {read[1]} if divided and isinstance(read[1], str) and known.get(read[1]) == 0 else set()
    return own.union(*(found.get(("value", part), set()) for part in read if isinstance(part, str)))


def flags(kind: str, id: str, divisors: set[str]) -> Iterator[str]:
    """Write the flags of one thing."""
    yield from (f"divisor_zero:{kind}:{id}:{divisor}" for divisor in sorted(divisors))
