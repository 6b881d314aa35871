"""Which keys of a block go together, as JSON Schema: `if` a key is there `then` others are due or refused."""

from collections.abc import Iterable, Iterator, Sequence

from scorewright.rulebook import grammar
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.key_rules import (
    AtLeastOne,
    AtMostOne,
    Given,
    NotEmpty,
    OneOf,
    OnlyWith,
    Rule,
    Unless,
    key_of,
)
from scorewright.rulebook.schema.json_types import Json


def rules(block: type[Block]) -> list[Json]:
    """Write the rules of a block, each once; most blocks have none."""
    found: list[Json] = []
    for rule in block.RULES:
        found += [json for json in _written(block, rule) if json not in found]
    return found


def _written(block: type[Block], rule: Rule) -> Iterator[Json]:
    match rule:
        case OneOf():
            names = _keys(block, rule.names)
            yield from _apart(names)
            none = _none_of(block, [*_keys(block, rule.unless), *names])
            beside = _given(rule.beside) if rule.beside else {}
            yield {"if": {**beside, **none}, "then": _given(*_keys(block, [rule.typical]))}
        case AtMostOne():
            names = _keys(block, rule.names)
            yield from _apart(names)
            refused = _refused(_keys(block, rule.others))
            for name in names if rule.others else ():
                yield {"if": _given(name), "then": refused}
        case AtLeastOne():
            yield {"if": _none_of(block, _keys(block, rule.names)), "then": _given(rule.typical)}
        case Unless():
            yield {"if": _none_of(block, [rule.other]), "then": _given(rule.key)}
        case Given():
            needs = _given(*_keys(block, rule.needs)) if rule.needs else {}
            refuses = _refused(_keys(block, rule.refuses)) if rule.refuses else {}
            yield {"if": _holds(block, rule), "then": {**needs, **refuses}}
        case OnlyWith():
            none = _none_of(block, _keys(block, rule.others))
            yield {"if": none, "then": _refused(_keys(block, rule.names))}
        case NotEmpty():
            pass  # Another rule of the block says which keys are due.


def _holds(block: type[Block], rule: Given) -> Json:
    if rule.value is None:
        return _given(*_keys(block, [rule.key]))
    meant: Json = {"properties": {rule.key: {"const": rule.value}}}
    # The value that is meant where none is written.
    default = block.model_fields[rule.key].default == rule.value
    return meant if default else {**meant, **_given(rule.key)}


def _given(*names: str) -> Json:
    return {"required": list(names)}


def _none_of(block: type[Block], names: Iterable[str]) -> Json:
    """Hold where none of the keys is there, unless an unknown key may be one of them misspelt."""
    known = {"propertyNames": {"enum": list(grammar.keys(block))}}
    given = [_given(name) for name in names]
    return {**known, "not": given[0] if len(given) == 1 else {"anyOf": given}}


def _refused(names: Iterable[str]) -> Json:
    return {"properties": dict.fromkeys(names, False)}


def _apart(names: Sequence[str]) -> list[Json]:
    """Refuse every second one of these keys."""
    return [
        {"if": _given(name), "then": _refused(other for other in names if other != name)} for name in names
    ]


def _keys(block: type[Block], names: Iterable[str]) -> list[str]:
    return [key_of(block, name) for name in names]
