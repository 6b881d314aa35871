"""Tests with facts: asked as of a moment, answered as an account is, and told where they are wrong."""

from collections.abc import Callable

import pytest

from scorewright.diagnostics.budget import Budget
from scorewright.diagnostics.suggest import said
from scorewright.program.program import Program
from scorewright.scoring.scorer import Scorer
from scorewright.suites.coverage import cover
from scorewright.suites.run_tests import run, sentence
from tests.engines import RUNNABLE
from tests.scorers.suites.written import flat, results
from tests.written import acts, table


def watched() -> Program:
    """Compile a rulebook with events, records, signals and every shape of measure."""
    return table(
        "count", "triggers",
        {
            "days": {"type": "number", "min": 0, "max": 365, "measured": {"days_since": "call"}},
            "calls": {"type": "count", "max": 100, "measured": {"total": "call", "field": "n"}},
            "worst": {"type": "choice", "options": ["none", "low", "high"],
                      "measured": {"highest": "ticket", "field": "severity", "otherwise": "none"}},
            "deals": {"type": "list", "fields": {"won": {"type": "boolean"}, "on": {"type": "date"}},
                      "measured": {"every": "deal"}},
            "names": {"type": "list", "of": "text", "measured": {"every": "ticket", "field": "name"}},
            "plan": {"type": "choice", "options": ["basic", "pro"]},
        },
        facts={
            "call": {"fields": {"n": {"type": "count", "max": 100}}},
            "ping": {},
            "deal": {"key": ["deal"], "fields": {
                "deal": {"type": "text"}, "won": {"type": "boolean"}, "on": {"type": "date"}}},
            "ticket": {"key": ["name"], "fields": {
                "name": {"type": "text"}, "severity": {"type": "choice", "options": ["low", "high"]}}},
        },
        signals=[
            {"id": "quiet", "when": {"no": "call", "within": "7 days"}},
            {"id": "alive", "when": {"fact": "ping", "within": "2 hours"},
             "then": {"facts": [{"fact": "ticket", "fields": {"name": "seen", "severity": "low"}}]}},
        ],
        triggers=[{"id": "silent", "when": {"signal": "quiet", "is": True}, "actions": ["call"]},
                  {"id": "late", "when": {"input": "days", "at_least": 3}}],
        actions=acts("call"),
    )  # fmt: skip


ABOUT = watched()
CALL = "{ fact: call, at: 2026-01-24T10:00:00Z, n: 12 }"


def case(*facts: str, expect: str = "score: 0", **more: str) -> str:
    extra = "".join(f", {key}: {value}" for key, value in {"as_of": "2026-01-31", **more}.items() if value)
    return f"cases:\n  - {{ name: one{extra}, facts: [{', '.join(facts)}], expect: {{ {expect} }} }}\n"


def told(*facts: str, expect: str, **more: str) -> str:
    (result,) = results(case(*facts, expect=expect, **more), ABOUT)
    return sentence(result.mismatches)


@pytest.mark.parametrize(
    "expect",
    [
        "score: 2, triggers: [silent, late], actions: [call]",
        "signals: [quiet]",
        "measured: { days: 7, calls: 12, worst: none, deals: [], names: [] }",
        "missing: [plan]",
    ],
)
def test_facts_are_measured_and_signals_asked(expect: str) -> None:
    assert told(CALL, expect=expect) == ""


@pytest.mark.parametrize(
    ("as_of", "days"), [("2026-01-31", 7), ("2026-01-31T09:59:59Z", 6), ("2026-01-31T11:00+01:00", 7)]
)
def test_as_of_may_be_a_moment_and_a_day_means_its_end(as_of: str, days: int) -> None:
    assert told(CALL, expect=f"measured: {{ days: {days} }}", as_of=as_of) == ""
    assert told(CALL, expect="signals: []" if days == 6 else "signals: [quiet]", as_of=as_of) == ""


