"""The optional extras: what each brings, and how to say that one is absent.

Their requirements stand in `pyproject.toml`; a test holds the two tables together.
"""

import sys
from collections.abc import Mapping
from typing import Final

EXTRAS: Final[Mapping[str, tuple[str, ...]]] = {
    "server": ("grpc_health", "grpc_reflection", "pydantic_settings", "sqlalchemy"),
    "postgres": ("psycopg",),
    "durable": ("durable_rules_engine",),
}
"""Extra -> the top-level modules that we import of what it installs."""

DURABLE_ENDS: Final = (3, 13)
"""The first Python on which the library behind `durable` can no longer be imported."""


def extra_of(module: str | None) -> str | None:
    """Return the extra that brings a module, dotted or not; None for a module of no extra."""
    return next((extra for extra, modules in EXTRAS.items() if _top(module) in modules), None)


def install_command(extra: str) -> str:
    """Return what to type to install an extra of what is installed already."""
    return f"pip install 'scorewright[{extra}]'"


def need_of_module(module: str | None) -> str | None:
    """Return the line that says which extra brings a module; None for a module of no extra."""
    extra = extra_of(module)
    if extra is None:
        return None
    return f"this needs the extra `{extra}`, for `{_top(module)}`: {install_command(extra)}"


def need_of_engine(engine: str) -> str:
    """Return the line that says what an engine of the extra of its name needs."""
    if engine == "durable" and sys.version_info >= DURABLE_ENDS:
        return f"the engine `{engine}` needs Python 3.12 or older; `compiled` gives the same answers on any"
    return f"the engine `{engine}` needs the extra: {install_command(engine)}"


def _top(module: str | None) -> str:
    return (module or "").partition(".")[0]
