"""How the process runs: settings, logs, limits, engines' processes."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.runtime.access import StartError, demand_guarded, read_pair, read_token
    from scorewright.runtime.certificates import Pair
    from scorewright.runtime.engine_processes import prepared
    from scorewright.runtime.failures import broken
    from scorewright.runtime.logs import LOGGER, line, set_up
    from scorewright.runtime.settings import DATABASE, NONE, Settings, strangers
    from scorewright.runtime.settings_page import settings_reference
    from scorewright.runtime.stream_limits import StreamPlaces

__all__ = (
    "DATABASE",
    "LOGGER",
    "NONE",
    "Pair",
    "Settings",
    "StartError",
    "StreamPlaces",
    "broken",
    "demand_guarded",
    "line",
    "prepared",
    "read_pair",
    "read_token",
    "set_up",
    "settings_reference",
    "strangers",
)

_HOMES = {
    "DATABASE": "settings",
    "LOGGER": "logs",
    "NONE": "settings",
    "Pair": "certificates",
    "Settings": "settings",
    "StartError": "access",
    "StreamPlaces": "stream_limits",
    "broken": "failures",
    "demand_guarded": "access",
    "line": "logs",
    "prepared": "engine_processes",
    "read_pair": "access",
    "read_token": "access",
    "set_up": "logs",
    "settings_reference": "settings_page",
    "strangers": "settings",
}
"""The modules of the names: imported by whoever asks for one, so that a start pays for nothing else."""


def __getattr__(name: str) -> object:
    """Return what the face has, or raise AttributeError."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
