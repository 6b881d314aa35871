"""The ways to run a program: one plain, the others held equal to it."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.engines.base import Engine
    from scorewright.engines.compiled.compiled_engine import CompiledEngine
    from scorewright.engines.durable.rete_engine import DurableEngine
    from scorewright.engines.durable.rule_plan import plan
    from scorewright.engines.durable.signal_patterns import askings
    from scorewright.engines.engine_errors import (
        EngineError,
        EngineNotInstalledError,
        EngineUnavailableError,
        Inexpressible,
        InexpressibleError,
        TooManyFactsError,
    )
    from scorewright.engines.reference import ReferenceEngine
    from scorewright.engines.workers import Workers

__all__ = (
    "CompiledEngine",
    "DurableEngine",
    "Engine",
    "EngineError",
    "EngineNotInstalledError",
    "EngineUnavailableError",
    "Inexpressible",
    "InexpressibleError",
    "ReferenceEngine",
    "TooManyFactsError",
    "Workers",
    "askings",
    "plan",
)

_HOMES = {
    "CompiledEngine": "compiled.compiled_engine",
    "DurableEngine": "durable.rete_engine",
    "Engine": "base",
    "EngineError": "engine_errors",
    "EngineNotInstalledError": "engine_errors",
    "EngineUnavailableError": "engine_errors",
    "Inexpressible": "engine_errors",
    "InexpressibleError": "engine_errors",
    "ReferenceEngine": "reference",
    "TooManyFactsError": "engine_errors",
    "Workers": "workers",
    "askings": "durable.signal_patterns",
    "plan": "durable.rule_plan",
}
"""The modules of the names: imported by whoever asks for one, so that a start pays for nothing else."""


def __getattr__(name: str) -> object:
    """Return what the face has, or raise AttributeError."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
