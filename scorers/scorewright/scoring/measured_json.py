"""The JSON form of what facts say: signals that are true with the facts behind them, and measured answers."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from scorewright.program import Input, Program
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import plain
from scorewright.program.fact import Fact, time_text
from scorewright.results.outcome_json import Json
from scorewright.semantics.signals import MeasuredFacts
from scorewright.validation import KIND, NAME, TIME


def signals_answer(program: Program, measured: MeasuredFacts) -> list[Json]:
    """Return the signals that are true, each with the facts behind it; one given by hand has none."""
    true = [signal for signal in program.signals if signal.id in measured.signals]
    return [
        {"id": signal.id, "label": signal.label, "facts": facts_answer(measured.signals[signal.id])}
        for signal in true
    ]


def measured_answer(program: Program, measured: MeasuredFacts) -> Json:
    """Return the answers that were measured, by input."""
    known = [item for item in program.inputs if item.name in measured.answers]
    return {item.name: value_answer(item, measured.answers[item.name]) for item in known}


def facts_answer(facts: Iterable[Fact]) -> list[Json]:
    """Return facts flat, as they are sent."""
    return [fact_answer(fact) for fact in facts]


def fact_answer(fact: Fact) -> Json:
    """Return a fact flat, as it is sent."""
    named: Json = {NAME: fact.id} if fact.id else {}
    return {KIND: fact.kind, TIME: time_text(fact.at), **named} | {
        name: _scalar(value) for name, value in fact.values.items()
    }


def value_answer(item: Input, value: Value) -> object:
    """Return an answer to an input as a caller would send it: records as objects."""
    if not isinstance(value, tuple):
        return _scalar(value)
    inner = item.item
    assert inner is not None  # INVARIANT: the compiler gives every list its item
    if not inner.fields:
        return [_scalar(part) for part in value]
    return [_record(inner, part) for part in value]


def _record(item: Input, record: Value | None) -> Json:
    assert isinstance(record, tuple)  # INVARIANT: records are measured as tuples of their fields
    return {field.name: _scalar(part) for field, part in zip(item.fields, record, strict=True)}


def _scalar(value: Value | None) -> object:
    if isinstance(value, Fraction):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