def test_the_moment_of_the_suite_is_that_of_its_tests() -> None:
    (result,) = results(f"as_of: 2026-01-31T09:00:00Z\n{case(CALL, as_of='', expect='signals: []')}", ABOUT)
    assert result.passed


def test_what_is_later_has_not_happened() -> None:
    expect = "missing: [days, plan], measured: { days: null, calls: 0 }, signals: [quiet]"
    assert told(CALL, expect=expect, as_of="2026-01-24T09:59:59Z") == ""


def test_no_facts_are_an_account_to_which_nothing_happened() -> None:
    assert told(expect="signals: [quiet], triggers: [silent], measured: { worst: none }") == ""


def test_without_facts_signals_are_answers() -> None:
    expect = "triggers: [silent], signals: [quiet], measured: { days: null }"
    text = f"cases:\n  - {{ name: a, inputs: {{ quiet: true, days: 1 }}, expect: {{ {expect} }} }}\n"
    (result,) = results(text, ABOUT)
    assert result.passed


def test_an_answer_that_is_given_stands() -> None:
    inputs = "{ days: 1, quiet: false }"
    expect = "measured: { days: null, calls: 12 }, signals: [], triggers: []"
    assert told(CALL, expect=expect, inputs=inputs) == ""


def test_what_follows_from_a_signal_is_measured_as_well() -> None:
    ping = "{ fact: ping, at: 2026-01-31T09:00:00Z }"
    expect = "signals: [quiet, alive], measured: { worst: low, names: [seen] }"
    assert told(ping, expect=expect, as_of="2026-01-31T10:00:00Z") == ""


DEALS = (
    "{ fact: deal, at: 2026-01-02, deal: b, won: true, on: 2026-01-01 }",
    "{ fact: deal, at: 2026-01-03, deal: a, won: false, on: 2026-01-02, id: later }",
    "{ fact: ticket, at: 2026-01-03, name: t, severity: high }",
)


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("deals: [{ on: 2026-01-02, won: false }, { won: true, on: 2026-01-01 }]", ""),
        ("deals: [{ won: true, on: 2026-01-02 }]",
         "expected measured.deals [{ on: 2026-01-02, won: true }], "
         "got [{ on: 2026-01-02, won: false }, { on: 2026-01-01, won: true }]"),
        ("names: [t], worst: high, calls: 0", ""),
        ("names: [u]", "expected measured.names [u], got [t]"),
        ("worst: low, calls: 1", "expected measured.worst low, got high; expected measured.calls 1, got 0"),
        ("days: 3", "expected measured.days 3, got none"),
    ],
)  # fmt: skip
def test_measures_are_expected_as_a_suite_writes_them(expect: str, said: str) -> None:
    assert told(*DEALS, expect=f"measured: {{ {expect} }}") == said


def test_signals_that_are_not_as_expected_are_told() -> None:
    assert told(CALL, expect="signals: [alive]") == "expected signals [alive], got [quiet]"


def test_what_a_fact_may_not_hold_is_expected_as_invalid() -> None:
    facts = (
        "{ fact: call, at: 2026-01-24, n: 101 }",
        "{ fact: ticket, at: 2026-01-24, name: null, severity: worst }",
    )
    expect = ('invalid: { "facts[0].n": out_of_range, "facts[1].name": required, "facts[1].severity": '
              'unknown_choice, plan: unknown_choice }')  # fmt: skip
    assert told(*facts, expect=expect, inputs="{ plan: gold }") == ""
    assert told(*facts[:1], expect="signals: []") == (
        "expected signals [], got invalid; expected invalid.facts[0].n none, got out_of_range"
    )


def test_what_is_measured_may_not_fit_its_input() -> None:
    facts = ["{ fact: call, at: 2026-01-24, n: 60 }"] * 2
    assert told(*facts, expect="invalid: { calls: out_of_range }") == ""


def rows(*facts: str, columns: str, rows: str) -> str:
    shared = f"as_of: 2026-01-31, facts: [{', '.join(facts)}]"
    return f"tables:\n  - {{ name: t, {shared}, columns: [{columns}], rows: [{rows}] }}\n"


