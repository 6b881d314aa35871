"""Texts of a rulebook that are read: periods, and texts with placeholders.

Placeholders are `{score}`, `{inputs.x}`, `{groups.x}` and a few more; nothing else stands in braces.
"""

import re

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

PLACEHOLDERS = (
    "score", "out_of", "band", "band_from", "points_to_next_band", "next_band", "top_reasons", "weak_reasons",
)  # fmt: skip
"""The placeholders without a key."""


def split(text: str) -> list[str]:
    """Cut a text at its placeholders: literal text at even places, the inside of the braces at odd ones."""
    return _PLACEHOLDER.split(text)


def placeholders(text: str) -> list[str]:
    """List what stands inside braces."""
    return split(text)[1::2]


def days(period: str) -> int:
    """Count the days of `30 days` or `2 weeks`."""
    count, unit = period.split()
    return int(count) * (7 if unit.startswith("week") else 1)
