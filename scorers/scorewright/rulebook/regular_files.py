"""Open files that somebody names: what may never begin or never end is refused by name, and not read."""

import io
import os
import stat
from errno import EINVAL, EISDIR
from os import PathLike
from pathlib import Path
from typing import Final

_ODD: Final = (
    (stat.S_ISFIFO, "it is a pipe, not a file"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
    (stat.S_ISCHR, "it is a device, not a file"),
    (stat.S_ISBLK, "it is a device, not a file"),
)
_PLAINLY: Final = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0)


def open_file(path: str | PathLike[str], *, pipes: bool = False) -> io.FileIO:
    """Open a file to be read; OSError says why it cannot be.

    With `pipes`, a pipe will do: what a shell passes as a file. Whoever opens one waits for its writer.
    """
    mode = Path(path).stat().st_mode
    if pipes and stat.S_ISFIFO(mode):
        return io.FileIO(path)
    _demand_file(mode)
    # It may have become another thing meanwhile: a pipe that is opened at once has no writer to wait for.
    file = io.FileIO(os.open(path, _PLAINLY | _AT_ONCE))
    try:
        _demand_file(os.fstat(file.fileno()).st_mode)
    except OSError:
        file.close()
        raise
    return file


def _demand_file(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    for is_so, words in _ODD:
        if is_so(mode):
            raise OSError(EINVAL, words)
