"""`new`: a rulebook and its tests that are green from the first moment."""

from pathlib import Path

import pytest

from scorewright.cli.find_rulebook import rulebook_ids
from scorewright.rulebook.model.input import Kind
from tests.service.cli.calling import RULES, call


@pytest.mark.parametrize("template", rulebook_ids(RULES))
def test_every_rulebook_that_ships_is_a_template_by_its_id(template: str, rules: Path) -> None:
    called = call("new", "mine", "--from", template)
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith("wrote rules/mine.yaml and rules/mine.tests.yaml\nnext: ")
    is_green("rules/mine.yaml")
    assert call("fmt", "--check", "rules/mine.yaml", "rules/mine.tests.yaml").code == 0
    text = (rules / "mine.yaml").read_text()
    assert "  id: mine\n  name: Mine\n  version: 1.0.0\n" in text
    comments = [line for line in (RULES / f"{template}.yaml").read_text().splitlines() if "#" in line]
    assert [line for line in text.splitlines() if "#" in line] == comments


def is_green(path: str) -> None:
    for command in ("check", "test"):
        assert call(command, path, "--strict").code == 0


def test_the_blank_one_is_green_and_formatted(rules: Path) -> None:
    called = call("new", "mine", "--blank")
    assert (called.code, called.err) == (0, "")
    is_green("rules/mine.yaml")
    assert call("fmt", "--check", "rules/mine.yaml", "rules/mine.tests.yaml").code == 0
    assert "  id: mine\n  name: Mine\n  version: 1.0.0\n" in (rules / "mine.yaml").read_text()


def test_the_blank_one_names_every_type_of_input(rules: Path) -> None:
    call("new", "mine", "--blank")
    head = (rules / "mine.yaml").read_text().partition("inputs:")[0]
    assert [kind for kind in Kind if kind not in head.replace(",", " ").replace(".", " ").split()] == []


@pytest.mark.parametrize("how", [("--blank",), ("--from", "client_health_100")])
def test_where_there_is_no_folder_yet_it_is_made(
    how: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    called = call("new", "mine", *how)
    assert (called.code, called.err) == (0, "")
    assert called.out.endswith("`scorewright init rules` adds the schemas that editors complete them with\n")
    is_green("rules")


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("id", ["null", "true", "yes", "on", "nan", "e5", "n"])
def test_an_id_that_yaml_reads_as_something_else_is_quoted(id: str) -> None:
    assert call("new", id, "--blank").code == 0
    is_green(f"rules/{id}.yaml")
    assert call("new", f"{id}2", "--from", f"rules/{id}.yaml").code == 0
    is_green(f"rules/{id}2.yaml")


def test_an_own_rulebook_goes_before_one_that_ships(rules: Path) -> None:
    text = (rules / "bant_20.yaml").read_text().replace("owner: founders", "owner: us")
    (rules / "bant_20.yaml").write_text(text)
    call("new", "mine", "--from", "bant_20")
    assert "owner: us\n" in (rules / "mine.yaml").read_text()


def test_a_template_may_be_named_by_its_id(rules: Path) -> None:
    assert call("new", "second_deal", "--from", "bant_20").code == 0
    assert "name: Second deal\n" in (rules / "second_deal.yaml").read_text()
    assert (rules / "second_deal.tests.yaml").read_text().splitlines()[1] == "tests_for: second_deal"


def test_a_template_without_tests_gives_the_start_of_some(rules: Path) -> None:
    (rules / "bant_20.tests.yaml").unlink()
    assert call("new", "mine", "--from", "bant_20").code == 0
    assert (rules / "mine.tests.yaml").read_text() == (
        "# yaml-language-server: $schema=./tests.schema.json\ntests_for: mine\n\ncases: []\n"
    )
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
        "error: no rulebook is called `bant20` in rules or ships with scorewright\n"
        "help: did you mean `bant_20`?\n",
    )


def test_an_id_that_a_rulebook_in_a_folder_below_has_is_taken(rules: Path) -> None:
    (rules / "deep").mkdir()
    for ending in (".yaml", ".tests.yaml"):
        (rules / f"bant_20{ending}").rename(rules / "deep" / f"bant_20{ending}")
    called = call("new", "bant_20", "--blank")
    assert (called.code, called.err.partition("\n")[0]) == (
        2,
        "error: rules/deep/bant_20.yaml is there already",
    )


@pytest.mark.usefixtures("rules")
def test_a_template_is_named_or_blank_and_not_both() -> None:
    assert "one of the arguments --from --blank is required" in call("new", "mine").err
    assert "not allowed with argument" in call("new", "mine", "--from", "bant_20", "--blank").err


def test_a_folder_that_cannot_be_made_is_told(rules: Path) -> None:
    called = call("new", "mine", "--blank", "--rules", rules / "bant_20.yaml")
    assert called.code == 2
    assert called.err == f"error: cannot make {rules / 'bant_20.yaml'}: file exists\n"