def test_the_rows_of_a_table_share_its_facts() -> None:
    text = rows(
        CALL,
        columns="days, signals, measured.days, measured.calls, triggers",
        rows="[null, [quiet], 7, 12, [silent, late]], [2, [quiet], null, 12, [silent]]",
    )
    assert [result.mismatches for result in results(text, ABOUT)] == [(), ()]


def test_a_column_may_expect_every_shape_of_measure() -> None:
    text = rows(
        *DEALS,
        columns="measured.deals, measured.names, measured.worst",
        rows="[[{ won: false, on: 2026-01-02 }, { won: true, on: 2026-01-01 }], [t], high], [[], [], low]",
    )
    assert [result.passed for result in results(text, ABOUT)] == [True, False]


@pytest.mark.parametrize("engine", RUNNABLE)
def test_every_engine_answers_tests_with_facts_alike(engine: str) -> None:
    tests, wrong = flat(
        case(CALL, *DEALS, expect="signals: [quiet], score: 2, measured: { calls: 12 }"), ABOUT
    )
    assert not wrong
    assert all(result.passed for result in run(tests, Scorer(ABOUT, engine)))


MISTAKES = (
    case("{ fact: cal, at: 2026-01-24, n: 1 }"),
    case("{ fact: call, at: 2026-01-24, m: 1 }"),
    case("{ fact: ping, at: 2026-01-24, n: 1 }"),
    case("{ fact: call, n: 1 }", "{ at: 2026-01-24 }", "{ n: 1 }"),
    case("{ fact: call, at: 24.1.2026, n: 1 }", "{ fact: call, at: 2026-01-24T10:00:00, n: 1 }"),
    case("{ fact: call, at: 2026-01-24, n: 1, id: 7 }"),
    case(CALL, as_of=""),
    case(CALL, as_of="2026-02-30"),
    case(CALL, as_of="2026-01-31T25:00:00Z"),
    case(CALL, expect="signals: [quite]"),
    case(CALL, expect="measured: { plan: pro, dais: 1 }"),
    case(CALL, expect='invalid: { "fact[0].n": required }'),
    "tables:\n  - { name: t, as_of: 2026-01-31, facts: [{ fact: cal, at: 2026-01-24 }], "
    "columns: [signals, measured.dais, signal], rows: [[quiet, 1, 2]] }\n",
)


def test_a_mistake_in_facts_is_named_with_its_place(golden: Callable[[str, str], None]) -> None:
    lines = []
    for text in MISTAKES:
        lines.append(text)
        found = flat(text, ABOUT)[1]
        assert found
        for wrong in found:
            place = ".".join(map(str, wrong.path))
            lines.append(
                f"{place}: {wrong.code}: {wrong.message}\n    {said(wrong.help, Budget()) or 'no help'}\n"
            )
        lines.append("\n")
    golden("suites/facts.txt", "".join(lines))


def test_a_rulebook_without_facts_takes_none() -> None:
    _, found = flat(case("{ fact: call, at: 2026-01-24 }"))
    assert [(wrong.code, wrong.path, wrong.message) for wrong in found] == [
        ("key-not-here", ("cases", 0, "facts"), "`small` declares no facts")
    ]


def lacking(text: str) -> list[str]:
    signals = cover(ABOUT, results(text, ABOUT)).families()["signal-without-test"]
    return [str(part.lack) for part in signals if part.lack]


def test_a_signal_is_to_be_true_in_one_test_and_false_in_another() -> None:
    said = "no test with facts makes signal"
    assert lacking(case(CALL)) == [f"{said} `quiet` false", f"{said} `alive` true"]
    by_hand = "cases:\n  - { name: a, inputs: { quiet: true }, expect: { score: 1 } }\n"
    assert lacking(by_hand) == [f"{said} `quiet` true or false", f"{said} `alive` true or false"]
    assert lacking(case(CALL, inputs="{ quiet: false }")) == [
        f"{said} `quiet` true or false",
        f"{said} `alive` true",
    ]
