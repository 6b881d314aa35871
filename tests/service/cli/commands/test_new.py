"""`new`: a rulebook and its tests that are green from the first moment."""

from pathlib import Path

import pytest

from tests.service.cli.calling import RULES, call
from tests.service.worked_cases import SCORECARDS


@pytest.mark.parametrize("template", SCORECARDS)
def test_every_shipped_scorecard_is_a_template(template: str, rules: Path) -> None:
    called = call("new", "mine", "--from", RULES / f"{template}.yaml")
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith("wrote rules/mine.yaml and rules/mine.tests.yaml\nnext: ")
    for command in ("check", "test"):
        assert call(command, "rules/mine.yaml", "--strict").code == 0
    assert call("fmt", "--check", "rules/mine.yaml", "rules/mine.tests.yaml").code == 0
    text = (rules / "mine.yaml").read_text()
    assert "  id: mine\n  name: Mine\n  version: 1.0.0\n" in text
    comments = [line for line in (RULES / f"{template}.yaml").read_text().splitlines() if "#" in line]
    assert [line for line in text.splitlines() if "#" in line] == comments


def test_a_template_may_be_named_by_its_id(rules: Path) -> None:
    assert call("new", "second_deal", "--from", "bant_20").code == 0
    assert "name: Second deal\n" in (rules / "second_deal.yaml").read_text()
    assert (rules / "second_deal.tests.yaml").read_text().splitlines()[1] == "tests_for: second_deal"


def test_a_template_without_tests_gives_the_start_of_some(rules: Path) -> None:
    (rules / "bant_20.tests.yaml").unlink()
    assert call("new", "mine", "--from", "bant_20").code == 0
    assert (rules / "mine.tests.yaml").read_text() == "tests_for: mine\n\ncases: []\n"
    assert call("check", "rules/mine.yaml").code == 0


@pytest.mark.parametrize("file", ["mine.yaml", "mine.tests.yaml"])
def test_nothing_is_ever_written_over(file: str, rules: Path) -> None:
    (rules / file).write_text("mine\n")
    called = call("new", "mine", "--from", "bant_20")
    assert (called.code, called.err) == (
        2,
        f"error: rules/{file} is there already\nhelp: choose another id, or delete the file\n",
    )
    assert (rules / file).read_text() == "mine\n"


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("id", ["Mine", "1st", "my-leads", "", "a" * 65, "../evil", "a/b", "ä"])
def test_an_id_that_cannot_be_is_wrong_usage(id: str) -> None:
    called = call("new", id, "--from", "bant_20")
    assert called.code == 2
    assert "is not an id" in called.err


@pytest.mark.usefixtures("rules")
def test_an_unknown_template_is_told_with_the_nearest() -> None:
    called = call("new", "mine", "--from", "bant20")
    assert (called.code, called.err) == (
        2,
        "error: no rulebook is called `bant20` in rules\nhelp: did you mean `bant_20`?\n",
    )


@pytest.mark.usefixtures("rules")
def test_a_folder_that_is_not_there_is_told() -> None:
    called = call("new", "mine", "--from", RULES / "bant_20.yaml", "--rules", "no")
    assert called.code == 2
    assert called.err.startswith("error: cannot write no/mine.yaml: no such file or directory")
