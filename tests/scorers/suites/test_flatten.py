"""Cases and rows as flat tests, and everything that can be wrong with how they are written."""

from collections.abc import Callable
from datetime import date

import pytest

from scorewright.diagnostics.budget import Budget
from scorewright.diagnostics.suggest import said
from scorewright.rulebook.source import Source
from scorewright.suites.flatten import NO_DAY, flatten
from scorewright.suites.read_suite import read_suite
from tests.scorers.suites.written import flat, program, results
from tests.written import YES_NO, rulebook, yes


def case(inputs: str = "{}", expect: str = "{ score: 0 }") -> str:
    return f"cases:\n  - {{ name: one, inputs: {inputs}, expect: {expect} }}\n"


def table(columns: str, *rows: str, **more: str) -> str:
    extra = "".join(f", {key}: {value}" for key, value in more.items())
    return f"tables:\n  - {{ name: t, columns: {columns}, rows: [{', '.join(rows)}]{extra} }}\n"


def test_rows_become_tests_with_shared_and_own_inputs() -> None:
    text = table(
        "[budget, size, score, band]", "[true, 5, 60, hot]", "[null, 5, 0, null]", inputs="{ budget: false }"
    )
    tests, _ = flat(text)
    assert [test.name for test in tests] == ["t, row 1", "t, row 2"]
    assert [dict(test.inputs) for test in tests] == [{"budget": True, "size": 5}, {"budget": None, "size": 5}]
    assert [[(e.kind, e.path[-1]) for e in test.expected] for test in tests] == [
        [("score", 2), ("band", 3)],
        [("score", 2)],
    ]
    assert all(result.passed for result in results(text))


def test_an_input_column_wins_over_an_expectation_of_the_same_name() -> None:
    about = rulebook({"score": YES_NO, "big": YES_NO}, [yes("score", 40), yes("big", 60)])
    tests, found = flat(table("[score, percent]", "[true, 40]"), about)
    assert not found
    assert dict(tests[0].inputs) == {"score": True}
    assert [e.kind for e in tests[0].expected] == ["percent"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("status", "scored"), ("score", "60"), ("percent", "60"), ("band", "hot"), ("points.budget", "60"),
        ("groups.need", "60"), ("matrix", "Go"), ("missing", "[source]"), ("assumed", "[calm]"),
        ("triggers", "[]"),
        ("disqualified", "[]"), ("actions", "[call]"), ("withheld", "[]"),
        ("flags", "['not_evaluated:referred']"), ("bounds", "[100, 100]"),
        ("possible_bands", "[hot]"),
    ],
)  # fmt: skip
def test_a_column_may_be_any_expectation(column: str, cell: str) -> None:
    text = table(
        f"[budget, size, {column}]", f"[true, 50, {cell if column not in ('score', 'percent') else 100}]"
    )
    assert [result.mismatches for result in results(text)] == [()]


def test_a_column_may_expect_the_code_of_an_invalid_input() -> None:
    assert all(
        r.passed for r in results(table("[size, invalid.size]", "[500, out_of_range]", '["5", wrong_type]'))
    )


MISTAKES = (
    case("{ budgt: true, sise: 3 }"),
    case(expect="{ band: hott, next_band: warm }"),
    case(expect="{ possible_bands: [hot, colt] }"),
    case(expect="{ points: { bugdet: 1 }, groups: { fitt: 1 } }"),
    case(expect="{ actions: [call, mial], withheld: [x] }"),
    case(expect="{ triggers: [refered], disqualified: [tinny] }"),
    case(expect="{ matrix: Goo }"),
    case(expect="{ missing: [sise], assumed: [clam], invalid: { buget: wrong_tipe } }"),
    case(expect="{ values: { x: 1 }, lists: { y: [] } }"),
    table("[budget, scoer]", "[true, 1]"),
    table("[budgett, score]", "[true, 1]"),
    table("[budget, points.bugdet]", "[true, 1]"),
    table("[budget, point.budget]", "[true, 1]"),
    table("[budget, points, invalid]", "[true, 1, x]"),
    table("[budget, score.x]", "[true, 1]"),
    table("[budget, score, budget]", "[true, 1, true]"),
    table("[budget, size]", "[true, 1]"),
    table("[budget, score]", "[true, null]"),
    table("[budget, score]", "[true]", "[true, 1, 2]"),
    table("[budget, score, band, actions, bounds]", "[true, '60', 5, call, [1]]"),
    table("[budget, status, band, invalid.size]", "[true, done, hoot, no]"),
    table("[budget, score]", "[true, 60]", inputs="{ sise: 1 }"),
    "as_of: 2026-02-30\n" + case(),
)


def test_a_mistake_is_named_with_its_place_and_a_way_out(golden: Callable[[str, str], None]) -> None:
    told = []
    for text in MISTAKES:
        told.append(text)
        for found in flat(text)[1]:
            place = ".".join(map(str, found.path))
            told.append(
                f"{place}: {found.code}: {found.message}\n    {said(found.help, Budget()) or 'no help'}\n"
            )
        told.append("\n")
    golden("suites/mistakes.txt", "".join(told))


def test_every_mistake_in_the_list_is_one() -> None:
    assert all(flat(text)[1] for text in MISTAKES)


def test_a_mistake_costs_its_own_test_only() -> None:
    text = case("{ budgt: true }") + "  - { name: b, inputs: {}, expect: { score: 0 } }\n"
    tests, found = flat(text)
    assert [test.name for test in tests] == ["b"]
    assert len(found) == 1


def test_a_suite_for_another_rulebook_is_told() -> None:
    document, _ = read_suite(Source("x", "tests_for: smal\n" + case()))
    assert document is not None
    _, found = flatten(document.suite, program())
    assert [(w.code, w.path, said(w.help, Budget())) for w in found] == [
        ("file-name-differs-from-id", ("tests_for",), "write `tests_for: small`")
    ]


def test_a_suite_called_as_its_file_is_right_and_its_rulebook_is_not() -> None:
    document, _ = read_suite(Source("x", "tests_for: smal\n" + case()))
    assert document is not None
    assert flatten(document.suite, program(), "smal")[1] == ()


def test_a_rulebook_without_dates_needs_no_day() -> None:
    assert flat(case())[0][0].as_of == NO_DAY


def test_a_rulebook_with_dates_needs_a_day() -> None:
    about = rulebook({"seen": {"type": "date"}, "a": YES_NO}, [yes("a", 100)])
    _, found = flat(case(), about)
    assert [(w.code, w.message) for w in found] == [
        ("key-missing", "`as_of` is missing, and this rulebook compares dates")
    ]
    tests, _ = flat("as_of: 2026-01-31\n" + case(), about)
    assert tests[0].as_of == date(2026, 1, 31)
    own = "cases:\n  - { name: a, as_of: 2025-01-01, inputs: {}, expect: { score: 0 } }\n"
    tests, _ = flat("as_of: 2026-01-31\n" + own, about)
    assert tests[0].as_of == date(2025, 1, 1)
