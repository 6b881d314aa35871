"""Small rulebooks over facts, and the facts of an account, written shortly."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from scorewright.program.fact import Fact, Moment, end_of, moment_of
from scorewright.program.program import Program
from scorewright.scoring.scorer import ENGINES
from scorewright.semantics.signals import MeasuredFacts
from tests.engines import RUNNABLE
from tests.written import AS_OF, HEADER, Written, compiled, exactly

NOW: Moment = end_of(AS_OF)
TEXT: Written = {"type": "text"}
NUMBER: Written = {"type": "number"}
KINDS: dict[str, Written] = {
    "call": {"fields": {"calls": NUMBER}},
    "visit": {"fields": {"page": TEXT}},
    "sent": {"fields": {"thread": TEXT}},
    "reply": {"fields": {"thread": TEXT}},
    "volume": {"key": ["month"], "fields": {"month": NUMBER, "amount": NUMBER}},
    "supply": {"key": ["product", "provider"], "fields": {"product": TEXT, "provider": TEXT}},
    "week": {"key": ["week"], "fields": {"week": {"type": "date"}, "actual": NUMBER, "forecast": NUMBER}},
    "risk": {"fields": {"cause": {"type": "choice", "options": ["silence", "volume"]}}},
    "ping": {},
}


def book(
    *signals: Written,
    inputs: Mapping[str, Written] | None = None,
    kinds: Mapping[str, Written] = KINDS,
    **blocks: Any,
) -> Program:
    """Compile a rulebook over facts; a signal without a name is `it`, and each has a trigger of its name."""
    named = [{"id": "it", **signal} for signal in signals]
    whole = {
        "rulebook": HEADER,
        "facts": kinds,
        "signals": named,
        "inputs": inputs or {"asked": {"type": "boolean"}},
        "score": {"method": "count", "of": "triggers", "out_of": 10},
        "bands": [{"id": "any", "from": -1000}],
        "triggers": [{"id": f"on_{s['id']}", "when": {"signal": s["id"], "is": True}} for s in named]
        or [{"id": "asked", "when": {"input": "asked", "is": True}}],
        **blocks,
    }
    return compiled(whole)


def when(text: str) -> Moment:
    """Give a time in UTC, or the start of a day, as microseconds."""
    return moment_of(datetime.fromisoformat(text).replace(tzinfo=UTC))


def fact(kind: str, at: str | Moment, id: str = "", /, **values: object) -> Fact:
    """Make a fact; numbers may stand as int or float."""
    exact = exactly(values)
    assert isinstance(exact, dict)
    return Fact(kind, when(at) if isinstance(at, str) else at, exact, id)


def measured(program: Program, facts: Sequence[Fact], moment: Moment = NOW) -> MeasuredFacts:
    """Measure by every engine, which must agree."""
    first, *others = (ENGINES[name](program).measured(facts, moment) for name in RUNNABLE)
    assert all(other == first for other in others)
    return first


def true(program: Program, facts: Sequence[Fact], moment: Moment = NOW) -> list[str]:
    """Name the signals that are true, by every engine."""
    return list(measured(program, facts, moment).signals)


def ids(facts: Iterable[Fact]) -> list[str]:
    """Name facts by their ids."""
    return [fact.id for fact in facts]
