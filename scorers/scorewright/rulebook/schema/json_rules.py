"""Which keys of a block go together, as JSON Schema: `if` a key is there `then` others are due or refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from scorewright.rulebook import grammar
from scorewright.rulebook.model.condition import COMBINATIONS, COMPARISONS, LEFT_SIDES, Condition
from scorewright.rulebook.model.criterion import Criterion, Recommend
from scorewright.rulebook.model.earnings import EARNINGS, WAYS
from scorewright.rulebook.model.fact import (
    MEASURES,
    NUMBERS,
    OF_ONE_FACT,
    OF_ONE_FIELD,
    PATTERNS,
    SCALED,
    TALLIES,
    TESTS,
    FieldTest,
    Measured,
    Pattern,
    Signal,
    Then,
)
from scorewright.rulebook.model.fields import Block, key_of
from scorewright.rulebook.model.rulebook import NEEDS, REFUSES, Method, Rulebook, Score
from scorewright.rulebook.model.table import FORMULAS, Item, Value
from scorewright.rulebook.schema.json_types import Json

RULED: Mapping[type[Block], Sequence[str]] = {Rulebook: ("inputs",)}
"""The keys that a block needs only where a rule says so."""


def rules(block: type[Block]) -> list[Json]:
    """Write the rules of a block; most have none."""
    return _RULES.get(block, list)()


def _given(*names: str) -> Json:
    return {"required": list(names)}


def _none_of(block: type[Block], names: Iterable[str]) -> Json:
    """Hold where none of the keys is there, unless an unknown key may be one of them misspelt."""
    known = {"propertyNames": {"enum": list(grammar.keys(block))}}
    return {**known, "not": {"anyOf": [_given(name) for name in names]}}


def _refused(names: Iterable[str]) -> Json:
    return {"properties": dict.fromkeys(names, False)}


def _apart(names: Iterable[str]) -> list[Json]:
    """Refuse every second one of these keys."""
    listed = list(names)
    return [
        {"if": _given(name), "then": _refused(other for other in listed if other != name)} for name in listed
    ]


def _one_of(block: type[Block], names: Iterable[str], typical: str) -> list[Json]:
    """Ask for exactly one of these keys; where there is none, the typical one is missed."""
    listed = list(names)
    return [*_apart(listed), {"if": _none_of(block, listed), "then": _given(typical)}]


def _condition() -> list[Json]:
    combined, sides, comparisons = (
        _keys(Condition, names) for names in (COMBINATIONS, LEFT_SIDES, COMPARISONS)
    )
    alone: list[Json] = [{"if": _given(name), "then": _refused([*sides, *comparisons])} for name in combined]
    return [
        *_apart(combined),
        *alone,
        *_apart(sides),
        *_apart(comparisons),
        {"if": _none_of(Condition, [*combined, *sides]), "then": _given("input")},
        {"if": _none_of(Condition, [*combined, *comparisons]), "then": _given("is")},
    ]


def _criterion() -> list[Json]:
    by_input: list[Json] = [
        {"if": _given(name), "then": {**_given("input"), **_refused(["points"])}} for name in WAYS
    ]
    together: list[Json] = [
        {"if": _given(name), "then": _given(way.beside), "else": _refused([way.beside])}
        for name, way in WAYS.items()
        if way.beside
    ]
    return [
        *_one_of(Criterion, EARNINGS, "when"),
        {"if": _given("when"), "then": {**_given("points"), **_refused(["input"])}},
        *by_input,
        *together,
    ]


def _recommend() -> list[Json]:
    comparisons = [key for key in grammar.keys(Recommend) if key != "actions"]
    return _one_of(Recommend, comparisons, "at_most")


def _score() -> list[Json]:
    found: list[Json] = []
    for method in Method:
        is_method: Json = {"properties": {"method": {"const": method.value}}}
        # The method that is meant where none is written.
        chosen = is_method if method is Method.SUM else {**is_method, **_given("method")}
        found.append({"if": chosen, "then": {**_given(*NEEDS[method]), **_refused(REFUSES[method])}})
    return found


def _value() -> list[Json]:
    ranged: list[Json] = [{"if": _given(name), "then": _given("blame")} for name in ("min", "max")]
    unranged: Json = {"not": {"anyOf": [_given("min"), _given("max")]}}
    return [*_one_of(Value, FORMULAS, "add"), *ranged, {"if": unranged, "then": _refused(["blame"])}]


def _item() -> list[Json]:
    return [{"if": _none_of(Item, ["when", "unless"]), "then": _given("when")}]


def _rulebook() -> list[Json]:
    return [{"if": _none_of(Rulebook, ["signals"]), "then": _given("inputs")}]


def _field_test() -> list[Json]:
    tests = _keys(FieldTest, TESTS)
    scaled = _refused(key for key in tests if key not in SCALED)
    return [
        *_one_of(FieldTest, tests, "is"),
        *_apart(["times", "above"]),
        {"if": _given("times"), "then": scaled},
        {"if": _given("above"), "then": scaled},
    ]


def _window() -> list[Json]:
    return [{"if": _given("ending"), "then": {**_given("within"), **_refused(["older_than"])}}]


def _pattern() -> list[Json]:
    found = [*_one_of(Pattern, [*PATTERNS, *TALLIES], "fact"), *_apart(NUMBERS), *_window()]
    for name in TALLIES:
        of_a_field = name == "total"
        refused = _refused(["as", "after", "before", *([] if of_a_field else ["field"])])
        found.append({"if": _given(name), "then": {**refused, **(_given("field") if of_a_field else {})}})
        found.append({"if": {**_given(name), **_none_of(Pattern, NUMBERS)}, "then": _given("at_least")})
    found.append({"if": _given("fact"), "then": _refused([*NUMBERS, "field"])})
    found.append({"if": _given("no"), "then": _refused([*NUMBERS, "field", "as"])})
    return found


def _measured() -> list[Json]:
    found = [*_one_of(Measured, MEASURES, "count"), *_window()]
    for name in MEASURES:
        refused = [] if name in (*OF_ONE_FIELD, "every") else ["field"]
        refused += [] if name in OF_ONE_FACT else ["otherwise"]
        refused += ["where", "within", "older_than", "ending"] if name == "days_of" else []
        needed = _given("field") if name in OF_ONE_FIELD else {}
        found.append({"if": _given(name), "then": {**needed, **_refused(refused)}})
    return found


def _signal() -> list[Json]:
    return _one_of(Signal, ["when", "all"], "when")


def _then() -> list[Json]:
    return [{"if": _none_of(Then, ["facts", "actions"]), "then": _given("actions")}]


def _keys(block: type[Block], names: Iterable[str]) -> list[str]:
    return [key_of(block, name) for name in names]


_RULES: Mapping[type[Block], Callable[[], list[Json]]] = {
    Condition: _condition,
    Criterion: _criterion,
    Recommend: _recommend,
    Score: _score,
    Value: _value,
    Item: _item,
    Rulebook: _rulebook,
    FieldTest: _field_test,
    Pattern: _pattern,
    Measured: _measured,
    Signal: _signal,
    Then: _then,
}
