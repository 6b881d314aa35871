"""How an action stands for an account, as the ledger keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, Select

from scorewright.program.fact import Moment
from scorewright.storage import canonical_json as content


class ActionStatus(StrEnum):
    """Whether an action is open since the last time, open for longer, or resolved."""

    OPENED = "opened"
    REPEATED = "repeated"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class ActionState:
    """An action from its opening on: `key` and `opened` are those it opened with, `cursor` names that change.

    `last` is the newest moment at which it was due, `causes` and `shown` are those of then; `repeats` counts
    how often it was due again. `resolved` is when it was no longer due.
    """

    cursor: int
    account: str
    rulebook: str
    action: str
    key: str
    opened: Moment
    last: Moment
    resolved: Moment | None
    repeats: int
    causes: tuple[str, ...]
    shown: Mapping[str, object]

    @property
    def how(self) -> ActionStatus:
        """Return how it stands."""
        if self.resolved is not None:
            return ActionStatus.RESOLVED
        return ActionStatus.REPEATED if self.repeats else ActionStatus.OPENED

    def row(self) -> dict[str, object]:
        """Write it as a row of the table of openings."""
        return {
            "cursor": self.cursor,
            "account": self.account,
            "rulebook": self.rulebook,
            "action": self.action,
            "key": self.key,
            "opened": self.opened,
            "last": self.last,
            "resolved": self.resolved,
            "repeats": self.repeats,
            "causes": content.write(self.causes),
            "shown": content.write(self.shown),
        }


def standings(
    connection: Connection, wanted: Select[Any], of: Mapping[str, str] | None = None
) -> list[ActionState]:
    """Read whole rows of the table of openings; `of` is what the question leaves open."""
    return [_read(row) for row in connection.execute(wanted, of).mappings()]


def _read(row: RowMapping) -> ActionState:
    causes, shown = content.read_texts(row["causes"]), content.read_object(row["shown"])
    return ActionState(**{**row, "causes": causes, "shown": shown})
