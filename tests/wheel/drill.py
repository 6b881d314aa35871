"""What can be done with an installed wheel in an empty folder."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CLIENT = """\
import service, scorers
from scorewright.client import Client
with Client({address!r}) as client:
    ratings = {{"budget": 5, "authority": 3.5, "need": 4, "timeline": 2}}
    [answer] = client.score("bant_20", ratings, subject="deal-7")
    print(answer.total, service.OURS, scorers.OURS)
"""

COMMANDS = (
    ("--version",),
    ("init",),
    ("new", "my_deals", "--from", "bant_20"),
    ("new", "my_leads", "--blank"),
    ("check", "--strict"),
    ("test", "--strict"),
    ("fmt", "--check"),
    ("schema", "--for", "rules/my_deals.yaml"),
    ("explain", "my_leads", "--input", "fits=true"),
    ("explain", "--demo", "account_watch"),
    ("score", "--demo", "bant_20"),
    ("score", "--demo", "pipeline_coverage", "--format", "jsonl"),
)
"""What works without any extra, in an order in which each finds what it takes."""


@dataclass(frozen=True)
class Install:
    """A wheel that is installed, and an application's folder that is not its own."""

    bin: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a program of the environment in the folder, without what this process has of Python."""
        command = [str(self.bin / program), *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=environment(), capture_output=True, text=True, check=False
        )

    def python(self, code: str) -> "subprocess.CompletedProcess[str]":
        """Run code as the application's, which lies in the folder."""
        (self.folder / "app.py").write_text(code)
        return self.run("python", "app.py")

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve the rulebooks that ship; yield the address."""
        command = [str(self.bin / "scorewright"), "serve", "--demo", "--port", "0"]
        with subprocess.Popen(
            command, cwd=self.folder, env=environment(), stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            found = re.search(r"127\.0\.0\.1:\d+", process.stdout.readline())
            try:
                assert found, "the server did not start"
                yield found[0]
            finally:
                process.terminate()


def environment() -> dict[str, str]:
    """Return the variables of a stranger: none of Python's, none of ours."""
    quick = {"SCOREWRIGHT_DRAIN_WAIT_SECONDS": "0"}
    ours = ("PYTHON", "SCOREWRIGHT_", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | quick


def application(folder: Path) -> Path:
    """Make an application with packages that bear the names of our folders."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("service", "scorers"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text("OURS = 'own'\n")
    return folder


def all_commands(install: Install) -> None:
    """Run everything that needs no extra."""
    for command in COMMANDS:
        done = install.run("scorewright", *command)
        assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"


def calls(install: Install) -> None:
    """Serve what ships, and ask it by the client."""
    with install.serving() as address:
        done = install.python(CLIENT.format(address=address))
    assert done.stdout == "14.5 own own\n", done.stdout + done.stderr
