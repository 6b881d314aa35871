"""Inputs: what an engine must know of each, in the order of their first use."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from scorewright.compiler.lower_texts import label
from scorewright.program import Input, Policy, Type
from scorewright.program.condition import Value
from scorewright.rulebook import references as uses
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.fact import Signal
from scorewright.rulebook.model.fields import Scalar
from scorewright.rulebook.model.input import Assume
from scorewright.rulebook.model.input import Input as WrittenInput
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.validation import read_day

MAX_LIST: Final = 1_000
"""The most items of a list whose rulebook does not say."""


def lower_inputs(rulebook: Rulebook) -> tuple[Input, ...]:
    """Compile every input, and the signals that decide something; the first used first, the unused last."""
    inputs = rulebook.inputs
    named = [name for _, name in uses.rulebook_uses(rulebook)]
    signals = {signal.id: signal for signal in rulebook.signals if _decides(signal, named)}
    declared = inputs.keys() | signals.keys()
    used = [name for name in named if name in declared]
    order = dict.fromkeys((*used, *sorted(declared)))
    policy = policy_of(rulebook)
    return tuple(
        _signal(signals[name], policy) if name in signals else lower_input(name, inputs[name], policy)
        for name in order
    )


def _decides(given: Signal, named: Sequence[str]) -> bool:
    """Return whether an answer depends on a signal; one that is only measured, or followed, is no answer."""
    return given.id in named or bool(given.then and given.then.actions)


def _signal(given: Signal, policy: Policy) -> Input:
    return Input(given.id, Type.BOOLEAN, "signal", label(given.label, given.id), policy=policy)


def policy_of(rulebook: Rulebook) -> Policy:
    """Return the rulebook's policy for missing answers; without points there is none to apply."""
    given = rulebook.score.if_missing
    return Policy.INCOMPLETE if given is None else Policy(given.value)


def lower_input(name: str, given: WrittenInput, policy: Policy) -> Input:
    """Compile one input; `policy` is the rulebook's, for an input that has none of its own."""
    scalar = _scalar(name, given)
    if kinds.TYPES[given.type] is not Type.LIST:
        return _answered(scalar, given, policy)
    whole = Input(
        name=name,
        type=Type.LIST,
        kind=given.type.value,
        label=scalar.label,
        unit=given.unit,
        item=_record(scalar, given, policy) if given.fields else scalar,
        max_items=given.max_items or MAX_LIST,
    )
    return _answered(whole, given, policy)


def _record(scalar: Input, given: WrittenInput, policy: Policy) -> Input:
    parts = (lower_input(name, part, policy) for name, part in sorted((given.fields or {}).items()))
    optional = {name for name, part in (given.fields or {}).items() if part.optional}
    fields = tuple(
        replace(part, required=part.name not in optional, optional=part.name in optional) for part in parts
    )
    return replace(scalar, type=Type.RECORD, kind="record", fields=fields)


def _scalar(name: str, given: WrittenInput) -> Input:
    kind = kinds.scalar_kind(given)
    return Input(
        name=name,
        type=kinds.TYPES[kind],
        kind=kind.value,
        label=label(given.label, name),
        unit=given.unit,
        minimum=kinds.lowest(given),
        maximum=kinds.highest(given),
        decimals=kinds.decimals(given),
        options=given.options or (),
    )


def _answered(item: Input, given: WrittenInput, policy: Policy) -> Input:
    own = given.if_missing
    assumed = lower_value(item.type, own.assume) if isinstance(own, Assume) else None
    if own is not None and not isinstance(own, Assume):
        policy = Policy(own.value)
    return replace(item, required=given.required, assumed=assumed, policy=policy)


def lower_value(kind: Type, value: Scalar) -> Value:
    """Compile a value that an input is compared with or assumed to have."""
    if kind is Type.DATE and isinstance(value, str):
        return read_day(value) or value
    return value
