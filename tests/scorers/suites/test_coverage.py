"""What tests leave untouched: bands, edges, criteria and triggers."""

from fractions import Fraction

import pytest

from scorewright.program.program import Program
from scorewright.suites.coverage import cover
from scorewright.suites.edge_totals import edges_of
from tests.scorers.suites.written import program, results
from tests.written import RATING, YES_NO, Written, rulebook, yes


def lacking(rows: str, about: Program | None = None) -> list[str]:
    found = results(rows, about)
    families = cover(about or program(), found).families()
    return [f"{part.lack}; {part.help}" if part.help else str(part.lack)
            for parts in families.values() for part in parts if part.lack]  # fmt: skip


def table(columns: str, *rows: str) -> str:
    return f"tables:\n  - {{ name: t, columns: {columns}, rows: [{', '.join(rows)}] }}\n"


def test_everything_touched_lacks_nothing() -> None:
    rows = table("[budget, size, source, score]", "[true, 5, referral, 60]", "[false, 50, inbound, 40]")
    assert not lacking(rows)


def test_each_thing_untouched_is_named() -> None:
    assert lacking(table("[budget, size, score]", "[true, 50, 100]")) == [
        "no test ends in band `cold`",
        "edge of `hot` is not pinned by tests: no case scores 40 or 60",
        "every test gives `budget` 60 points; add a case that earns 0",
        "every test gives `size` 40 points; add a case that earns 0",
        "no test fires trigger `referred`",
    ]


def test_a_criterion_that_no_test_answers_is_named() -> None:
    assert "no test answers what `size` asks; add a case that earns 40" in lacking(
        table("[budget, score]", "[true, 60]", "[false, 0]")
    )


def test_invalid_answers_touch_nothing() -> None:
    assert "no test ends in band `hot`" in lacking(table("[size, invalid.size]", "[500, out_of_range]"))


RATED: list[Written] = [
    {"id": "a", "input": "a", "rating": "as_is"},
    {"id": "b", "input": "b", "rating": "as_is"},
]
HALVES = RATING | {"decimals": 1}


ANY: Written = {"type": "number", "min": 0, "max": 100}
SUMS = [yes("a", 30), yes("b", 70)]


def bands(*edges: int) -> list[Written]:
    return [{"id": f"from_{edge}", "from": edge} for edge in edges]


@pytest.mark.parametrize(
    ("about", "edges"),
    [
        (rulebook({"a": YES_NO, "b": YES_NO}, SUMS, bands=bands(31, 0)), (31, 30, 70)),
        (
            rulebook(
                {"a": HALVES, "b": HALVES}, RATED, {"out_of": 10, "if_missing": "incomplete"}, bands(8, 2)
            ),
            (8, "7.9", "8.008"),
        ),
        (
            rulebook({"a": ANY}, [{"id": "a", "input": "a", "value": "as_is"}], bands=bands(60, 0)),
            (60, "59.9", "60.1"),
        ),
        (
            rulebook({"a": RATING, "b": RATING}, RATED, {"out_of": 10, "band_on": "a"}, bands(4, 1)),
            (4, 3, "4.004"),
        ),
    ],
    ids=[
        "sums that lie apart",
        "tenths",
        "any number within a thousandth of the range",
        "read from an input",
    ],
)
def test_an_edge_is_pinned_by_the_nearest_values_that_can_occur(
    about: Program, edges: tuple[object, ...]
) -> None:
    (edge,) = edges_of(about)
    assert (edge.edge, edge.below, edge.above) == tuple(Fraction(str(number)) for number in edges)
