"""Where output goes: a stream that is there, or a file that appears whole or not at all."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from scorewright.cli.command import UsageError, reason
from scorewright.cli.reporters.shown import shown


@contextmanager
def open_output(path: Path | None, otherwise: TextIO, avoid: str = "") -> Iterator[TextIO]:
    """Open a file to write, under another name until all is written; `avoid` is a file that is being read."""
    if path is None:
        yield otherwise
        return
    if avoid and _same(path, Path(avoid)):
        raise UsageError(f"{shown(str(path))} is also the file that is read", "write to another file")
    special = path.exists() and not path.is_file()
    part = path if special else path.with_name(f"{path.name}.part")
    try:
        file = part.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    except OSError as error:
        raise UsageError(f"cannot write {shown(str(path))}: {reason(error)}") from None
    try:
        with file:
            yield file
        if not special:
            if path.exists():
                shutil.copymode(path, part)
            part.replace(path)
    except BaseException:
        if not special:
            with suppress(OSError):
                part.unlink()
        raise


def write_whole(path: Path, text: str) -> None:
    """Write a text to a file, whole or not at all; a file that is there keeps its rights."""
    try:
        with open_output(path.resolve() if path.is_symlink() else path, sys.stdout) as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {shown(str(path))}: {reason(error)}") from None


def make_folder(folder: Path) -> None:
    """Make a folder where there is none, and those that it lies in."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make {shown(str(folder))}: {reason(error)}") from None


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
