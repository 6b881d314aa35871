"""The summary of a file: counts, bins and bars, no larger than the rulebook."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from scorewright.cli.file_summary import EXAMPLES, FileTally
from scorewright.cli.histogram_bins import BINS, HistogramBins, nice_step
from scorewright.cli.stdio import PLAIN
from scorewright.cli.summary_page import bar, render
from scorewright.program.program import Program
from scorewright.records.record import Record, RowRefusal
from scorewright.results.outcome import Outcome, Score, Status
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from tests.service.cli.calling import RULES
from tests.written import AS_OF, Written, rulebook, table

NUMBER: Written = {"type": "number"}
EARNS: list[Written] = [{"id": "a", "input": "a", "value": "as_is"}]
BANDS: list[Written] = [{"id": "hot", "from": 50}, {"id": "cold", "from": 0}]


def program() -> Program:
    return rulebook({"a": NUMBER}, EARNS, bands=BANDS)


def outcome(total: float) -> Outcome:
    found = Scorer(program()).score({"a": total}, as_of=AS_OF)
    assert isinstance(found, Score)
    return found.outcome


def ends_of(scale: HistogramBins, total: int) -> Any:
    return scale.ends(scale.place(Fraction(total)))


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
    tally = FileTally(replace(program(), out_of=Fraction(100)))
    for total in (10, 19.9, 20, 100):
        tally.add(outcome(total), 1)
    bins: dict[Any, int] = {(found.low, found.high): found.count for found in tally.bins()}
    assert (bins[10, 20], bins[20, 30], bins[90, 100]) == (2, 1, 1)


def test_totals_beyond_the_scale_stand_in_outer_bins_that_have_no_end() -> None:
    tally = FileTally(replace(program(), out_of=None))
    for total in (-100_000, 100_000):
        tally.add(outcome(total), 1)
    first, *between, last = tally.bins()
    assert [str(end) for end in (first.low, first.high, last.low, last.high)] == ["None", "-90", "90", "None"]
    assert (first.count, last.count) == (1, 1)
    assert len(between) < 2 * BINS
    assert not any(found.count for found in between)


def test_a_value_reaches_up_to_its_own_end() -> None:
    share: Written = {"a": {"type": "number", "min": 0}, "b": {"type": "number", "min": 0}}
    values: dict[str, Written] = {"rate": {"percent": ["a", "b"], "min": 0, "max": 100, "blame": "a"}}
    scale = HistogramBins.of(table("value", "rate", share, values=values))
    assert (ends_of(scale, 5), ends_of(scale, 100)) == ((0, 10), (90, 100))


@pytest.mark.parametrize(
    ("rulebook", "ends"),
    [("intervention_triggers", [(0, 0), (5, 5)]), ("adoption_exit", [(0, 0), (10, None)])],
)
def test_few_whole_numbers_have_a_bin_each(rulebook: str, ends: list[tuple[int, int | None]]) -> None:
    (loaded,), _ = load_paths([RULES / f"{rulebook}.yaml"])
    scale = HistogramBins.of(loaded.program)
    assert [ends_of(scale, total) for total in (0, 99)] == ends


def test_the_days_are_those_that_subjects_were_scored_as_of() -> None:
    tally = FileTally(program())
    assert "as of 2026-01-31: 0 subjects" in render(tally, AS_OF, PLAIN)
    tally.saw(date(2026, 2, 1))
    assert "as of 2026-02-01: " in render(tally, AS_OF, PLAIN)
    tally.saw(date(2025, 12, 31))
    assert "as of 2025-12-31 to 2026-02-01: " in render(tally, AS_OF, PLAIN)


def test_shared_outcomes_are_counted_once_each_subject() -> None:
    tally = FileTally(program())
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
    tally = FileTally(program())
    for line in range(10):
        tally.refuse(
            Record(line, None, {"a": "large"}), [RowRefusal("a", "x", "no"), RowRefusal("", "y", "no")]
        )
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
    tally = FileTally(program())
    for total, count in ((12, 1_234_567), (55, 3), (99.9, 40_000)):
        tally.add(outcome(total), count)
    tally.add(replace(outcome(60), status=Status.INCOMPLETE, total=None, band=None), 17)
    for line in range(5):
        tally.refuse(Record(line, "s", {}), [RowRefusal("a", "wrong_type", "`x` is not\x1b a number")])
    golden("cli/summary.txt", render(tally, date(2026, 1, 31), PLAIN, {"a": 3}))
