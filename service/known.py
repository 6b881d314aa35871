"""What is known of an account: its recorded events, as far as they still are what the rulebooks declare."""

from collections.abc import Iterable
from dataclasses import dataclass

from scorers.fact import Fact
from scorers.facts import Kinds, read_fields
from scorers.result import InputCode, InputError
from service.history.events import Event


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of an account that can matter, and events that no longer are what rulebooks declare."""

    facts: tuple[Fact, ...]
    left_out: tuple[tuple[Event, InputError], ...] = ()


def known(kinds: Kinds, events: Iterable[Event]) -> Known:
    """Check recorded events again, for a rulebook may have changed since."""
    facts: list[Fact] = []
    left_out: list[tuple[Event, InputError]] = []
    for event in events:
        values = read_fields(kinds, event.kind, event.fields, event.at)
        if isinstance(values, tuple):
            left_out += ((event, error) for error in values)
        else:
            facts.append(Fact(event.kind, event.at, values, event.id))
    return Known(tuple(facts), tuple(left_out))


def field_of(error: InputError) -> str:
    """Say where in an event something is wrong."""
    return "kind" if error.code is InputCode.UNKNOWN_KIND else f"fields.{error.input}"
