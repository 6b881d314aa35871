"""From a text to a rulebook: source, located nodes, frozen model."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.rulebook.document import Document, read_model, read_rulebook
    from scorewright.rulebook.errors.foreign_characters import told
    from scorewright.rulebook.model.key_rules import NotEmpty, Unless
    from scorewright.rulebook.package_data import shipped, shipped_sample
    from scorewright.rulebook.read_files import (
        ENDING,
        SUITE_ENDING,
        find_rulebooks,
        has_suite,
        rulebooks_in,
        suite_path,
    )
    from scorewright.rulebook.regular_files import open_file
    from scorewright.rulebook.source import MAX_BYTES, Source
    from scorewright.rulebook.text_slots import PLACEHOLDERS, placeholders, split
    from scorewright.rulebook.yaml_reader import read_tree

__all__ = (
    "ENDING",
    "MAX_BYTES",
    "PLACEHOLDERS",
    "SUITE_ENDING",
    "Document",
    "NotEmpty",
    "Source",
    "Unless",
    "find_rulebooks",
    "has_suite",
    "open_file",
    "placeholders",
    "read_model",
    "read_rulebook",
    "read_tree",
    "rulebooks_in",
    "shipped",
    "shipped_sample",
    "split",
    "suite_path",
    "told",
)

_HOMES = {
    "Document": "document",
    "ENDING": "read_files",
    "MAX_BYTES": "source",
    "NotEmpty": "model.key_rules",
    "PLACEHOLDERS": "text_slots",
    "SUITE_ENDING": "read_files",
    "Source": "source",
    "Unless": "model.key_rules",
    "find_rulebooks": "read_files",
    "has_suite": "read_files",
    "open_file": "regular_files",
    "placeholders": "text_slots",
    "read_model": "document",
    "read_rulebook": "document",
    "read_tree": "yaml_reader",
    "rulebooks_in": "read_files",
    "shipped": "package_data",
    "shipped_sample": "package_data",
    "split": "text_slots",
    "suite_path": "read_files",
    "told": "errors.foreign_characters",
}
"""The modules of the names: imported by whoever asks for one, so that a start pays for nothing else."""


def __getattr__(name: str) -> object:
    """Return what the face has, or raise AttributeError."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
