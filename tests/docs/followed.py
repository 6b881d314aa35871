"""Pages that can be followed: their blocks write files, change them and run commands, one after the other.

```yaml FILE or ```csv FILE writes a file (`>> FILE` adds to it), ```diff FILE changes one, ```console runs
commands and shows what they print, ```sh starts the server for ```python, whose output stands in ```text.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from tests.docs.served import program, served

BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A block of a page: its kind, the file that it is about, and its text, from `start` to `end`."""

    kind: str
    file: str
    text: str
    start: int
    end: int


def steps(page: Path) -> Iterator[Step]:
    """Yield the blocks of a page."""
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        yield Step(found[1], found[2], found[3], found.start(3), found.end(3))


def follow(page: Path, folder: Path) -> Iterator[tuple[Step, str]]:
    """Do in a folder what a page says, block by block, and yield each that shows what was printed."""
    serving: list[str] = []
    printed = ""
    for step in steps(page):
        if step.kind == "console":
            commands = [line for line in step.text.splitlines() if line.startswith("$ ")]
            yield step, "".join(f"{command}\n{_run(command[2:], folder)}" for command in commands)
        elif step.kind == "sh":
            name, command, *serving = step.text.split()
            assert (name, command) == ("scorewright", "serve")
        elif step.kind == "python":
            with served(folder, *serving) as address, redirect_stdout(StringIO()) as out:
                exec(step.text.replace("127.0.0.1:50051", address), {})  # noqa: S102 -- what the page shows
            printed = out.getvalue()
        elif step.kind == "text":
            yield step, printed
        else:
            write(step, folder)


def write(step: Step, folder: Path) -> None:
    """Write or change the file of a block."""
    if step.kind == "diff":
        _change(step, folder / step.file)
        return
    assert step.kind in ("yaml", "csv")
    adds, _, name = step.file.rpartition(" ")
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    before = file.read_text(encoding="utf-8") if adds else ""
    file.write_text(before + step.text, encoding="utf-8")


def rewritten(page: Path, printed: list[tuple[Step, str]]) -> str:
    """Put what was printed into the blocks that show it."""
    text = page.read_text(encoding="utf-8")
    for step, output in reversed(printed):
        text = text[: step.start] + output + text[step.end :]
    return text


def _run(command: str, folder: Path) -> str:
    name, *arguments = command.split()
    assert name == "scorewright"
    done = subprocess.run(program(*arguments), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    output = f"{done.stdout.rstrip()}\n\n{done.stderr}".strip()
    return f"{output}\n" if output else ""


def _change(step: Step, file: Path) -> None:
    """Put the new lines of a block in the place of the old ones."""
    old, new = (
        "".join(f"{line[1:]}\n" for line in step.text.splitlines() if line[0] == sign) for sign in "-+"
    )
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
