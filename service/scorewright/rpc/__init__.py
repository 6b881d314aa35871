"""The gRPC server: one file a service, and what stands around each call."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.rpc.process import serve

__all__ = ("serve",)

_HOMES = {"serve": "process"}
"""The modules of the names: imported by whoever asks for one, so that a start pays for nothing else."""


def __getattr__(name: str) -> object:
    """Return what the face has, or raise AttributeError."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
