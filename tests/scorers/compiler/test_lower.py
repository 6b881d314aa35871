"""Whole programs: groups, bands, levels, texts, and everything in its order."""

from fractions import Fraction

from scorewright.program.condition import Op
from scorewright.program.program import Policy, Recommend, Slot
from tests.written import YES_NO, Written, acts, rulebook, yes

GOOD = {"id": "good", "from": 9, "label": "A"}
INPUTS: dict[str, Written] = dict.fromkeys(("a", "b", "c", "d"), YES_NO)


def test_groups_stand_in_the_order_of_their_first_criterion() -> None:
    program = rulebook(
        INPUTS,
        [yes("a", group="late"), yes("b"), yes("c", group="early"), yes("d", group="late")],
        groups=[
            {"id": "early", "cap": 5},
            {"id": "late", "floor": -1, "label": "In time", "source": "page 3"},
        ],
    )
    assert [(g.id, g.criteria) for g in program.groups] == [
        ("late", ("a", "d")),
        ("", ("b",)),
        ("early", ("c",)),
    ]
    assert [(g.label, g.cap, g.floor, g.source) for g in program.groups] == [
        ("In time", None, -1, "page 3"), ("", None, None, None), ("Early", 5, None, None),
    ]  # fmt: skip


def test_a_group_can_earn_the_positive_points_of_its_criteria_up_to_its_cap() -> None:
    criteria = [yes("a", 10, group="x"), yes("b", -4, group="x"), yes("c", 3, group="y"), yes("d", -4)]
    program = rulebook(INPUTS, criteria, groups=[{"id": "x"}, {"id": "y", "cap": 2}])
    assert [(int(g.possible), int(g.share)) for g in program.groups] == [(10, 10), (2, 2), (0, 0)]


def test_the_share_of_a_weighted_group_is_its_weight() -> None:
    criteria = [yes("a", 10, group="x"), yes("b", 5, group="y")]
    groups: list[Written] = [{"id": "x", "weight": 60}, {"id": "y", "weight": 40}]
    program = rulebook(INPUTS, criteria, {"method": "weighted"}, groups=groups)
    assert program.weighted
    assert [(int(g.possible), int(g.share)) for g in program.groups] == [(10, 60), (5, 40)]


def test_bands_stand_from_the_highest_edge() -> None:
    bands: list[Written] = [
        {"id": "low", "from": 0, "flags": ["watch"]},
        {
            "id": "high",
            "from": 20.5,
            "label": "Hot",
            "qualified": True,
            "actions": ["go"],
            "source": "page 1",
        },
    ]
    high, low = rulebook(INPUTS, [yes("a")], bands=bands, actions=acts("go")).bands
    assert (high.id, high.label, high.edge, high.qualified) == ("high", "Hot", Fraction(41, 2), True)
    assert (high.actions, high.flags, high.source) == (("go",), (), "page 1")
    assert (low.id, low.label, low.qualified, low.flags) == ("low", "Low", None, ("watch",))


def test_a_matrix_stands_from_the_highest_levels() -> None:
    program = rulebook(
        INPUTS,
        [yes("a", group="x"), yes("b", group="y")],
        groups=[{"id": "x"}, {"id": "y"}],
        matrix={
            "id": "the_grid",
            "rows": {"group": "x", "levels": [{"id": "no", "from": 0}, {"id": "much", "from": 5}]},
            "columns": {"group": "y", "levels": [GOOD, {"id": "bad", "from": 0}]},
            "cells": {"no": {"bad": "D", "good": "C"}, "much": {"good": "A", "bad": "B"}},
        },
    )  # fmt: skip
    matrix = program.matrix
    assert matrix is not None
    assert matrix.label == "The grid"
    assert [level.id for level in matrix.rows] == ["much", "no"]
    assert [level.label for level in matrix.columns] == ["A", "Bad"]
    assert matrix.cells == (("A", "B"), ("C", "D"))


def test_a_criterion_keeps_what_an_answer_shows_of_it() -> None:
    written = yes(
        "a",
        if_missing="incomplete",
        actionable=False,
        label="Asked",
        reason="because {inputs.a}",
        source="page 2",
        recommend=[{"at_most": 2, "actions": ["go"]}, {"between": [3, 4], "actions": ["stop"]}],
    )
    criterion = rulebook(INPUTS, [yes("b"), written], actions=acts("go", "stop")).criteria[1]
    assert (criterion.policy, criterion.actionable, criterion.label) == (Policy.INCOMPLETE, False, "Asked")
    assert (criterion.reason, criterion.source) == (("because ", Slot("inputs", "a")), "page 2")
    assert criterion.recommend == (
        Recommend(Op.AT_MOST, Fraction(2), ("go",)),
        Recommend(Op.BETWEEN, (Fraction(3), Fraction(4)), ("stop",)),
    )
    assert (criterion.path, criterion.inputs) == (("criteria", 1), ("a",))


def test_the_inputs_of_a_criterion_stand_in_the_order_in_which_it_asks() -> None:
    parts = [{"input": name, "is": True} for name in ("c", "a", "c", "b")]
    program = rulebook(INPUTS, [{"id": "x", "when": {"all": parts}, "points": 1}])
    assert program.criteria[0].inputs == ("c", "a", "b")


def test_texts_are_cut_at_their_placeholders() -> None:
    actions = acts("go")
    actions["go"] |= {"reason": "{score}/{out_of}: {groups.fit}{top_reasons}."}
    program = rulebook(INPUTS, [yes("a")], actions=actions)
    slots = (Slot("score"), "/", Slot("out_of"), ": ", Slot("groups", "fit"), Slot("top_reasons"), ".")
    assert program.actions[0].reason == slots


def test_a_text_that_is_not_written_is_empty() -> None:
    program = rulebook(INPUTS, [yes("a")], actions=acts("go"))
    assert program.actions[0].reason == () == program.criteria[0].reason


def test_actions_stand_by_their_ids() -> None:
    program = rulebook(INPUTS, [yes("a")], actions=acts("stop", "go", "wait"))
    assert [action.id for action in program.actions] == ["go", "stop", "wait"]
    assert program.actions[0].priority == 5


def test_triggers_and_disqualifiers_keep_their_order_and_place() -> None:
    asked = {"input": "a", "is": True}
    program = rulebook(
        INPUTS,
        [yes("b")],
        disqualifiers=[{"id": "z", "when": asked, "band": "any"}, {"id": "y", "when": asked}],
        triggers=[{"id": "n", "when": asked, "severity": "urgent"}, {"id": "m", "when": asked}],
    )
    assert [(d.id, d.band, d.path) for d in program.disqualifiers] == [
        ("z", "any", ("disqualifiers", 0)), ("y", None, ("disqualifiers", 1)),
    ]  # fmt: skip
    assert [(t.id, t.severity, t.path) for t in program.triggers] == [
        ("n", "urgent", ("triggers", 0)), ("m", "info", ("triggers", 1)),
    ]  # fmt: skip
