"""What an evaluation asks of the ledger, and what follows from it: which actions open, repeat and resolve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from scorewright.program.fact import Moment
from scorewright.storage import canonical_json as content
from scorewright.storage.action_state import ActionState
from scorewright.storage.served_versions import ServedVersion


@dataclass(frozen=True, slots=True)
class Due:
    """An action that an evaluation says is due; `shown` is what people and machines are told of it, in JSON.

    `key` is what receivers know it by, if it opens now.
    """

    action: str
    key: str
    causes: tuple[str, ...]
    shown: Mapping[str, object]


class LedgerSheet(NamedTuple):
    """A sheet of the ledger: the actions of an account by a rulebook, which one at a time settles."""

    account: str
    rulebook: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """All that is due for an account by a rulebook at a moment.

    `seq` is what the account's was before its events were read, so that an evaluation that took long never
    undoes one that saw more. `edition` is the form of the rulebook, where others may be served as well.
    Raises ValueError for what no database can keep, so that in a group of them it is one that cannot be made,
    and not all that cannot be written.
    """

    account: str
    rulebook: str
    moment: Moment
    due: tuple[Due, ...]
    seq: int = 0
    edition: ServedVersion | None = None

    def __post_init__(self) -> None:
        content.demand(account=self.account, rulebook=self.rulebook, moment=self.moment)
        for item in self.due:
            content.demand(action=item.action, key=item.key)
            content.write(item.causes)
            content.write(item.shown)
        if len({item.action for item in self.due}) < len(self.due):
            raise ValueError("an action is due twice; give it once, with all its causes")

    @property
    def sheet(self) -> LedgerSheet:
        """Return what it settles."""
        return LedgerSheet(self.account, self.rulebook)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What a settlement changes in the ledger; what opens has a cursor only when it is written."""

    opened: tuple[ActionState, ...]
    repeated: tuple[ActionState, ...]
    resolved: tuple[ActionState, ...]

    @classmethod
    def of(cls, settlement: Settlement, known: Sequence[ActionState]) -> "LedgerEntry":
        """Compare what is due with the actions that are open."""
        moment, due = settlement.moment, settlement.due
        before, wanted = {standing.action: standing for standing in known}, {item.action for item in due}
        return cls(
            tuple(_new(settlement, item) for item in due if item.action not in before),
            tuple(_again(before[item.action], item, moment) for item in due if item.action in before),
            tuple(replace(standing, resolved=moment) for standing in known if standing.action not in wanted),
        )

    def standings(self, settlement: Settlement) -> list[ActionState]:
        """Return each due action in its order, and then those that this resolved."""
        now = {standing.action: standing for standing in (*self.repeated, *self.opened)}
        return [*(now[item.action] for item in settlement.due), *self.resolved]


def _new(settlement: Settlement, item: Due) -> ActionState:
    moment = settlement.moment
    told = (*settlement.sheet, item.action, item.key, moment, moment)
    return ActionState(0, *told, None, 0, item.causes, item.shown)


def _again(standing: ActionState, item: Due, moment: Moment) -> ActionState:
    repeats = standing.repeats + 1
    return replace(standing, last=moment, repeats=repeats, causes=item.causes, shown=item.shown)
