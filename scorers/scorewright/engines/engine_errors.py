"""Wrong calls and failures that are nobody's rulebook; they carry data, and their text is for a log.

What is wrong with a user's rulebook is a finding, and what is wrong with answers is an `Invalid`.
"""

from dataclasses import dataclass

from scorewright.diagnostics import need_of_engine


class EngineError(Exception):
    """An engine cannot do what it was asked; `engine` is its name in the table of engines."""

    def __init__(self, engine: str, message: str) -> None:
        super().__init__(message)
        self.engine = engine


class EngineNotInstalledError(EngineError):
    """The engine needs a package that is not installed here."""

    def __init__(self, engine: str) -> None:
        super().__init__(engine, need_of_engine(engine))


class EngineUnavailableError(EngineError):
    """The process that an engine runs in ended during the call; the same call may be made again."""


class EngineFailedError(EngineError):
    """The library behind an engine refused what it should take: a bug of ours."""


class TooManyFactsError(EngineError):
    """An account has more facts than an engine can match in time; `signal` is where it gave up."""

    def __init__(self, engine: str, signal: str, why: str) -> None:
        super().__init__(engine, f"the signal `{signal}` {why}")
        self.signal = signal


@dataclass(frozen=True, slots=True)
class Inexpressible:
    """A part of a program that an engine cannot express: its place in the rulebook, why, a way out."""

    path: tuple[str | int, ...]
    message: str
    help: str


class InexpressibleError(EngineError):
    """A program is refused by an engine that cannot express it; every reason is listed."""

    def __init__(self, engine: str, reasons: tuple[Inexpressible, ...]) -> None:
        super().__init__(engine, "; ".join(reason.message for reason in reasons))
        self.reasons = reasons
