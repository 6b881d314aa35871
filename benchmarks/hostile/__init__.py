"""Texts made to take long to check, of every construct: up to 512 KiB, many with no mistake at all."""

from collections.abc import Callable
from inspect import isfunction, signature
from types import ModuleType

from benchmarks.hostile import blocks, conditions, names, points, suites, texts


def _of(*modules: ModuleType) -> dict[str, Callable[[], str]]:
    return {
        name: made
        for module in modules
        for name, made in vars(module).items()
        if isfunction(made) and made.__module__ == module.__name__ and not signature(made).parameters
    }


BOOKS = _of(names, conditions, points, blocks, texts)
"""Rulebooks by name."""

SUITES = _of(suites)
"""Suites by name, all beside the rulebook `tested`."""
TESTED = SUITES.pop("tested")
