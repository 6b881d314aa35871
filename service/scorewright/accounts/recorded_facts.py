"""What is known of an account: its recorded events, as far as they still are what the rulebooks declare."""

from collections.abc import Iterable
from dataclasses import dataclass

from scorewright.program.fact import Fact
from scorewright.results import InputError, Invalid
from scorewright.storage import StoredEvent
from scorewright.validation import Kinds, read_fields


@dataclass(frozen=True, slots=True)
class RecordedFacts:
    """The facts of an account that can matter, and events that no longer are what rulebooks declare."""

    facts: tuple[Fact, ...]
    left_out: tuple[tuple[StoredEvent, InputError], ...] = ()


def known(kinds: Kinds, events: Iterable[StoredEvent]) -> RecordedFacts:
    """Check recorded events again, for a rulebook may have changed since."""
    facts: list[Fact] = []
    left_out: list[tuple[StoredEvent, InputError]] = []
    for event in events:
        values = read_fields(kinds, event.kind, event.fields, event.at)
        if isinstance(values, Invalid):
            left_out += ((event, error) for error in values.errors)
        else:
            facts.append(Fact(event.kind, event.at, values, event.id))
    return RecordedFacts(tuple(facts), tuple(left_out))
