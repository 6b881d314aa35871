"""What becomes of open actions whose rulebook goes on under another id, or is served by nobody any more."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, case, select, update

from scorewright.program.fact import Moment
from scorewright.storage.action_state import ActionState, standings
from scorewright.storage.bulk_sql import insert_rows
from scorewright.storage.change_log import ActionChange, ActionChangeKind, append, take
from scorewright.storage.tables import OPENINGS, SETTLED

_OPEN = OPENINGS.c.resolved.is_(None)


def left_open(connection: Connection, rulebooks: Sequence[str], limit: int) -> list[str]:
    """Return accounts with actions that are open by one of these rulebooks."""
    wanted = select(OPENINGS.c.account).where(OPENINGS.c.rulebook.in_(rulebooks), _OPEN).distinct()
    return list(connection.scalars(wanted.order_by(OPENINGS.c.account).limit(limit)))


def resolve(connection: Connection, rulebook: str, accounts: Sequence[str], moment: Moment) -> int:
    """Resolve what a rulebook left open, as of a moment or of the last that it was settled at; count it."""
    # Who settles one of them, as an older server may, ends first; taken in the order in which all take them.
    sheets = (SETTLED.c.rulebook == rulebook, SETTLED.c.account.in_(accounts))
    taking = select(SETTLED.c.account).where(*sheets).order_by(*SETTLED.primary_key)
    connection.execute(taking.with_for_update()).all()
    to = case((SETTLED.c.moment > moment, SETTLED.c.moment), else_=moment)
    moving = update(SETTLED).where(*sheets).values(moment=to)
    moved = connection.execute(moving.returning(SETTLED.c.account, SETTLED.c.moment))
    at: dict[str, Moment] = {row.account: row.moment for row in moved}
    found = _open(connection, [rulebook], accounts)
    over = [replace(standing, resolved=at.get(standing.account, moment)) for standing in found]
    _write(connection, over, ())
    return len(over)


def carry(
    connection: Connection, rulebook: str, former: Sequence[str], accounts: Sequence[str], moment: Moment
) -> int:
    """Make what former rulebooks left open the rulebook's own; what it has open itself is resolved there.

    It is settled from where they were, so that no evaluation that saw less undoes theirs.
    """
    _go_on(connection, rulebook, former, accounts)
    own = {(standing.account, standing.action) for standing in _open(connection, [rulebook], accounts)}
    over: list[ActionState] = []
    carried: list[ActionState] = []
    for standing in _open(connection, former, accounts):
        if (standing.account, standing.action) in own:
            over.append(replace(standing, resolved=max(moment, standing.last)))
        else:
            own.add((standing.account, standing.action))
            carried.append(replace(standing, rulebook=rulebook))
    _write(connection, over, carried)
    return len(over) + len(carried)


def _go_on(connection: Connection, rulebook: str, former: Sequence[str], accounts: Sequence[str]) -> None:
    asked = select(SETTLED.c.account, SETTLED.c.moment, SETTLED.c.seq).where(
        SETTLED.c.rulebook.in_(former), SETTLED.c.account.in_(accounts)
    )
    last: dict[str, tuple[int, int]] = {}
    for account, moment, seq in connection.execute(asked):
        before = last.get(account, (moment, seq))
        last[account] = max(before[0], moment), max(before[1], seq)
    if not last:
        return
    moving = insert_rows(
        connection, SETTLED, [(account, rulebook, *last[account]) for account in sorted(last)]
    )
    to = moving.excluded
    later = {
        name: case((SETTLED.c[name] > to[name], SETTLED.c[name]), else_=to[name])
        for name in ("moment", "seq")
    }
    connection.execute(
        moving.on_conflict_do_update(index_elements=[SETTLED.c.account, SETTLED.c.rulebook], set_=later)
    )


def _open(connection: Connection, rulebooks: Sequence[str], accounts: Sequence[str]) -> list[ActionState]:
    wanted = select(OPENINGS).where(
        OPENINGS.c.account.in_(accounts), OPENINGS.c.rulebook.in_(rulebooks), _OPEN
    )
    return standings(connection, wanted.order_by(OPENINGS.c.cursor))


def _write(connection: Connection, over: Sequence[ActionState], carried: Sequence[ActionState]) -> None:
    changed = [*over, *carried]
    if not changed:
        return
    rows = [{"at": each.cursor, "by": each.rulebook, "end": each.resolved} for each in changed]
    updating = update(OPENINGS).where(OPENINGS.c.cursor == bindparam("at"))
    connection.execute(updating.values(rulebook=bindparam("by"), resolved=bindparam("end")), rows)
    hows = [ActionChangeKind.RESOLVED] * len(over) + [ActionChangeKind.CARRIED] * len(carried)
    cursors = take(connection, len(changed))
    append(connection, [_change(*each) for each in zip(cursors, hows, changed, strict=True)])


def _change(cursor: int, how: ActionChangeKind, standing: ActionState) -> ActionChange:
    moment = standing.last if standing.resolved is None else standing.resolved
    named = (standing.account, standing.rulebook, standing.action, standing.key)
    return ActionChange(cursor, *named, how, moment, standing.causes, standing.shown)


def set_back(connection: Connection, moment: Moment, limit: int) -> int:
    """Let sheets that were settled after a moment count as settled then, and their actions as well."""
    columns = (SETTLED.c.account, SETTLED.c.rulebook)
    wanted = select(*columns).where(SETTLED.c.moment > moment).order_by(*columns).limit(limit)
    sheets = list(connection.execute(wanted.with_for_update()))
    for account, rulebook in sheets:
        this = (SETTLED.c.account == account, SETTLED.c.rulebook == rulebook)
        connection.execute(update(SETTLED).where(*this).values(moment=moment))
        for column in (OPENINGS.c.opened, OPENINGS.c.last, OPENINGS.c.resolved):
            those = (OPENINGS.c.account == account, OPENINGS.c.rulebook == rulebook, column > moment)
            connection.execute(update(OPENINGS).where(*those).values({column.name: moment}))
    return len(sheets)
