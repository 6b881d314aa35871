"""The boxes of a program's signals: which of them are true for the facts of an account."""

from collections.abc import Iterator, Sequence
from typing import Final

from scorewright.engines.compiled.fact_index import FactIndex
from scorewright.engines.compiled.signal_matcher import Matcher
from scorewright.engines.durable.facts_encoding import SignalEncoding
from scorewright.engines.durable.rule_language import MAX_FACTS, RuleFact
from scorewright.engines.durable.ruleset import Box, Open
from scorewright.engines.durable.signal_patterns import askings, boxes_of
from scorewright.engines.engine_errors import TooManyFactsError
from scorewright.program import Program

MOST: Final = 250_000
"""The most ways of putting the facts of one account together: a second, and 150 MB, in the worst case."""

TOO_LARGE: Final = f"needs more than {MAX_FACTS:,} facts at once"
TOO_MANY: Final = f"needs more than {MOST:,} ways of joining facts, with those of the signals before it"


class SignalRulesets:
    """Rules for the signals of a program, in boxes; safe to share between threads."""

    def __init__(self, program: Program, matcher: Matcher, run: Open) -> None:
        planned = boxes_of(askings(program, matcher.choose))
        self._order = tuple(signal.id for signal in program.signals)
        self._boxes = [(tuple(box), _box(box, run)) for box in planned]

    def true(self, past: FactIndex) -> Sequence[str]:
        """Name the signals that are true, in the order of the program."""
        left = [MOST]
        asked = [(box, list(_firings(these, past, left))) for these, box in self._boxes]
        fired = {match.rule for box, firings in asked if firings for match in box.first(firings)}
        return [id for id in self._order if id in fired]

    def close(self) -> None:
        """Free the rules of every box."""
        for _, box in self._boxes:
            box.close()


def _box(these: Sequence[SignalEncoding], run: Open) -> Box:
    kinds = {kind: fields for asking in these for kind, fields in asking.kinds.items()}
    return Box([asking.rule for asking in these], kinds, run)


def _firings(
    these: Sequence[SignalEncoding], past: FactIndex, left: list[int]
) -> Iterator[Sequence[RuleFact]]:
    for asking in these:
        firing = asking.firing(past)
        if firing is None:
            continue
        left[0] -= firing.ways
        if left[0] < 0:
            raise TooManyFactsError("durable", asking.id, TOO_MANY)
        if len(firing.facts) > MAX_FACTS:
            raise TooManyFactsError("durable", asking.id, TOO_LARGE)
        yield firing.facts
