"""Which keys of a block go together, in words: what its rules say, for people."""

from collections.abc import Iterable, Iterator, Sequence

from scorewright.program.operators import Op
from scorewright.rulebook import grammar
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.key_rules import (
    AtLeastOne,
    AtMostOne,
    Given,
    OneOf,
    OnlyWith,
    Rule,
    Unless,
    key_of,
)


def sentences(block: type[Block]) -> list[str]:
    """Write what the rules of a block say, a sentence each."""
    return list(dict.fromkeys([*_of_sets(block), *_of_single_keys(block)]))


def _of_sets(block: type[Block]) -> Iterator[str]:
    """Write which keys exclude each other, and of which some must be there."""
    beside: dict[tuple[str, ...], list[str]] = {}
    for rule in block.RULES:
        match rule:
            case OneOf(beside=str(key)):
                beside.setdefault(rule.names, []).append(key)
            case OneOf():
                without = f", or one of {_keys(block, rule.unless)}" if rule.unless else ""
                yield f"Exactly one of {_keys(block, rule.names)}{without}."
            case AtMostOne():
                yield f"At most one of {_keys(block, rule.names)}."
            case AtLeastOne():
                yield f"At least one of {_keys(block, rule.names)}."
            case Unless():
                yield f"`{rule.key}` must be there without `{rule.other}`."
    for names, keys in beside.items():
        yield f"{_keys(block, keys)} {_verb('need', keys)} one of {_keys(block, names)}."


def _of_single_keys(block: type[Block]) -> Iterator[str]:
    """Write what a key needs and excludes, once for all that do the same."""
    needs: dict[str, list[str]] = {}
    excludes: dict[str, list[str]] = {}
    for rule in block.RULES:
        for subject, needed, excluded in _sides(block, rule):
            needs.setdefault(subject, []).extend(needed)
            excludes.setdefault(subject, []).extend(excluded)
    alike: dict[tuple[str, str], list[str]] = {}
    for subject, names in needs.items():
        sides = _keys(block, names), _keys(block, excludes[subject])
        alike.setdefault(sides, []).append(subject)
    for (needed_keys, excluded_keys), subjects in alike.items():
        says = [f"{_verb('need', subjects)} {needed_keys}"] if needed_keys else []
        says += [f"{_verb('exclude', subjects)} {excluded_keys}"] if excluded_keys else []
        yield f"{_joined(subjects)} {', and '.join(says)}."
    for rule in block.RULES:
        if isinstance(rule, OnlyWith):
            verb = _verb("stand", rule.names)
            yield f"{_keys(block, rule.names)} {verb} only beside {_keys(block, rule.others, 'or')}."


def _sides(block: type[Block], rule: Rule) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """List the subjects of a rule, with what each needs and excludes."""
    if isinstance(rule, Given):
        value = "" if rule.value is None else f": {rule.value}"
        yield f"`{key_of(block, rule.key)}{value}`", rule.needs, rule.refuses
    elif isinstance(rule, AtMostOne) and rule.others:
        yield from ((f"`{key_of(block, name)}`", (), rule.others) for name in rule.names)


def _verb(word: str, subjects: Sequence[str]) -> str:
    return f"{word}s" if len(subjects) == 1 else word


def _keys(block: type[Block], names: Iterable[str], last: str = "and") -> str:
    """List keys; all comparisons of a block, where these are many, in one word."""
    keys = list(dict.fromkeys(key_of(block, name) for name in names))
    compared = [op.value for op in Op if op.value in grammar.keys(block)]
    words = [f"`{key}`" for key in keys]
    if len(compared) > 1 and set(compared) <= set(keys):
        words = [f"`{key}`" for key in keys if key not in compared] + ["the [comparisons](#comparisons)"]
    return _joined(words, last)


def _joined(words: Sequence[str], last: str = "and") -> str:
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
