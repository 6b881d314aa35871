"""What happened to accounts, what was evaluated, and which actions are open: kept in a database."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.storage.account_index import AccountVersion
    from scorewright.storage.action_state import ActionState, ActionStatus
    from scorewright.storage.canonical_json import fault, fault_of
    from scorewright.storage.change_log import ActionChange, ActionChangeKind, Changes
    from scorewright.storage.database import Database
    from scorewright.storage.database_clock import clock_of
    from scorewright.storage.database_errors import (
        BehindError,
        DatabaseAwayError,
        DatabaseUrlError,
        OutdatedError,
        SchemaError,
        SupersededError,
    )
    from scorewright.storage.event_log import Events, RecordingStatus, StoredEvent, field_of
    from scorewright.storage.reconciliation import Due, Settlement
    from scorewright.storage.repositories import Repositories

__all__ = (
    "AccountVersion",
    "ActionChange",
    "ActionChangeKind",
    "ActionState",
    "ActionStatus",
    "BehindError",
    "Changes",
    "Database",
    "DatabaseAwayError",
    "DatabaseUrlError",
    "Due",
    "Events",
    "OutdatedError",
    "RecordingStatus",
    "Repositories",
    "SchemaError",
    "Settlement",
    "StoredEvent",
    "SupersededError",
    "clock_of",
    "fault",
    "fault_of",
    "field_of",
)

_HOMES = {
    "AccountVersion": "account_index",
    "ActionChange": "change_log",
    "ActionChangeKind": "change_log",
    "ActionState": "action_state",
    "ActionStatus": "action_state",
    "BehindError": "database_errors",
    "Changes": "change_log",
    "Database": "database",
    "DatabaseAwayError": "database_errors",
    "DatabaseUrlError": "database_errors",
    "Due": "reconciliation",
    "Events": "event_log",
    "OutdatedError": "database_errors",
    "RecordingStatus": "event_log",
    "Repositories": "repositories",
    "SchemaError": "database_errors",
    "Settlement": "reconciliation",
    "StoredEvent": "event_log",
    "SupersededError": "database_errors",
    "clock_of": "database_clock",
    "fault": "canonical_json",
    "fault_of": "canonical_json",
    "field_of": "event_log",
}
"""The modules of the names: imported by whoever asks for one, so that a start pays for nothing else."""


def __getattr__(name: str) -> object:
    """Return what the face has, or raise AttributeError."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
