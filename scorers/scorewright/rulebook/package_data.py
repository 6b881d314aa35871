"""The data that comes with the package: in a wheel below `data/`, in a checkout where the owner has it."""

from pathlib import Path
from typing import Literal

from scorewright.rulebook.folders import SAMPLES

Kind = Literal["docs", "proto", "rules", "templates"]
"""The folders that ship, by the name that each has at the root of a checkout and below `data/`."""

_PACKAGE = Path(__file__).parents[1]
"""The folder `scorewright`, in site-packages or in the root of the library's sources."""


def shipped(kind: Kind) -> Path:
    """Return a folder that ships: `rules` with suites and samples, or another of `Kind`."""
    built = _PACKAGE / "data" / kind
    return built if built.is_dir() else _PACKAGE.parents[1] / kind


def shipped_sample(rulebook: str) -> Path | None:
    """Return the subjects that ship with a rulebook, by its id, or None where it does not ship."""
    return next((shipped("rules") / SAMPLES).glob(f"{rulebook}.*"), None)
