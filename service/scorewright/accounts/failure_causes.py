"""Why rulebooks have no answer for accounts: counted by cause, and told in a line each."""

from dataclasses import dataclass, field
from typing import NamedTuple

from scorewright.messages.refusals import InvalidSubject, Refusal
from scorewright.runtime import LOGGER, line


class Cause(NamedTuple):
    """A rulebook ("" for all of them), a kind of refusal, and the first input that it is about, if any."""

    rulebook: str
    why: str
    input: str = ""
    code: str = ""


@dataclass(slots=True)
class Causes:
    """Count accounts by cause; each is told with the first account that had it."""

    _found: dict[Cause, tuple[int, str]] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Return whether there is something to tell."""
        return bool(self._found)

    def note(self, rulebook: str, refusal: Refusal, account: str) -> None:
        """Count an account."""
        self._add(_cause(rulebook, refusal), 1, account)

    def join(self, other: "Causes") -> None:
        """Count what others counted."""
        for cause, (count, example) in other._found.items():
            self._add(cause, count, example)

    def tell(self) -> None:
        """Write a line for each cause, and begin anew."""
        for cause, (count, example) in self._found.items():
            about = {"input": cause.input, "code": cause.code} if cause.code else {"why": cause.why}
            of = {"rulebook": cause.rulebook} if cause.rulebook else {}
            LOGGER.warning(line("not_evaluated", **of, accounts=count, example=example, **about))
        self._found.clear()

    def _add(self, cause: Cause, count: int, example: str) -> None:
        before, first = self._found.get(cause, (0, example))
        self._found[cause] = (before + count, first)


def _cause(rulebook: str, refusal: Refusal) -> Cause:
    why = type(refusal).__name__
    if not isinstance(refusal, InvalidSubject) or not refusal.objections:
        return Cause(rulebook, why)
    first = refusal.objections[0].error
    # Of a list the input, and not which of its items: there are as many causes as a rulebook has inputs.
    return Cause(rulebook, why, first.input.partition("[")[0], first.code)
