"""What lies in a folder of rulebooks and in the folders below it, within bounds.

Hidden files and folders are passed over, and so is `samples`, which holds subjects. A link to a folder is
followed where it stays below the folder that was named (so a volume of Kubernetes is read); each folder is
read once, so that links may lead in circles.
"""

import os
from pathlib import Path
from typing import Final

from scorewright.diagnostics import Diagnostic, Span, finding

MAX_DEPTH: Final = 16
"""The most folders in one another that are entered."""

MAX_ENTRIES: Final = 20_000
"""The most files and folders that are looked at."""

SAMPLES: Final = "samples"
"""A folder of this name holds subjects, and no rulebooks."""

_Known = set[tuple[int, int]]


def files_in(folder: Path) -> tuple[list[Path], list[Diagnostic]]:
    """List the files in a folder and below it, in order, and what of it could not be looked at."""
    walk = _Walk(folder)
    walk.enter(folder, 0)
    while walk.links:
        # After all else, so that what can be reached without a link has the path without one.
        walk.enter(*walk.links.pop(0))
    return sorted(walk.files), walk.wrong


class _Walk:
    def __init__(self, top: Path) -> None:
        self.files: list[Path] = []
        self.wrong: list[Diagnostic] = []
        self.links: list[tuple[Path, int]] = []
        self._top = top
        self._real = os.path.realpath(top)
        self._seen: _Known = set()
        self._left = MAX_ENTRIES

    def enter(self, folder: Path, depth: int) -> None:
        if depth > MAX_DEPTH:
            message = f"this folder lies more than {MAX_DEPTH} folders deep, and is not read"
            self.wrong.append(_unread(folder, message, "move it up, or name it as well"))
            return
        try:
            found = folder.stat()
            if (found.st_dev, found.st_ino) in self._seen:
                return
            self._seen.add((found.st_dev, found.st_ino))
            entries = self._entries(folder)
        except OSError as error:
            reason = (error.strerror or "unreadable").lower()
            self.wrong.append(_unread(folder, f"cannot read this folder: {reason}"))
            return
        for entry in entries:
            self._take(entry, folder / entry.name, depth)

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        if self._left < 0:
            return []
        taken: list[os.DirEntry[str]] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                self._left -= 1
                if self._left < 0:
                    message = f"it holds more than {MAX_ENTRIES:,} files and folders; the others are not read"
                    self.wrong.append(_unread(self._top, message, "name the folders of rulebooks in it"))
                    break
                taken.append(entry)
        return sorted(taken, key=lambda entry: entry.name)

    def _take(self, entry: os.DirEntry[str], path: Path, depth: int) -> None:
        if entry.name.startswith("."):
            return
        if not _is_folder(entry):
            self.files.append(path)
        elif entry.name == SAMPLES:
            return
        elif not entry.is_symlink():
            self.enter(path, depth + 1)
        elif self._leads_out(path):
            message = "this link leads out of the folder that was named, and is not followed"
            self.wrong.append(finding("file-not-read", _top(path), message, "name its target as well"))
        else:
            self.links.append((path, depth + 1))

    def _leads_out(self, link: Path) -> bool:
        target = os.path.realpath(link)
        return os.path.commonpath([target, self._real]) != self._real


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link in a circle: whoever opens it is told


def _unread(folder: Path, message: str, way_out: str | None = None) -> Diagnostic:
    return finding("file-unreadable", _top(folder), message, way_out)


def _top(path: Path) -> Span:
    return Span(str(path), 1, 1, 1, 1)
