"""Which keys of a block go together, in words: what the rules of its JSON Schema say, for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scorewright.program.operators import Op


@dataclass(slots=True)
class _Rules:
    """What the rules of a block say, gathered key by key."""

    excludes: dict[str, list[str]] = field(default_factory=dict)
    needs: dict[str, list[str]] = field(default_factory=dict)
    only_with: dict[str, list[str]] = field(default_factory=dict)
    one_due: list[list[str]] = field(default_factory=list)
    one_beside: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


def sentences(block: Mapping[str, Any]) -> list[str]:
    """Write what the rules of a block's schema say, a sentence each."""
    rules = _Rules()
    for rule in block.get("allOf", ()):
        _take(rule, rules)
    return list(dict.fromkeys(_write(rules, tuple(block["properties"]))))


def _take(rule: Mapping[str, Any], rules: _Rules) -> None:
    condition, then = rule["if"], rule["then"]
    given: Sequence[str] = condition.get("required", ())
    needed, refused = _needed(then), _refused(then)
    without = condition.get("not", {})
    absent = [name for part in without.get("anyOf", [without]) for name in part.get("required", ())]
    if "method" in condition.get("properties", ()):
        method = condition["properties"]["method"]["const"]
        rules.words += _sentence([f"`method: {method}`"], needed, refused)
    elif absent and given:
        rules.one_beside.setdefault(tuple(absent), []).append(given[0])
    elif absent and refused:
        rules.only_with |= dict.fromkeys(refused, absent)
    elif absent and set(needed) <= set(absent):
        rules.one_due.append(absent)
    elif absent:
        rules.words.append(f"{_listed(needed)} must be there without {_listed(absent, last='or')}.")
    else:
        (key,) = given
        rules.needs.setdefault(key, []).extend(needed)
        rules.excludes.setdefault(key, []).extend(refused)
        for name in _refused(rule.get("else", {})):
            rules.only_with.setdefault(name, []).append(key)


def _write(rules: _Rules, keys: Sequence[str]) -> Iterator[str]:
    groups = _groups(rules)
    for names in rules.one_due:
        many = "Exactly" if set(names) in map(set, groups) else "At least"
        yield f"{many} one of {_listed(names, keys)}."
    for group in groups:
        if not any(set(group) == set(due) for due in rules.one_due):
            yield f"At most one of {_listed(group, keys)}."
    yield from rules.words
    for any_of, beside in rules.one_beside.items():
        yield f"{_listed(beside)} {_verb('need', beside)} one of {_listed(any_of, keys)}."
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for key in keys:
        apart = {name for group in groups if key in group for name in group}
        refused = [name for name in dict.fromkeys(rules.excludes.get(key, ())) if name not in apart]
        needed = dict.fromkeys(rules.needs.get(key, ()))
        alike.setdefault((tuple(needed), tuple(refused)), []).append(f"`{key}`")
    for (needs, excluded), subjects in alike.items():
        yield from _sentence(subjects, needs, excluded, keys)
    for name, others in rules.only_with.items():
        yield f"`{name}` stands only beside {_listed(others, keys, 'or')}."


def _groups(rules: _Rules) -> list[list[str]]:
    """Find the sets of keys of which each excludes all others."""
    found: list[list[str]] = []
    for key, refused in rules.excludes.items():
        if any(key in group for group in found):
            continue
        group = [key]
        for name in refused:
            if all(_apart(rules, name, member) for member in group):
                group.append(name)
        if len(group) > 1:
            found.append(group)
    return found


def _apart(rules: _Rules, one: str, other: str) -> bool:
    return other in rules.excludes.get(one, ()) and one in rules.excludes.get(other, ())


def _sentence(
    subjects: Sequence[str], needed: Sequence[str], refused: Sequence[str], keys: Sequence[str] = ()
) -> Iterator[str]:
    says = [f"{_verb('need', subjects)} {_listed(needed)}"] if needed else []
    says += [f"{_verb('exclude', subjects)} {_listed(refused, keys)}"] if refused else []
    if says:
        yield f"{_joined(subjects)} {', and '.join(says)}."


def _verb(word: str, subjects: Sequence[str]) -> str:
    return f"{word}s" if len(subjects) == 1 else word


def _listed(names: Sequence[str], keys: Sequence[str] = (), last: str = "and") -> str:
    """List keys; all comparisons of a block, where these are many, in one word."""
    compared = [op.value for op in Op if op.value in keys]
    words = [f"`{name}`" for name in names]
    if len(compared) > 1 and set(compared) <= set(names):
        words = [f"`{name}`" for name in names if name not in compared] + ["the [comparisons](#comparisons)"]
    return _joined(words, last)


def _joined(words: Sequence[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _needed(part: Mapping[str, Any]) -> list[str]:
    return list(part.get("required", ()))


def _refused(part: Mapping[str, Any]) -> list[str]:
    return [name for name, schema in part.get("properties", {}).items() if schema is False]
