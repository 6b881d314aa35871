"""What can be scored while answers are missing: the checks count it as the law does, and say so."""

from fractions import Fraction
from textwrap import dedent

import pytest

from scorewright.rulebook.source import Source
from scorewright.scoring.load import Loaded, load_source
from tests.architecture.source import ROOT
from tests.scorers.checks.books import told

HEALTH = (ROOT / "rules" / "client_health_100.yaml").read_text(encoding="utf-8")
CRITICAL = "{ id: critical, from: 0, "

HEADER = "rulebook: { id: example, name: Example, version: 1.0.0, owner: me }\n"
ACTIONS = dedent(
    """\
    actions:
      go: { do: Go, owner: me, due: 1 day }
      stop: { do: Stop, owner: me, due: 1 day }
    """
)
ONE_GROUP = dedent(
    """\
    inputs:
      a: { type: rating }
      b: { type: boolean }
    score: { method: weighted, out_of: 100, if_missing: leave_out, minimum_coverage: 50 }
    groups: [{ id: g, weight: 100 }]
    criteria:
      - { id: a, group: g, input: a, rating: as_is }
      - { id: b, group: g, when: { input: b, is: true }, points: 5 }
    """
)
SUM = dedent(
    """\
    inputs:
      a: { type: rating }
      b: { type: rating }
      c: { type: boolean }
    score: { method: sum, out_of: 20, if_missing: leave_out, minimum_known: 1 }
    criteria:
      - { id: a, input: a, rating: as_is }
      - { id: b, input: b, rating: as_is }
      - { id: c, when: { input: c, is: true }, points: 10 }
    """
)
NINETY_AND_TEN = dedent(
    """\
    inputs:
      a: { type: boolean }
      b: { type: boolean }
    score: { method: sum, out_of: 100, if_missing: leave_out, minimum_known: 1 }
    criteria:
      - { id: a, when: { input: a, is: true }, points: 90 }
      - { id: b, when: { input: b, is: true }, points: 10 }
    """
)


def bands(**edges: object) -> str:
    """Write bands from the highest, which stop but for the first."""
    rows = [
        f"  - {{ id: {id}, from: {edge}, actions: [{'stop' if place else 'go'}] }}\n"
        for place, (id, edge) in enumerate(edges.items())
    ]
    return f"bands:\n{''.join(rows)}"


def book(body: str, more: str = "", **edges: object) -> str:
    """Write a whole rulebook."""
    return HEADER + body + bands(**edges) + more + ACTIONS


def loaded(text: str) -> Loaded:
    found, report = load_source(Source("example.yaml", text))
    assert found is not None, report
    return found


def ends_of(text: str) -> list[Fraction]:
    return [*(loaded(text).ends or ())]


def health(edge: int, more: str = "") -> str:
    """Change the edge of the shipped rulebook's lowest band, and add to it; nothing is accepted."""
    text, _ = HEALTH.replace("id: client_health_100", "id: example").split("\naccepted:\n")
    assert CRITICAL in text
    return text.replace(CRITICAL, f"{{ id: critical, from: {edge}, ") + "\n" + more


def test_a_band_that_only_missing_answers_lead_to_is_reached() -> None:
    assert told(book(ONE_GROUP, high=50, low=10, zero=0)) == []


def test_scores_without_a_band_are_found_where_only_missing_answers_lead_to_them() -> None:
    assert told(book(ONE_GROUP, high=50, low=10)) == [
        "12:22-24 error[band-gap-at-bottom] scores from 0 up to 10 belong to no band"
        "; help: let the lowest band start at 0"
        "; note: 0 is scored while `a` is not known; with every answer known the lowest score is 10"
    ]


def test_a_sum_with_a_minimum_of_known_criteria_is_looked_at_in_the_same_way() -> None:
    assert told(book(SUM, high=10, low=2)) == [
        "13:22-23 error[band-gap-at-bottom] scores from 0 up to 2 belong to no band"
        "; help: let the lowest band start at 0"
        "; note: 0 is scored while `a` and `b` are not known; with every answer known the lowest score is 2"
    ]
    three = SUM.replace("minimum_known: 1", "minimum_known: 3")
    assert told(book(three, high=10, low=2)) == []


def test_the_lowest_score_of_the_shipped_client_health_is_that_without_usage() -> None:
    (note,) = told(health(0))
    assert note.endswith(
        "note[band-partly-unreachable] `critical` starts at 0 but the lowest possible score is 15"
        "; help: let the band start at 15"
        "; note: 15 is scored while group `usage` is not known"
        "; with every answer known the lowest score is 17"
    )


def test_the_help_for_client_health_obeyed_leaves_nobody_without_a_band() -> None:
    assert told(health(15)) == []
    (error,) = told(health(17))
    assert "error[band-gap-at-bottom] scores from 15 up to 17 belong to no band" in error


def test_a_trigger_below_what_all_answers_lead_to_can_fire() -> None:
    trigger = "triggers:\n  - {{ id: worst, when: {{ score: total, less_than: {} }}, actions: [escalate] }}\n"
    assert told(health(15, trigger.format(17))) == []
    (error,) = told(health(15, trigger.format(15)))
    assert "error[trigger-never-fires] this trigger can never fire; help: the score is 15 to 100" in error


