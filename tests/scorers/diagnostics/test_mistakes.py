"""One mistake each: it is told once, at its place, and what the help says to write mends it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from scorewright.diagnostics.diagnostic import Diagnostic, Report
from scorewright.results.outcome import Invalid
from scorewright.rulebook.read_files import find_rulebooks, suite_path
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_paths, load_source
from scorewright.suites.suite_run import check_suite
from scorewright.validation.inputs import validate
from tests.architecture.source import ROOT

DATA = ROOT / "tests" / "data" / "mistakes"
CASES = yaml.safe_load((DATA / "index.yaml").read_text(encoding="utf-8"))["cases"]
LEAD = (ROOT / "rules" / "lead_points_100.yaml").read_text(encoding="utf-8")


def checked(folder: Path) -> tuple[Diagnostic, ...]:
    paths, report = find_rulebooks([folder])
    loaded, loading = load_paths(paths)
    report += loading
    programs = {item.source.name: item.program for item in loaded}
    for path in paths:
        if suite_path(path).exists():
            report += check_suite(suite_path(path), programs.get(str(path))).report
    return report.diagnostics


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_mistake_is_told_once_at_its_place_with_a_mend(case: dict[str, Any]) -> None:
    found = checked(DATA / "cases" / case["id"])
    said = "\n".join(" ".join([d.message, d.help or "", *d.notes]) for d in found)
    assert len(found) == case["findings"], said
    if "first_at" in case:
        assert (
            f"{Path(found[0].span.file).name}:{found[0].span.line}:{found[0].span.column}" == case["first_at"]
        )
    assert [pattern for pattern in case.get("says", ()) if not re.search(pattern, said)] == []
    assert [pattern for pattern in case.get("never_says", ()) if re.search(pattern, said)] == []


def only(text: str) -> Diagnostic:
    _, report = load_source(Source("lead_points_100.yaml", text))
    assert len(report.diagnostics) == 1, report.diagnostics
    return report.diagnostics[0]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("  - { id: decision_maker,", "  { id: decision_maker,", "a `- ` is missing before"),
        ("  - { id: decision_maker,", "  \u2022 { id: decision_maker,", "begins no item"),
        ("  - { id: decision_maker,", "  \u2014 { id: decision_maker,", r"U\+2014"),
        ("method: sum", "method: sum\u00a0", r"U\+00A0"),
        ("method: sum", "method: su\u200bm", r"U\+200B"),
        ("method: sum", "method:\u3000sum", r"U\+3000"),
        ("input: team_size, at", "input: te\u0430m_size, at", r"U\+0430.*looks like `a`"),
        ("  team_size: {", "  te\u0430m_size: {", r"U\+0430"),
        ("out_of: 100", "out_of: \uff11\uff10\uff10", "100"),
        ("is: referral }", "is: \u201creferral\u201d }", r"U\+201C"),
        ("at_least: 5 }", ">= 5 }", "at_least: 5"),
        ("at_least: 5 }", ">: 5 }", "more_than: 5"),
        ("less_than: 30 }", "< 30 }", "less_than: 30"),
        ("is: referral }", "==: referral }", "is: referral"),
        ("is: referral }", "!= referral }", r"not_one_of: \[referral\]"),
        (
            "[inbound, outbound, referral]",
            "(inbound, outbound, referral)",
            r"\[inbound, outbound, referral\]",
        ),
        ("  if_missing: no_points\n", "if_missing: no_points\n", "start it in column 3"),
        ("  if_missing: no_points\n", "    if_missing: no_points\n", "column 3"),
        ("\nbands:\n", "\n  bands:\n", "column 1"),
        ("\nrulebook:\n", "\n rulebook:\n", "column 1"),
        ("\nrulebook:\n", "\n  rulebook:\n", "column 1"),
        ("  - { id: qualified,", "   - { id: qualified,", "column 3"),
        ("    Ours, not", "Ours, not", "column 5"),
    ],
)
def test_a_slip_of_layout_is_named_in_its_line(right: str, wrong: str, says: str) -> None:
    assert right in LEAD
    text = LEAD.replace(right, wrong, 1)
    found = only(text)
    assert found.span.line == line_of(text, wrong.lstrip("\n"))
    assert re.search(says, f"{found.message} {found.help}")


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("is: true }, points: 20", 'is: "true" }, points: 20', "write `true` without quotes"),
        ("is: referral }", "equals: referral }", "write `is: referral`"),
        ("{top_reasons}", "{ top_reasons }", "write `{top_reasons}`"),
        ("{out_of}", "{out_of }", "write `{out_of}`"),
    ],
)
def test_a_word_in_the_wrong_form_is_given_in_the_right_one(right: str, wrong: str, says: str) -> None:
    found = only(LEAD.replace(right, wrong, 1))
    assert says in (found.help or "")
    written = re.search("write `(.*?)`", found.help or "")
    assert written is not None
    assert written.group(1) in LEAD


@pytest.mark.parametrize(
    "text",
    [
        "\u201cGold\u201d and \u201cSilver\u201d",
        "The \u201cGold\u201d plan",
        "\u201cGold\u201d first",
        "\u201990s shops",
        "shops of the \u201890s",
        "customers\u2019",
        "5\u2032 by 6\u2033",
        '"\u201cGold\u201d"',
        ">-\n      \u201cGold\u201d",
    ],
)
def test_quotes_that_are_meant_are_left_alone(text: str) -> None:
    _, report = load_source(
        Source("lead_points_100.yaml", LEAD.replace("Schedule a discovery call", text, 1))
    )
    assert report.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("\u201cGold\u201d", '"Gold"'),
        ("\u2018Don\u2019t call\u2019", "'Don\u2019t call'"),
        ("\u2018Don't call\u2019", '"Don\'t call"'),
        ("\u201eGold\u201c", '"Gold"'),
        ("\u00abGold\u00bb", '"Gold"'),
        ('\u201cGold"', '"Gold"'),
        ("\u201cGold", '"\u201cGold"'),
        ("Gold\u201d", '"Gold\u201d"'),
    ],
)
def test_quotes_around_a_whole_text_are_told_and_the_mend_mends(text: str, mended: str) -> None:
    found = only(LEAD.replace("Schedule a discovery call", text, 1))
    assert found.code == "typographic-quotes"
    quote = re.match("write `(.)` instead of both", found.help or "")
    assert mended == (f"{quote[1]}{text[1:-1]}{quote[1]}" if quote else f'"{text}"')
    _, report = load_source(
        Source("lead_points_100.yaml", LEAD.replace("Schedule a discovery call", mended, 1))
    )
    assert report.diagnostics == ()


def test_a_key_that_is_written_already_is_not_suggested() -> None:
    found = only(LEAD.replace("label: Decision maker,", "label: Decision maker, lable: Maker,", 1))
    assert (found.code, found.help) == ("unknown-key", "`label` is written already: keep one of them")


def test_a_wrong_placeholder_is_told_where_it_stands() -> None:
    text = LEAD.replace("{top_reasons}", "{top_reason}", 1)
    assert only(text).span.column == text.splitlines()[58].index("{top_reason}") + 1


def test_a_case_without_its_dash_keeps_both_cases(tmp_path: Path) -> None:
    suite = (ROOT / "rules" / "lead_points_100.tests.yaml").read_text(encoding="utf-8")
    second = suite.index("  - name:", suite.index("  - name:") + 1)
    broken = f"{suite[:second]}    name:{suite[second + len('  - name:') :]}"
    path = tmp_path / "lead_points_100.tests.yaml"
    path.write_text(broken, encoding="utf-8")
    report: Report = check_suite(path, None).report
    assert [(d.code, d.span.line) for d in report.diagnostics] == [
        ("not-yaml", suite[:second].count("\n") + 1)
    ]
    assert "a `- ` is missing" in report.diagnostics[0].message
    assert "delete" not in (report.diagnostics[0].help or "")


def test_a_text_that_says_true_is_told_to_lose_its_quotes() -> None:
    loaded, _ = load_source(Source("lead_points_100.yaml", LEAD))
    assert loaded is not None
    found = validate(loaded.program, {"budget_confirmed": "true", "decision_maker": "no"}, date(2026, 1, 1))
    assert isinstance(found, Invalid)
    assert [error.message for error in found.errors] == [
        "`true` is a text, not true or false; write true without quotes",
        "`no` is not true or false",
    ]
