"""A copy of the tree in which a recipe is carried out, and what CONTRIBUTING says of the recipe."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT

PARTS = (*PACKAGES, "tests", "docs", "rules", "templates", "proto")
FILES = ("Makefile", "pyproject.toml", "ARCHITECTURE.md", "CONTRIBUTING.md")
HEADING = re.compile(r"^### (.+): (\d+) files$", re.MULTILINE)
ITEM = re.compile(r"^- `([^`]+)`", re.MULTILINE)
WRITTEN = re.compile(r"^`([^`]+)` writes (.+)\.$", re.MULTILINE)
# Our modules come from the copy alone, wherever the tree under test is installed.
FROM_THE_COPY = f"""
import runpy, sys
ours = {[str(ROOT), *(str(ROOT / root) for root in PACKAGES)]!r}
sys.path[:] = {["", *PACKAGES]!r} + [place for place in sys.path if place not in ours]
"""

Edits = Mapping[str, Sequence[tuple[str, str]]]
"""By path: what is put before which words of it; before no words, the whole text of a new file."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a recipe says: how many files, which, and which files are written by a command."""

    count: int
    paths: tuple[str, ...]
    commands: Mapping[str, Sequence[str]]

    def lists(self, path: str) -> bool:
        """Tell whether a path is among those to edit; `<name>` stands for any name."""
        return any(fnmatchcase(path, re.sub("<[^>]+>", "*", listed)) for listed in self.paths)


def recipes() -> Mapping[str, Recipe]:
    """Read the counted recipes of CONTRIBUTING, by their titles."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = list(HEADING.finditer(text))
    ends = [*(each.start() for each in found[1:]), len(text)]
    return dict(_recipe(each, text[each.end() : end]) for each, end in zip(found, ends, strict=True))


def _recipe(heading: "re.Match[str]", body: str) -> tuple[str, Recipe]:
    body = re.split(r"^#", body, maxsplit=1, flags=re.MULTILINE)[0]
    commands = {command: re.findall("`([^`]+)`", files) for command, files in WRITTEN.findall(body)}
    return heading[1], Recipe(int(heading[2]), tuple(ITEM.findall(body)), commands)


@dataclass(frozen=True, slots=True)
class Tree:
    """A copy of what a recipe may touch."""

    folder: Path

    @classmethod
    def copied(cls, folder: Path) -> "Tree":
        """Copy the tree to a folder."""
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part)
        for file in FILES:
            shutil.copy(ROOT / file, folder)
        return cls(folder)

    def edit(self, edits: Edits) -> None:
        """Put each new text before the words that it belongs before, which stand there once."""
        for path, changes in edits.items():
            file = self.folder / path
            text = file.read_text(encoding="utf-8") if file.exists() else ""
            for before, added in changes:
                assert (text.count(before) == 1) if before else not text, f"{path}: {before}"
                text = text.replace(before, added + before) if before else added
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def run(self, code: str) -> str:
        """Run a script with the modules of the copy, and return what it prints."""
        command = [sys.executable, "-c", f"{FROM_THE_COPY}\n{code}"]
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        # Where protoc finds its plugins.
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def changed(self) -> set[str]:
        """List the files that are not as they stand in the tree."""
        return set(self._changed())

    def _changed(self) -> Iterator[str]:
        for part in (*PARTS, *FILES):
            place = self.folder / part
            for file in [place] if place.is_file() else place.rglob("*"):
                path = file.relative_to(self.folder)
                if file.is_dir() or "__pycache__" in path.parts:
                    continue
                if not (ROOT / path).exists() or (ROOT / path).read_bytes() != file.read_bytes():
                    yield path.as_posix()