def test_a_condition_on_the_total_is_always_true_only_from_the_lowest_of_all() -> None:
    trigger = "triggers:\n  - {{ id: any, when: {{ score: total, at_least: {} }}, actions: [escalate] }}\n"
    assert told(health(15, trigger.format(17))) == []
    (warning,) = told(health(15, trigger.format(15)))
    assert "warning[condition-always-true] this is always true; help: the score is 15 to 100" in warning


def test_a_criterion_that_alone_is_known_changes_the_band() -> None:
    (note,) = told(book(NINETY_AND_TEN, high=50, low=0))
    assert "note[edge-not-attainable] no score is exactly 50; the first one in `high` is 90" in note


def test_a_criterion_that_is_never_known_alone_may_never_change_the_band() -> None:
    both = NINETY_AND_TEN.replace("minimum_known: 1", "minimum_known: 2")
    assert any(
        "warning[criterion-never-changes-band] `b` (10 points) can never change the band" in line
        for line in told(book(both, high=50, low=0))
    )


def test_an_edge_is_attained_where_only_missing_answers_lead_to_it() -> None:
    # 90 + 5 of 95 and 10 of 100 are what all answers lead to; 5 of 10 is 50, while `a` is not known.
    body = (
        NINETY_AND_TEN.replace("points: 10", "points: 5").replace("score:", "  c: { type: boolean }\nscore:")
        + "  - { id: c, when: { input: c, is: true }, points: 5 }\n"
    )
    lines = told(book(body, high=50, low=0))
    assert not any("edge-not-attainable" in line for line in lines)


MATRIX = dedent(
    """\
    inputs:
      a: { type: rating }
      b: { type: boolean }
      c: { type: boolean }
    score: { method: sum, out_of: 20, if_missing: leave_out, minimum_known: 1 }
    groups: [{ id: fit }, { id: intent }]
    criteria:
      - { id: a, group: fit, input: a, rating: as_is }
      - { id: b, group: fit, when: { input: b, is: true }, points: 5 }
      - { id: c, group: intent, when: { input: c, is: true }, points: 10 }
    matrix:
      id: grid
      rows: { group: fit, levels: [{ id: high, from: 5 }, { id: low, from: 1 }, { id: no, from: 0 }] }
      columns: { group: intent, levels: [{ id: high, from: 10 }, { id: low, from: 0 }] }
      cells:
        high: { high: A, low: B }
        low: { high: C, low: D }
        no: { high: E, low: F }
    """
)


def test_a_level_that_only_missing_answers_lead_to_is_reached() -> None:
    lines = told(book(MATRIX, high=15, low=0))
    assert not any("matrix-level-unreachable" in line for line in lines)
    always = MATRIX.replace("if_missing: leave_out, minimum_known: 1", "if_missing: incomplete")
    lines = told(book(always, high=10, low=0))
    assert any("matrix-level-unreachable] group `fit` never scores in level `no`" in line for line in lines)


def test_points_below_the_lowest_level_are_found_where_only_missing_answers_lead_to_them() -> None:
    body = MATRIX.replace(", { id: no, from: 0 }", "").replace("    no: { high: E, low: F }\n", "")
    lines = told(book(body, high=10, low=0))
    assert any("points of group `fit` from 0 up to 1 belong to no level" in line for line in lines)


RATIO = dedent(
    """\
    inputs:
      spent: { type: integer, min: 0, max: 100, required: true }
      planned: { type: integer, min: 0, max: 100, required: true }
      a: { type: rating, required: true }
    score: { method: sum, out_of: 15, if_missing: leave_out, minimum_known: 1 }
    criteria:
      - { id: pace, when: { ratio: [spent, planned], at_most: 1 }, points: 10 }
      - { id: a, input: a, rating: as_is }
    """
)


def test_over_zero_a_criterion_is_left_out_though_everything_is_answered() -> None:
    # All answers known lead to 1 to 5 and 11 to 15; with a plan of 0, `a` alone leads to 3, 6, 9, 12 and 15.
    assert told(book(RATIO, high=11, middle=6, low=1)) == []
    planned = RATIO.replace("planned: { type: integer, min: 0", "planned: { type: integer, min: 1")
    assert any("no combination of answers scores in `middle`" in line
               for line in told(book(planned, high=11, middle=6, low=1)))  # fmt: skip


@pytest.mark.parametrize("policy", ["no_points", "incomplete", "leave_out"])
def test_required_and_assumed_answers_are_never_missing(policy: str) -> None:
    body = (
        ONE_GROUP.replace("{ type: rating }", "{ type: rating, required: true }")
        .replace("{ type: boolean }", "{ type: boolean, if_missing: { assume: false } }")
        .replace("if_missing: leave_out", f"if_missing: {policy}")
    )
    assert ends_of(book(body, high=50, low=10)) == [10, 100]


def test_the_ends_of_a_rulebook_are_those_of_all_its_subjects() -> None:
    assert ends_of(HEALTH) == [15, 100]
    assert ends_of(book(ONE_GROUP, high=50, low=0)) == [0, 100]
