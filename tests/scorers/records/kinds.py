"""A program with one input of every kind, to read cells and lines with."""

from scorewright.program.program import Program
from tests.written import Written, rulebook

INPUTS: dict[str, Written] = {
    "happy": {"type": "boolean"},
    "size": {"type": "integer", "min": 0, "max": 1000},
    "rate": {"type": "number"},
    "source": {"type": "choice", "options": ["inbound", "out bound"]},
    "name": {"type": "text"},
    "day": {"type": "date"},
    "tags": {"type": "list", "of": "text"},
    "sizes": {"type": "list", "of": "integer"},
    "weeks": {"type": "list", "fields": {"actual": {"type": "number"}}},
}


def program() -> Program:
    """Compile it; one criterion asks about `happy`, the other inputs stand beside it."""
    return rulebook(INPUTS, [{"id": "happy", "when": {"input": "happy", "is": True}, "points": 100}])
