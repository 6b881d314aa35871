"""Words that the hostile texts are put together from."""

import re
from collections.abc import Callable, Iterable, Iterator

from scorewright.rulebook.node_builder import MAX_NODES
from scorewright.rulebook.source import MAX_BYTES

LEFT = 4_000
"""What the blocks around the long one take: bytes, and keys and values."""

BANDS = "bands:\n  - { id: low, from: 0 }\n"
SUM = "method: sum, out_of: 1, if_missing: no_points"


def book(*parts: str, score: str = SUM, bands: str = BANDS) -> str:
    head = "rulebook: { id: hostile, name: Hostile, version: 1.0.0, owner: nobody }\n"
    return head + f"score: {{ {score} }}\n" + "".join(parts) + bands


def section(name: str, lines: Iterable[str]) -> str:
    return f"{name}:\n" + "".join(f"  {line}\n" for line in lines)


def criteria(items: Iterable[str]) -> str:
    return section("criteria", (f"- {{ id: c{n}, {item} }}" for n, item in enumerate(items)))


def numbers(count: int, more: str = "min: 0, max: 1000000") -> str:
    return section("inputs", (f"i{n}: {{ type: number, {more} }}" for n in range(count)))


def booleans(count: int) -> str:
    return section("inputs", (f"i{n}: {{ type: boolean }}" for n in range(count)))


def joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def filled(lines: Callable[[int], str], most: int, size: int = MAX_BYTES - LEFT) -> Iterator[str]:
    """Give numbered lines until a text is as large as it may be, or holds as many keys and values."""
    left, nodes = size, MAX_NODES - LEFT
    for n in range(most):
        line = lines(n)
        left -= len(line.encode()) + 20
        nodes -= len(re.findall(r"[^\s{}\[\],:]+|[{\[]", line)) + 5
        if left < 0 or nodes < 0:
            return
        yield line


def near(prefix: str, n: int, tail: str = "") -> str:
    """Give one of many long names that are told apart only in their middle."""
    return f"{prefix}{'a' * 30}{n:04d}{'b' * (63 - 34 - len(prefix) - len(tail))}{tail}"
