"""Accounts at work: evaluated, reconciled, scheduled, watched."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.accounts.assembly import AccountRuntime
    from scorewright.accounts.evaluator import Evaluated
    from scorewright.accounts.event_recorder import EventTally
    from scorewright.accounts.failure_causes import Causes
    from scorewright.accounts.fleet import Fleet
    from scorewright.accounts.notifier import Notifier
    from scorewright.accounts.reconciler import GROUP
    from scorewright.accounts.recorded_facts import RecordedFacts, known

__all__ = (
    "GROUP",
    "AccountRuntime",
    "Causes",
    "Evaluated",
    "EventTally",
    "Fleet",
    "Notifier",
    "RecordedFacts",
    "known",
)

_HOMES = {
    "AccountRuntime": "assembly",
    "Causes": "failure_causes",
    "Evaluated": "evaluator",
    "EventTally": "event_recorder",
    "Fleet": "fleet",
    "GROUP": "reconciler",
    "Notifier": "notifier",
    "RecordedFacts": "recorded_facts",
    "known": "recorded_facts",
}
"""The modules of the names: imported by whoever asks for one, so that a start pays for nothing else."""


def __getattr__(name: str) -> object:
    """Return what the face has, or raise AttributeError."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
