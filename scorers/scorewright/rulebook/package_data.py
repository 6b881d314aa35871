"""The data that comes with the package: in a wheel below `data/`, in a checkout where the owner has it."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).parents[1]
"""The folder `scorewright`, in site-packages or in the root of the library's sources."""


def shipped(kind: Literal["rules", "proto"]) -> Path:
    """Return the folder with the shipped rulebooks, or with the contract."""
    built = _PACKAGE / "data" / kind
    return built if built.is_dir() else _PACKAGE.parents[1] / kind
