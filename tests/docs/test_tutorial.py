"""docs/tutorial.md can be followed: in an empty folder its files, changes and commands give what it shows."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.docs.served import program, served

PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A block of the page: its kind, the file that it is about, and its text, from `start` to `end`."""

    kind: str
    file: str
    text: str
    start: int
    end: int


def steps() -> Iterator[Step]:
    for found in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        yield Step(found[1], found[2], found[3], found.start(3), found.end(3))


def run(command: str, folder: Path) -> str:
    name, *arguments = command.split()
    assert name == "scorewright"
    done = subprocess.run(program(*arguments), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return f"{done.stdout.rstrip()}\n\n{done.stderr}".rstrip() + "\n"


def write(step: Step, folder: Path) -> None:
    """Write the file of a block, or what it adds to one."""
    adds, _, name = step.file.rpartition(" ")
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    before = file.read_text(encoding="utf-8") if adds else ""
    file.write_text(before + step.text, encoding="utf-8")


def change(step: Step, folder: Path) -> None:
    """Put the new lines of a block in the place of the old ones."""
    file = folder / step.file
    old, new = (
        "".join(f"{line[1:]}\n" for line in step.text.splitlines() if line[0] == sign) for sign in "-+"
    )
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def follow(folder: Path) -> Iterator[tuple[Step, str]]:
    """Do what the page says, block by block, and give what each of them prints."""
    serving: list[str] = []
    printed = ""
    for step in steps():
        if step.kind in ("yaml", "csv"):
            write(step, folder)
        elif step.kind == "diff":
            change(step, folder)
        elif step.kind == "console":
            command = step.text.partition("\n")[0].removeprefix("$ ")
            yield step, f"$ {command}\n{run(command, folder)}"
        elif step.kind == "sh":
            name, command, *serving = step.text.split()
            assert (name, command) == ("scorewright", "serve")
        elif step.kind == "python":
            with served(folder, *serving) as address, redirect_stdout(StringIO()) as out:
                exec(step.text.replace("127.0.0.1:50051", address), {})  # noqa: S102 -- what the page shows
            printed = out.getvalue()
        else:
            assert step.kind == "text"
            yield step, printed


def test_every_step_prints_what_is_shown(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    printed = list(follow(tmp_path))
    if request.config.getoption("--update-golden"):
        page = PAGE.read_text(encoding="utf-8")
        for step, text in reversed(printed):
            page = page[: step.start] + text + page[step.end :]
        PAGE.write_text(page, encoding="utf-8")
        return
    assert [step.text for step, _ in printed] == [text for _, text in printed]
    assert len(printed) >= 8
