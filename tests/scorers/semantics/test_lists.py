"""Named lists: an item is listed where `when` is true and `unless` is not."""

from typing import Any

import pytest

from scorewright.program.program import Program
from scorewright.results.outcome import Outcome
from tests.written import Written, acts, outcome, rulebook, yes

YES_NO = {"type": "boolean"}


def listing(*items: Written, **blocks: Any) -> Program:
    declared = dict.fromkeys(("a", "b", "c"), YES_NO)
    return rulebook(declared, [yes("c")], lists=[{"id": "l", "label": "Things", "items": items}], **blocks)


def ids(found: Outcome) -> list[str]:
    return [item.id for item in found.lists[0].items]


IS_A: Written = {"input": "a", "is": True}
IS_B: Written = {"input": "b", "is": True}


@pytest.mark.parametrize(("a", "listed"), [(True, True), (False, False), (None, False)])
def test_an_item_is_listed_only_where_its_condition_is_true(a: bool | None, listed: bool) -> None:
    assert (ids(outcome(listing({"id": "i", "when": IS_A}), a=a)) == ["i"]) is listed


@pytest.mark.parametrize(("a", "listed"), [(True, False), (False, True), (None, True)])
def test_only_what_is_true_excuses_an_item(a: bool | None, listed: bool) -> None:
    assert (ids(outcome(listing({"id": "i", "unless": IS_A}), a=a)) == ["i"]) is listed


@pytest.mark.parametrize("a", [True, False, None])
@pytest.mark.parametrize("b", [True, False, None])
def test_when_and_unless_both_count(a: bool | None, b: bool | None) -> None:
    found = ids(outcome(listing({"id": "i", "when": IS_A, "unless": IS_B}), a=a, b=b))
    assert (found == ["i"]) is (a is True and b is not True)


def test_items_stand_in_the_order_of_the_file_with_the_text_to_show() -> None:
    program = listing(
        {"id": "z", "shown": "Z comes first", "when": IS_A, "source": "the table"}, {"id": "i", "when": IS_A}
    )
    (found,) = outcome(program, a=True).lists
    assert (found.id, found.label) == ("l", "Things")
    shown = [(item.id, item.text, item.source) for item in found.items]
    assert shown == [("z", "Z comes first", "the table"), ("i", "i", None)]


def test_an_empty_list_is_still_a_list_of_the_answer() -> None:
    (found,) = outcome(listing({"id": "i", "when": IS_A}), a=False).lists
    assert found.items == ()


def test_a_listed_item_recommends_its_actions() -> None:
    program = listing({"id": "i", "shown": "Not so", "when": IS_A, "actions": ["call"]}, actions=acts("call"))
    (action,) = outcome(program, a=True).actions
    assert (action.id, action.causes, action.reason) == ("call", ("list:i",), "Not so")
    assert not outcome(program, a=False).actions


def test_how_many_items_a_list_holds_can_be_asked_for() -> None:
    program = listing(
        {"id": "i", "when": IS_A},
        {"id": "j", "when": IS_B},
        triggers=[{"id": "both", "when": {"list": "l", "at_least": 2}}],
        flags=[{"id": "none", "when": {"list": "l", "equals": 0}}],
    )
    assert [fired.id for fired in outcome(program, a=True, b=True).triggers] == ["both"]
    assert outcome(program, a=True, b=False).flags == ()
    assert outcome(program, a=False, b=False).flags == ("none",)
