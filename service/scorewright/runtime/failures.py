"""What failed beside us or in us: a line in the log, and what the caller learns of it."""

import secrets

from scorewright.engines import EngineUnavailableError
from scorewright.messages.refusals import (
    Broken,
    DatabaseAway,
    DatabaseUnfit,
    Outdated,
    Refusal,
    Superseded,
    Unavailable,
)
from scorewright.program.fact import time_of
from scorewright.runtime.logs import LOGGER, line, where
from scorewright.storage import DatabaseAwayError, OutdatedError, SchemaError, SupersededError
from scorewright.storage.served_versions import SettlingVersion, why_not


def broken(method: str, error: Exception) -> Refusal:
    """Log a bug under a new call id, or what failed beside us, and give what the caller learns of it."""
    match error:
        case EngineUnavailableError():
            LOGGER.error(line("engine_ended", method=method, engine=error.engine, why=str(error)))
            return Unavailable()
        case DatabaseAwayError():
            LOGGER.warning(line("database_away", method=method, database=error.database, why=error.why))
            return DatabaseAway()
        case SchemaError():
            return DatabaseUnfit(str(error))
        case SupersededError():
            other = SettlingVersion(error.by, error.version, error.digest)
            return Superseded(error.rulebook, why_not(other, error.rulebook))
        case OutdatedError():
            settled = time_of(error.settled).isoformat()
            return Outdated(error.rulebook, f"recorded as of {settled} already, by newer events or later")
    call = secrets.token_hex(8)
    LOGGER.error(line("broken", method=method, call=call, error=type(error).__name__, at=where(error)))
    return Broken(call)
