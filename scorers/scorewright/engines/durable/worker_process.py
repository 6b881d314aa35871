"""A process of its own for rules that may crash: it reads requests line by line, and ends with its input.

A request is a JSON list of steps: `["open", key, rules]`, `["close", key]`, `["fire", key, facts]` or
`["first", key, lots of facts]`. It is answered by one line: `["fired", [...]]`, `["failed", why]`, or
`["missing"]` without the library.
"""

import json
import os
import resource
import signal
import sys
from typing import Any, BinaryIO, Final

from scorewright.engines.durable.ruleset import Fires, here
from scorewright.engines.engine_errors import EngineFailedError, EngineNotInstalledError

LONGEST: Final = 60.0
"""Seconds after which a request ends the process, so that none runs on for ever when nobody waits for it."""

Answer = list[str | list[str]]


def main() -> None:
    """Answer requests until there are no more."""
    # Whoever started this process decides when it ends: signals for the whole group are not for it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What the library might print must not pass for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    work(sys.stdin.buffer, answers)


def work(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each line of requests."""
    opened: dict[int, Fires] = {}
    for line in requests:
        signal.setitimer(signal.ITIMER_REAL, LONGEST)
        answer = _answer(json.loads(line), opened)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def _answer(steps: list[list[Any]], opened: dict[int, Fires]) -> Answer:
    """Take the steps in order; after a failure, the rules it is about are no longer open."""
    fired: list[str] = []
    for step in steps:
        try:
            match step:
                case ["open", key, rules]:
                    opened[key] = here(rules)
                case ["fire", key, facts]:
                    fired = opened[key].fire(facts)
                case ["first", key, firings]:
                    fired = opened[key].first(firings)
                case ["close", key]:
                    opened.pop(key).close()
        except EngineNotInstalledError:
            return ["missing"]
        except EngineFailedError as error:
            if broken := opened.pop(step[1], None):
                broken.close()
            return ["failed", str(error)]
    return ["fired", fired]
