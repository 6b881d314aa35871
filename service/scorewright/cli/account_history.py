"""What the database of a server has of one account; nothing in it is changed."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scorewright.accounts import known
from scorewright.catalog import all_kinds, earliest
from scorewright.cli.command import UsageError
from scorewright.cli.reporters.shown import shown
from scorewright.program import Program
from scorewright.program.fact import Fact, Moment
from scorewright.runtime import DATABASE, NONE
from scorewright.storage import (
    ActionState,
    DatabaseAwayError,
    DatabaseUrlError,
    Repositories,
    SchemaError,
    fault,
    field_of,
)

VARIABLE: Final = "SCOREWRIGHT_DATABASE"

MAX_FACTS: Final = 100_000
"""The most facts of an account that are read; a server reads as many unless it is told otherwise."""

_NAME_IT: Final = "name the one of the server with --database"


@dataclass(frozen=True, slots=True)
class AccountHistory:
    """The facts of an account up to a moment, how its actions stand now, and why events are left out."""

    facts: Sequence[Fact]
    standing: Sequence[ActionState]
    left_out: Sequence[str]


def recorded(account: str, url: str | None, program: Program, moment: Moment) -> AccountHistory:
    """Read an account from a database; None is the one that a server would take here."""
    url = url or os.environ.get(VARIABLE) or DATABASE
    if url == NONE:
        raise UsageError("the server keeps no database", _NAME_IT)
    if why := fault(account):
        raise UsageError(f"the account {why}")
    try:
        kept = Repositories.at(url, read_only=True)
    except DatabaseUrlError as error:
        raise UsageError(error.why, error.help) from None
    with kept.database:
        try:
            return _recorded(account, kept, program, moment)
        except (DatabaseAwayError, SchemaError) as error:
            raise UsageError(shown(str(error)), _NAME_IT) from None


def _recorded(account: str, kept: Repositories, program: Program, moment: Moment) -> AccountHistory:
    events = kept.events.of(account, earliest([program], moment), moment, limit=MAX_FACTS + 1)
    if len(events) > MAX_FACTS:
        raise UsageError(f"the account has more than {MAX_FACTS:,} facts that the rulebook looks at")
    found = known(all_kinds([program]), events)
    left_out = [f"event {event.id}: {field_of(error)}: {error.message}" for event, error in found.left_out]
    return AccountHistory(found.facts, kept.ledger.standing(account, program.id), left_out)
