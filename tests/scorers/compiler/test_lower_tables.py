"""What rule tables compile to: values in order, lists, flags, and bands in theirs."""

from collections.abc import Sequence
from fractions import Fraction

from scorewright.program.formula import Arithmetic, Distinct, Lookup, Sign, SumOf, Trailing
from scorewright.program.program import Program
from tests.written import Written, compiled, table

INPUTS: dict[str, Written] = {
    "a": {"type": "number"},
    "b": {"type": "number"},
    "kind": {"type": "choice", "options": ["small", "large", "other"]},
    "tags": {"type": "list", "of": "text"},
    "rows": {"type": "list", "fields": {"plan": {"type": "number"}, "actual": {"type": "number"}}},
}


def valued(values: dict[str, Written], lists: Sequence[Written] = ()) -> Program:
    return table("value", "v", INPUTS, values=values, lists=lists)


def names(program: Program) -> list[str]:
    return [value.name for value in program.values]


def test_values_stand_after_those_that_they_read() -> None:
    values: dict[str, Written] = {
        "v": {"add": ["x", "y"]}, "x": {"add": ["z", 1]}, "y": {"add": ["z", 2]}, "z": {"add": ["a", "b"]},
    }  # fmt: skip
    assert names(valued(values)) == ["z", "x", "y", "v"]


def test_the_order_in_the_file_means_nothing_for_values() -> None:
    values: dict[str, Written] = {"v": {"add": ["b", 1]}, "c": {"add": ["v", 1]}, "a1": {"add": ["a", 1]}}
    turned = dict(reversed(values.items()))
    assert names(valued(values)) == names(valued(turned)) == ["a1", "v", "c"]
    assert valued(values).digest == valued(turned).digest


def test_every_formula_is_compiled() -> None:
    values: dict[str, Written] = {
        "v": {"percent": ["a", 3], "label": "Share", "unit": "percent", "min": 0, "blame": "a"},
        "w": {"lookup": {"input": "kind", "options": {"large": 2, "small": 1}}},
        "x": {"distinct": {"over": ["tags"], "except": ["b", "a"], "except_ending": "?"}},
        "y": {"sum": {"over": "rows", "of": ["actual", "plan"]}},
        "z": {"trailing": {"over": "rows", "field": "actual", "at_least": "plan"}},
    }
    program = valued(values)
    first, *others = program.values
    assert first.formula == Arithmetic(Sign.PERCENT, ("a", Fraction(3)))
    assert (first.label, first.unit) == ("Share", "percent")
    assert (first.minimum, first.maximum) == (Fraction(0), None)
    assert (first.blame, first.inputs) == ("a", ("a",))
    (rows,) = (item for item in program.inputs if item.name == "rows")
    assert rows.item is not None
    place = {field.name: index for index, field in enumerate(rows.item.fields)}
    assert [value.formula for value in others] == [
        # In the order of the options, whatever the order of the keys.
        Lookup("kind", (("small", Fraction(1)), ("large", Fraction(2)))),
        Distinct(("tags",), ("a", "b"), "?"),
        SumOf("rows", (place["actual"], place["plan"])),
        Trailing("rows", place["actual"], place["plan"]),
    ]
    assert [value.inputs for value in others] == [("kind",), ("tags",), ("rows",), ("rows",)]


def test_an_input_is_used_where_only_a_value_reads_it() -> None:
    assert [item.name for item in valued({"v": {"add": ["b", "a"]}}).inputs][:2] == ["b", "a"]


def test_items_show_their_id_where_nothing_else_is_written() -> None:
    items = [
        {"id": "i", "when": {"input": "a", "known": True}},
        {"id": "j", "shown": "J!", "unless": {"input": "b", "known": True}},
    ]
    (named,) = valued({"v": {"add": ["a", 1]}}, lists=[{"id": "l", "items": items}]).lists
    assert [(item.id, item.shown, item.when is None, item.unless is None) for item in named.items] == [
        ("i", "i", False, True),
        ("j", "J!", True, False),
    ]


def test_bands_by_edge_come_from_the_highest_and_bands_by_condition_as_in_the_file() -> None:
    edges = [{"id": "low", "from": 0}, {"id": "high", "from": 5}]
    by_edge = table("value", "v", INPUTS, edges, values={"v": {"add": ["a", 1]}})
    assert ([band.id for band in by_edge.bands], by_edge.bands_by_condition) == (["high", "low"], False)
    written: list[Written] = [{"id": "first", "when": {"input": "a", "known": True}}, {"id": "last"}]
    by_condition = table("none", None, INPUTS, written)
    assert [(band.id, band.edge) for band in by_condition.bands] == [
        ("first", Fraction(1)),
        ("last", Fraction(0)),
    ]
    assert by_condition.bands_by_condition


def test_everything_that_is_told_changes_the_digest() -> None:
    items: list[Written] = [{"id": "i", "when": {"input": "a", "known": True}}]
    whole: Written = {
        "rulebook": {"id": "small", "name": "Small", "version": "1.0.0", "owner": "tests"},
        "inputs": INPUTS,
        "values": {"v": {"add": ["a", 1]}, "w": {"add": ["b", 1]}},
        "score": {"method": "value", "of": "v"},
        "lists": [{"id": "l", "items": items}],
        "flags": [{"id": "f", "when": {"list": "l", "at_least": 1}}],
        "bands": [{"id": "any", "from": 0}],
    }
    changed: list[Written] = [
        {"values": {"v": {"add": ["a", 2]}, "w": {"add": ["b", 1]}}},
        {"values": {"v": {"subtract": ["a", 1]}, "w": {"add": ["b", 1]}}},
        {"values": {"v": {"add": ["a", 1], "unit": "days"}, "w": {"add": ["b", 1]}}},
        {"score": {"method": "value", "of": "w"}},
        {"lists": [{"id": "l", "items": [{**items[0], "shown": "I"}]}]},
        {"lists": [{"id": "l", "items": [{"id": "i", "unless": items[0]["when"]}]}]},
        {"flags": [{"id": "f", "when": {"list": "l", "at_least": 0}}]},
        {"flags": []},
    ]
    digests = {compiled({**whole, **change}).digest for change in ({}, *changed)}
    assert len(digests) == 1 + len(changed)


def test_order_in_a_list_counts_since_answers_keep_it() -> None:
    items: list[Written] = [{"id": name, "when": {"input": name, "known": True}} for name in ("a", "b")]
    values: dict[str, Written] = {"v": {"add": ["a", 1]}}
    first, second = (valued(values, lists=[{"id": "l", "items": order}]) for order in (items, items[::-1]))
    assert first.digest != second.digest
