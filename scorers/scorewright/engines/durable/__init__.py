"""The forward-chaining (Rete) engine, boxed in: `native` is the one module that touches durable-rules."""

from importlib.util import find_spec


def installed() -> bool:
    """Return whether the library behind the engine is installed."""
    return find_spec("durable_rules_engine") is not None
