"""Why the database does not do what it is asked, as data."""

from scorewright.program.fact import Moment

ALLOWED = "write `sqlite:///file.db`, or `postgresql://user:password@host/name`"
"""What a URL of a database looks like."""


class DatabaseUrlError(ValueError):
    """No database can be meant by this URL; says why, and never the URL itself, which may hold a password."""

    def __init__(self, why: str, how: str = ALLOWED) -> None:
        super().__init__(why)
        self.why = why
        self.help = how


class DatabaseAwayError(Exception):
    """The database cannot be used right now; nothing of the call was kept, and the next call tries again.

    Only where the connection broke while its last word was on the way (COMMIT) may the call have been kept
    whole; it can then be made again, for recording and settling take the same thing twice.
    """

    def __init__(self, database: str, why: str) -> None:
        super().__init__(f"the database `{database}` is away: {why}")
        self.database = database
        self.why = why


class SchemaError(Exception):
    """The tables of the database are not ones that this program can use."""

    def __init__(self, database: str, why: str) -> None:
        super().__init__(f"the database `{database}` cannot be used: {why}")
        self.database = database
        self.why = why


class BehindError(Exception):
    """The ledger of an account is ahead of who would settle it, and stands as it was."""


class SupersededError(BehindError):
    """Another edition of the rulebook settles its accounts, on another server or once on this one."""

    def __init__(self, rulebook: str, by: str, version: str, digest: str) -> None:
        super().__init__(f"`{rulebook}` is settled by version {version} ({digest[:12]}) of `{by}`")
        self.rulebook = rulebook
        self.by = by
        self.version = version
        self.digest = digest


class OutdatedError(BehindError):
    """An account was settled at a later moment already, or with events that this evaluation did not see.

    `settled` is the moment up to which the ledger stands.
    """

    def __init__(self, account: str, rulebook: str, moment: Moment, settled: Moment) -> None:
        what = "at a later moment" if settled > moment else "with newer events"
        super().__init__(f"`{account}` was settled {what} already for `{rulebook}`")
        self.account = account
        self.rulebook = rulebook
        self.moment = moment
        self.settled = settled
