"""Expectations: each looks at its part of the answer, and says what it missed."""

import pytest

from scorewright.results.outcome import Invalid
from scorewright.suites.expectations import INVALID, KINDS
from scorewright.suites.outcome_parts import part_text
from scorewright.suites.run_tests import sentence
from scorewright.suites.suite import Expect
from tests.scorers.suites.written import results

INPUTS = "{ budget: true, size: 5, source: referral }"


def told(expect: str, inputs: str = INPUTS) -> str:
    (result,) = results(f"cases:\n  - {{ name: one, inputs: {inputs}, expect: {{ {expect} }} }}\n")
    return sentence(result.mismatches)


@pytest.mark.parametrize(
    "expect",
    [
        "status: scored",
        "score: 60",
        "percent: 60",
        "band: hot",
        "points: { budget: 60, size: 0 }",
        "groups: { need: 60, fit: 0 }",
        "matrix: Wait",
        "missing: []",
        "assumed: [calm]",
        "triggers: [referred]",
        "disqualified: []",
        "actions: [call, thank]",
        "withheld: []",
        "next_band: null",
        "flags: []",
    ],
)
def test_a_met_expectation_is_silent(expect: str) -> None:
    assert told(expect) == ""


@pytest.mark.parametrize(
    ("expect", "sentence"),
    [
        ("status: incomplete", "expected status incomplete, got scored"),
        ("score: 60.5", "expected score 60.5, got 60"),
        ("percent: 0", "expected percent 0, got 60"),
        ("band: cold", "expected band cold, got hot"),
        ("band: null", "expected band none, got hot"),
        ("bounds: [0, 100]", "expected bounds [0, 100], got none"),
        ("possible_bands: [hot]", "expected possible_bands [hot], got none"),
        ("points: { budget: 60, size: 40 }", "expected points.size 40, got 0"),
        ("points: { size: null }", "expected points.size none, got 0"),
        ("groups: { fit: 40 }", "expected groups.fit 40, got 0"),
        ("matrix: Go", "expected matrix Go, got Wait"),
        ("missing: [size]", "expected missing [size], got []"),
        ("assumed: []", "expected assumed [], got [calm]"),
        ("triggers: []", "expected triggers [], got [referred]"),
        ("disqualified: [tiny]", "expected disqualified [tiny], got []"),
        ("actions: [thank, call]", "expected actions [thank, call], got [call, thank]"),
        ("withheld: [mail]", "expected withheld [mail], got []"),
        ("next_band: hot", "expected next_band hot, got none"),
        ("flags: [x]", "expected flags [x], got []"),
        ("invalid: { size: out_of_range }", "expected invalid.size out_of_range, got none"),
        (
            "score: 1, percent: 2, band: cold, status: incomplete",
            "expected status incomplete, got scored; expected score 1, got 60; "
            "expected percent 2, got 60; and 1 more",
        ),
    ],
)
def test_an_unmet_expectation_says_what_came(expect: str, sentence: str) -> None:
    assert told(expect) == sentence


def test_what_is_missing_shows_in_bounds_and_bands() -> None:
    inputs = "{ size: 20 }"
    assert told("bounds: [40, 100], possible_bands: [hot, cold], missing: [source, budget]", inputs) == ""
    assert told("withheld: [mail], next_band: hot", inputs) == ""
    assert told("missing: [budget]", inputs) == "expected missing [budget], got [budget, source]"


def test_a_disqualifier_shows() -> None:
    assert told("disqualified: [tiny], band: cold, score: 60", "{ budget: true, size: 0 }") == ""


def test_every_invalid_input_must_be_expected() -> None:
    inputs = '{ budget: "yes", size: 500 }'
    assert told("invalid: { budget: wrong_type, size: out_of_range }", inputs) == ""
    assert told("invalid: { budget: wrong_type }", inputs) == "expected invalid.size none, got out_of_range"
    assert told("invalid: { budget: required, size: out_of_range }", inputs) == (
        "expected invalid.budget required, got wrong_type"
    )


def test_no_other_expectation_is_met_by_an_invalid_answer() -> None:
    assert told("score: null, band: null", "{ size: 500 }") == (
        "expected score none, got invalid; expected band none, got invalid; "
        "expected invalid.size none, got out_of_range"
    )


def test_a_result_keeps_the_answer() -> None:
    (result,) = results("cases:\n  - { name: one, inputs: { size: 500 }, expect: { score: 1 } }\n")
    assert isinstance(result.answer, Invalid)
    assert not result.passed


def test_every_word_of_expect_has_its_kind() -> None:
    assert {*KINDS, INVALID} == set(Expect.model_fields)


def test_parts_are_written_as_in_a_suite() -> None:
    assert part_text(None) == "none"
    assert part_text(("a", "b")) == "[a, b]"
    assert part_text(()) == "[]"
