"""Threads of their own for methods that take long, apart from those of all other calls."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Behavior = TypeVar("Behavior", bound=Callable[..., object])


def in_pool(behavior: Behavior, pool: ThreadPoolExecutor) -> Behavior:
    """Let gRPC run a method in threads of its own."""
    behavior.experimental_thread_pool = pool  # type: ignore[attr-defined]  # gRPC's own way, which no type has
    return behavior
