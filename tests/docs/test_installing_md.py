"""`docs/installing.md` is true: its extras are those of the project, its commands run in an empty folder."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from scorewright.cli.main import COMMANDS
from tests.architecture.source import ROOT
from tests.service.cli.calling import call

PAGE = (ROOT / "docs" / "installing.md").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_table_has_each_extra_of_the_project() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(PROJECT["optional-dependencies"])


def test_the_plain_package_is_said_to_have_every_command_but_serve() -> None:
    said = PAGE.partition("command line: ")[2].partition(".")[0]
    assert set(re.findall(r"`(\w+)`", said)) == {command.name for command in COMMANDS} - {"serve"}


def test_the_wheel_is_named_as_it_is_built() -> None:
    names = set(re.findall(r"scorewright-\S+?\.whl", PAGE))
    assert names == {f"scorewright-{PROJECT['version']}-py3-none-any.whl"}


def test_the_commands_run_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    [block] = [
        block for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) if "scorewright init" in block
    ]
    commands = [shlex.split(part, comments=True) for line in block.splitlines() for part in line.split("&&")]
    assert commands.pop() == ["scorewright", "serve", "--demo"]
    for program, *arguments in commands:
        called = call(*arguments)
        assert (program, called.code) == ("scorewright", 0), called


def test_the_python_block_prints_a_file_that_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})  # noqa: S102  # the page's own block is what is tested
    assert Path(capsys.readouterr().out.strip()).is_file()


def test_no_page_presumes_that_an_index_has_us() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("docs/clients/*.md")]
    named = [
        f"{page.name}: {line}"
        for page in pages
        for line in page.read_text().splitlines()
        if re.search(r"pip install '?scorewright(?!-[\d.]+-py3)", line)
    ]
    [line] = named  # after the wheel is installed, the extras of it
    assert line.startswith("installing.md: What wants an extra that is absent")
