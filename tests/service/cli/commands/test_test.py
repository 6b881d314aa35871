"""`test`: a readable diff for each failure, what no test touches, and JUnit XML."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scorewright.cli.reporters import REPORTERS
from tests.service.cli.calling import call
from tests.service.cli.commands.test_check import spoil


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("engine", ["compiled", "reference"])
def test_the_shipped_suites_pass_and_leave_nothing_untouched(engine: str) -> None:
    called = call("test", "--strict", "--engine", engine)
    assert called.code == 0, called.out


@pytest.fixture
def failing(rules: Path) -> Path:
    """Break expectations of cases and rows, names in a table, and take a suite away."""
    tests = rules / "lead_points_100.tests.yaml"
    spoil(tests, "score: 100, percent: 100, band: qualified", "score: 95, percent: 100, band: not_qualified")
    spoil(
        tests,
        "[true, true, 29, inbound, true, 4, false, 60,",
        "[true, true, 30, inbound, true, 4, false, 60,",
    )
    spoil(tests, "score: 50\n", "points: { budget_confirmed: 20 }\n")
    spoil(tests, "{ timeline_days: -3 }", "{ timeline_days: 3 }")
    spoil(
        rules / "bant_20.tests.yaml",
        "need, timeline, score, band, actions]",
        "ned, timeline, scor, band, actions]",
    )
    return rules


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize("form", REPORTERS)
def test_the_golden_of_failures(form: str, golden: Callable[[str, str], None]) -> None:
    called = call("test", "--format", form)
    assert called.code == 1
    golden(f"cli/test_{form}.txt", str(called))


@pytest.mark.usefixtures("failing")
def test_the_golden_in_colour(golden: Callable[[str, str], None]) -> None:
    golden("cli/test_color.txt", str(call("test", color=True)).replace("\x1b", "␛"))


@pytest.mark.usefixtures("failing")
def test_the_golden_of_junit(golden: Callable[[str, str], None]) -> None:
    assert call("test", "--junit", "report.xml").code == 1
    text = Path("report.xml").read_text()
    golden("cli/junit.xml", text)
    root = ElementTree.fromstring(text)  # noqa: S314 -- our own
    cases = root.findall("testsuite/testcase")
    assert root.get("tests") == str(len(cases))
    assert root.get("failures") == str(len(root.findall("testsuite/testcase/failure")))
    assert root.get("errors") == str(len(root.findall("testsuite/testcase/error")))
    assert all(case.get("file") and case.get("line") for case in cases)


def test_a_broken_rulebook_is_an_error_of_its_own_in_junit(rules: Path) -> None:
    spoil(rules / "bant_20.yaml", "input: need,", "input: ned,")
    called = call("test", "--junit", "report.xml", "--format", "concise")
    assert called.code == 1
    assert (
        "bant_20.yaml:50:29: error[undeclared-input]" in called.out or "error[undeclared-input]" in called.out
    )
    root = ElementTree.fromstring(Path("report.xml").read_text())  # noqa: S314 -- our own
    assert root.get("errors") == "1"


def test_the_golden_of_what_no_test_touches(rules: Path, golden: Callable[[str, str], None]) -> None:
    (rules / "bant_20.tests.yaml").write_text(
        "tests_for: bant_20\n\ncases:\n"
        "  - name: The best\n    inputs: { budget: 5, authority: 5, need: 5, timeline: 5 }\n"
        "    expect: { score: 20 }\n"
    )
    called = call("test", "rules/bant_20.yaml")
    assert called.code == 0
    golden("cli/test_untouched.txt", str(called))
    assert call("test", "rules/bant_20.yaml", "--strict").code == 1


def test_a_rulebook_without_tests_is_told(rules: Path) -> None:
    (rules / "bant_20.tests.yaml").unlink()
    called = call("test", "rules/bant_20.yaml")
    assert called.code == 0
    assert "warning[no-tests]: no tests beside this rulebook" in called.out
    assert "help: add bant_20.tests.yaml" in called.out
    assert called.out.endswith("bant_20  no tests\n0 suites: 0 passed, 1 warning\n")


def test_a_suite_that_cannot_be_read_is_told(rules: Path) -> None:
    (rules / "bant_20.tests.yaml").write_text("tests_for: bant_20\ncases:\n  - {\n")
    called = call("test", "rules/bant_20.yaml")
    assert called.code == 1
    assert "bant_20  cannot be read\n" in called.out


def test_findings_of_check_that_are_no_errors_are_left_to_check(rules: Path) -> None:
    spoil(rules / "bant_20.yaml", "\nactions:\n", "\nactions:\n  spare: { do: x, owner: y, due: 1 day }\n")
    called = call("test", "rules/bant_20.yaml", "--format", "json")
    assert (called.code, json.loads(called.out)) == (0, [])


@pytest.mark.usefixtures("rules")
def test_a_path_that_cannot_be_read_is_wrong_usage() -> None:
    assert call("test", "nope.yaml").code == 2


@pytest.mark.usefixtures("rules")
def test_a_report_that_cannot_be_written_is_told() -> None:
    called = call("test", "rules/bant_20.yaml", "--junit", "no/report.xml")
    assert called.code == 2
    assert "error: cannot write no/report.xml: no such file or directory" in called.err
