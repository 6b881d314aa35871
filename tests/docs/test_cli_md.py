"""`docs/cli.md` says what `--help` says, command by command."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorewright.cli.main import COMMANDS, top_parser
from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "cli.md"

HEAD = """\
# The command line

`scorewright` is for analysts and for CI; it runs the same compiler and engines as the server. This page is
what `--help` says, and a test keeps it so: `pytest tests/docs/test_cli_md.py --update-golden` writes it.

Findings and tables go to standard output; the summary of `score`, and of `check` and `test` in formats for
programs, goes to standard error. Nothing ends in a traceback: a bug is one line and exit code 2, and
SCOREWRIGHT_TRACEBACK=1 shows where it happened. Ctrl-C ends with 130, a closed pipe with 141.

What refuses a row of `score`, beside the codes of single inputs: `not_json`, `ragged_row`, `bad_quotes`,
`too_long` (a line of more than 4 MiB), `too_many_inputs` (more than 1,000 in one JSON line) and
`too_many_facts` (more than 100,000). An invalid fact is named by its place: `facts[3].calls`.
"""


def page() -> str:
    return "\n".join([HEAD, *_sections()])


def _sections() -> Iterator[str]:
    yield _section("scorewright", top_parser().format_help())
    for command in COMMANDS:
        yield _section(f"scorewright {command.name}", command.parser().format_help())


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text.rstrip()}\n```\n"


def test_the_page_says_what_help_says(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")  # the width of a terminal must not matter
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page())
    written, said = PAGE.read_text(), page()
    if sys.version_info >= (3, 13):  # argparse breaks the lines of a usage elsewhere; the words are the same
        written, said = (" ".join(text.split()) for text in (written, said))
    assert written == said, "docs/cli.md is old; write it with --update-golden"


def test_every_command_has_its_module_and_its_test() -> None:
    for command in COMMANDS:
        assert Path(ROOT / "service" / "scorewright" / "cli" / "commands" / f"{command.name}.py").is_file()
        assert Path(ROOT / "tests" / "service" / "cli" / "commands" / f"test_{command.name}.py").is_file()
