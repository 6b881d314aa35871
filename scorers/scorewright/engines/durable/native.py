"""The door to durable-rules: the one module that imports it.

It is driven through its C calls alone. Its own `Host` starts two threads that never stop, and where a clock
says that an action took more than 10 seconds it drops all that would have fired after it; here there is
neither. What the calls need to be safe is kept here, what the rules need in `form` and `language`:

- A `delete_state` before any rule has fired frees memory that was never set: a rule is fired on creation.
- Facts stay until they are deleted: the state goes after every firing, whatever happened in it.
- The interpreter's lock is held during a call, but not between two: a firing holds a lock of its own.
- Rules live until their handle is deleted: that happens on `close`, or when the object is let go.
"""

import json
import weakref
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock

from scorewright.engines.durable.encoding import SID, WARM_FACT, WARM_RULE
from scorewright.engines.engine_errors import EngineFailedError, EngineNotInstalledError

try:
    import durable_rules_engine as library
except ImportError as missing:
    raise EngineNotInstalledError("durable") from missing

TAKEN, PASSED_BY = 0, 1
NO_STATE = "309"


class Ruleset:
    """The rules of one text, ready to fire; safe to share between threads."""

    def __init__(self, rules: str) -> None:
        self._lock = Lock()
        self._handle = _create(rules)
        self._finalizer = weakref.finalize(self, library.delete_ruleset, self._handle)
        warm = self.fire([WARM_FACT])
        # INVARIANT: a rule has fired, so that the memory by which states are freed is set
        assert [next(iter(json.loads(fired))) for fired in warm] == [WARM_RULE]

    def fire(self, facts: Iterable[str]) -> list[str]:
        """Assert facts in order and give each firing as the library writes it; nothing stays behind."""
        return self._fire(facts, None)

    def first(self, firings: Sequence[Sequence[str]]) -> list[str]:
        """Assert each lot of facts until one fires, and give that firing; nothing stays behind."""
        return [fired for facts in firings for fired in self._fire(facts, 1)]

    def close(self) -> None:
        """Free the rules; closing twice does nothing."""
        with self._lock:
            self._finalizer()

    def _fire(self, facts: Iterable[str], most: int | None) -> list[str]:
        with self._lock:
            if not self._finalizer.alive:
                raise EngineFailedError("durable", "the rules are closed")
            try:
                return list(islice((fired for fact in facts for fired in self._fired_by(fact)), most))
            except library.error as error:
                raise EngineFailedError("durable", str(error)) from error
            finally:
                self._evict()

    def _fired_by(self, fact: str) -> Iterator[str]:
        code, state = library.assert_fact(self._handle, fact)
        if code not in (TAKEN, PASSED_BY):
            raise EngineFailedError("durable", f"a fact was answered with {code}")
        started = library.start_action_for_state(self._handle, state)
        fired = started[1] if started else None
        while fired:
            yield fired
            fired = library.complete_and_start_action(self._handle, state)

    def _evict(self) -> None:
        try:
            library.delete_state(self._handle, SID)
        except library.error as error:
            # Where not even the first fact was taken, there is no state to delete.
            if not str(error).endswith(NO_STATE):
                raise


def _create(rules: str) -> int:
    try:
        handle: int = library.create_ruleset("r", rules)
    except library.error as error:
        raise EngineFailedError("durable", str(error)) from error
    return handle
