from datetime import date
from fractions import Fraction

import pytest

from scorewright.program.condition import AS_OF
from scorewright.program.program import Input, Policy, Type
from tests.written import Written, acts, rulebook, table


def lowered(block: Written, **score: object) -> Input:
    """Compile one input."""
    asked = [{"id": "one", "when": {"input": "one", "known": True}, "points": 1}]
    return rulebook({"one": block}, asked, dict(score)).inputs[0]


@pytest.mark.parametrize(
    ("kind", "minimum", "maximum", "decimals"),
    [
        ("rating", 1, 5, 0),
        ("integer", None, None, 0),
        ("count", 0, None, 0),
        ("number", None, None, None),
        ("percent", None, None, None),
        ("money", None, None, None),
    ],
)
def test_each_kind_of_number_has_its_range_and_decimals(
    kind: str, minimum: int | None, maximum: int | None, decimals: int | None
) -> None:
    item = lowered({"type": kind})
    assert item.type is Type.NUMBER
    assert item.kind == kind
    assert (item.minimum, item.maximum, item.decimals) == (minimum, maximum, decimals)


def test_what_is_written_goes_before_what_is_usual() -> None:
    item = lowered(
        {"type": "rating", "min": 0, "max": 10, "decimals": 1, "label": "How good", "unit": "stars"}
    )
    assert (item.minimum, item.maximum, item.decimals) == (Fraction(0), Fraction(10), 1)
    assert (item.label, item.unit) == ("How good", "stars")


def test_a_label_is_made_from_the_name() -> None:
    asked = [{"id": "a", "when": {"input": "team_size", "known": True}, "points": 1}]
    assert rulebook({"team_size": {"type": "count"}}, asked).inputs[0].label == "Team size"


def test_dates_are_bounded_by_days_and_by_as_of() -> None:
    item = lowered({"type": "date", "min": "2020-01-31", "max": "as_of"})
    assert (item.minimum, item.maximum) == (date(2020, 1, 31), AS_OF)


def test_a_list_describes_its_items() -> None:
    item = lowered({"type": "list", "of": "choice", "options": ["a", "b"], "label": "Tags"})
    assert (item.type, item.options, item.max_items) == (Type.LIST, (), 1_000)
    assert item.item is not None
    assert (item.item.type, item.item.options) == (Type.CHOICE, ("a", "b"))
    numbers = lowered({"type": "list", "of": "integer", "min": 0, "max": 9, "max_items": Fraction(3)})
    assert numbers.max_items == 3
    assert numbers.minimum is None
    assert numbers.item is not None
    assert (numbers.item.minimum, numbers.item.maximum, numbers.item.decimals) == (
        Fraction(0),
        Fraction(9),
        0,
    )


def test_an_input_has_its_own_policy_or_the_rulebooks() -> None:
    assert lowered({"type": "boolean"}).policy is Policy.NO_POINTS
    assert lowered({"type": "boolean"}, if_missing="incomplete").policy is Policy.INCOMPLETE
    own = lowered({"type": "boolean", "if_missing": "leave_out"}, if_missing="incomplete")
    assert own.policy is Policy.LEAVE_OUT


@pytest.mark.parametrize(
    ("block", "assumed"),
    [
        ({"type": "boolean"}, False),
        ({"type": "rating"}, 3),
        ({"type": "choice", "options": ["a", "b"]}, "b"),
        ({"type": "text"}, "2026-01-31"),
        ({"type": "date"}, date(2026, 1, 31)),
    ],
)
def test_an_assumed_value_is_of_the_inputs_type(block: Written, assumed: object) -> None:
    written = assumed.isoformat() if isinstance(assumed, date) else assumed
    item = lowered({**block, "if_missing": {"assume": written}})
    assert item.assumed == assumed
    assert type(item.assumed) is (Fraction if assumed == 3 else type(assumed))


def test_inputs_stand_in_the_order_of_their_first_use() -> None:
    names = ["zebra", "yak", "worm", "viper", "tiger", "seal", "rat", "ape"]
    inputs: dict[str, Written] = {name: {"type": "rating"} for name in sorted(names)}

    def known(name: str) -> Written:
        return {"input": name, "known": True}

    program = rulebook(
        inputs,
        [
            {"id": "one", "input": "zebra", "rating": "as_is"},
            {"id": "two", "when": {"any": [known("yak"), known("zebra")]}, "points": 1},
        ],
        {"band_on": "worm"},
        disqualifiers=[{"id": "d", "when": known("viper")}],
        triggers=[{"id": "t", "when": known("tiger")}],
        actions={
            "b": {"do": "B", "owner": "x", "due": "1 day", "only_if": known("rat")},
            "a": {"do": "A", "owner": "x", "due": "1 day", "only_if": known("seal")},
        },
    )
    assert [item.name for item in program.inputs] == names


def test_a_signal_is_an_answer_only_where_something_depends_on_it() -> None:
    signals = [
        {"id": "asked", "when": {"fact": "call"}},
        {"id": "acting", "when": {"fact": "call"}, "then": {"actions": ["do"]}},
        {"id": "measured", "when": {"fact": "call"}},
        {"id": "leading", "when": {"fact": "call"}, "then": {"facts": [{"fact": "risk"}]}},
    ]
    program = table(
        "count", "triggers", {"days": {"type": "number", "measured": {"days_of": "measured"}}},
        facts={"call": {}, "risk": {}}, signals=signals, actions=acts("do"),
        triggers=[{"id": "t", "when": {"signal": "asked", "is": True}},
                  {"id": "u", "when": {"input": "days", "at_least": 1}}],
    )  # fmt: skip
    assert {item.name for item in program.inputs} == {"days", "asked", "acting"}
    assert [signal.id for signal in program.signals] == [str(signal["id"]) for signal in signals]
