"""Draw answers: only sums and products of one stream of chance, so that every machine draws the same."""

from collections.abc import Sequence
from random import Random


def notifier(chance: Random) -> float:
    """Draw from -2 to 2, mostly near 0."""
    return chance.random() + chance.random() + chance.random() + chance.random() - 2


def known(chance: Random, answer: str, missing: float) -> str:
    """Give the answer, or nothing with this probability."""
    return "" if chance.random() < missing else answer


def yes(chance: Random, probability: float) -> str:
    """Draw true or false."""
    return "true" if chance.random() < probability else "false"


def spread(chance: Random, steps: Sequence[int]) -> int:
    """Draw a whole number: a step as likely as any other, and evenly up to the next one."""
    at = chance.randrange(len(steps) - 1)
    return chance.randint(steps[at], steps[at + 1])


def decimal(number: int, decimals: int) -> str:
    """Write a whole number of tenths, cents and the like in plain digits, without zeros at the end."""
    whole, part = divmod(number, 10**decimals)
    digits = f"{part:0{decimals}d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
