"""The summary of a file: counts, bins and bars, no larger than the rulebook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from scorers.program import Program
from scorers.records.record import Record, Refusal
from scorers.result import Outcome, Score, Status
from scorers.scorer import Scorer
from service.cli.streams import PLAIN
from service.cli.summary import bar, render
from service.cli.tally import BINS, EXAMPLES, Tally, nice_step
from tests.written import AS_OF, Written, rulebook

NUMBER: Written = {"type": "number"}
EARNS: list[Written] = [{"id": "a", "input": "a", "value": "as_is"}]
BANDS: list[Written] = [{"id": "hot", "from": 50}, {"id": "cold", "from": 0}]


def program() -> Program:
    return rulebook({"a": NUMBER}, EARNS, bands=BANDS)


def outcome(total: float) -> Outcome:
    found = Scorer(program()).score({"a": total}, as_of=AS_OF)
    assert isinstance(found, Score)
    return found.outcome


@pytest.mark.parametrize(
    ("out_of", "step"),
    [
        (100, "10"), (20, "2"), (25, "2.5"), (40, "5"), (155, "20"), (1, "0.1"), (7, "1"), (10**6, "100000"),
        (0, "1"),
    ],
)  # fmt: skip
def test_bins_have_round_widths(out_of: int, step: str) -> None:
    assert nice_step(Fraction(out_of)) == Fraction(step)


def test_an_edge_of_a_bin_belongs_to_it_and_the_highest_total_to_the_last() -> None:
    tally = Tally(program())
    for total in (10, 19.9, 20, 100):
        tally.add(outcome(total), 1)
    bins = {(int(b.low), int(b.high)): b.count for b in tally.bins()}
    assert (bins[10, 20], bins[20, 30], bins[90, 100]) == (2, 1, 1)


def test_totals_beyond_the_scale_stand_in_the_outer_bins() -> None:
    tally = Tally(program())
    for total in (-100_000, 100_000):
        tally.add(outcome(total), 1)
    assert len(list(tally.bins())) <= 2 * BINS


def test_shared_outcomes_are_counted_once_each_subject() -> None:
    tally = Tally(program())
    tally.add(outcome(60), 7)
    tally.add(replace(outcome(60), status=Status.INCOMPLETE, total=None, band=None), 2)
    assert (tally.rows, tally.scored, tally.incomplete, tally.bands["hot"], tally.bands[None]) == (
        9,
        7,
        2,
        7,
        2,
    )


def test_refused_rows_keep_a_few_examples_of_each_reason_and_no_inputs() -> None:
    tally = Tally(program())
    for line in range(10):
        tally.refuse(Record(line, None, {"a": "large"}), [Refusal("a", "x", "no"), Refusal("", "y", "no")])
    assert (tally.refused, {code: reason.count for code, reason in tally.reasons.items()}) == (
        10,
        {"x": 10, "y": 10},
    )
    assert len(tally.reasons["x"].examples) == EXAMPLES
    assert all(record.inputs is None for record, _ in tally.reasons["x"].examples)


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0, ""), (0.000001, "▏"), (0.5, "█████"), (0.55, "█████▌"), (1, "██████████"), (2, "██████████")],
)
def test_a_bar_is_exact_to_an_eighth_and_never_empty_for_something(share: float, drawn: str) -> None:
    assert bar(share, 10) == drawn


def test_the_golden_of_a_summary(golden: Callable[[str, str], None]) -> None:
    tally = Tally(program())
    for total, count in ((12, 1_234_567), (55, 3), (99.9, 40_000)):
        tally.add(outcome(total), count)
    tally.add(replace(outcome(60), status=Status.INCOMPLETE, total=None, band=None), 17)
    for line in range(5):
        tally.refuse(Record(line, "s", {}), [Refusal("a", "wrong_type", "`x` is not\x1b a number")])
    golden("cli/summary.txt", render(tally, date(2026, 1, 31), PLAIN, {"a": 3}))
