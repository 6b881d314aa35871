"""The lines of a file, one at a time and none too long for memory."""

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

MAX_LINE = 4 * 1024 * 1024
"""The most characters (bytes, of JSON) of a line that is read."""

CUT = "\x00 too long \x00"
"""Stands for a line that was too long; holds what no readable line does."""


def text_lines(file: BinaryIO) -> Iterator[str]:
    r"""Yield the lines of a UTF-8 file with their ends (`\n`, `\r\n` or `\r`), without a byte order mark.

    Bytes that are not UTF-8 become lone surrogates, so that only the row that holds them is refused.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        while line := text.readline(MAX_LINE):
            if len(line) == MAX_LINE and line[-1] not in "\r\n":
                _skip_text(text)
                line = f"{CUT}\n"
            yield line
    finally:
        # The file may be closed before the last line was asked for.
        with suppress(ValueError):
            text.detach()


def _skip_text(text: io.TextIOWrapper) -> None:
    while (piece := text.readline(MAX_LINE)) and piece[-1] not in "\r\n":
        pass


def byte_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file without a byte order mark; of a line that is too long, one byte too many."""
    line = file.readline(MAX_LINE + 1).removeprefix(codecs.BOM_UTF8)
    while line:
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            _skip_bytes(file)
        yield line
        line = file.readline(MAX_LINE + 1)


def _skip_bytes(file: BinaryIO) -> None:
    while (piece := file.readline(MAX_LINE)) and not piece.endswith(b"\n"):
        pass
