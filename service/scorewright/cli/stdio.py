"""What a command reads from and writes to, and with which colours."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, TextIO


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours for a terminal; where they are off, every text comes back as it is."""

    on: bool

    def __call__(self, text: str, style: str) -> str:
        """Return a text in a style of `STYLES`."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.on and text else text


PLAIN = Paint(False)

STYLES: Mapping[str, str] = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
    "good": "1;32",
    "bad": "1;31",
    "warn": "1;33",
    "note": "1;36",
}


@dataclass(frozen=True, slots=True)
class Streams:
    """The three streams of a process, and whether the two it writes to take colours."""

    stdin: BinaryIO
    out: TextIO
    err: TextIO
    paint: Paint = PLAIN
    paint_err: Paint = PLAIN


def takes_color(stream: TextIO, wish: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether to colour: `always`, `never`, or `auto` by the terminal, NO_COLOR and TERM."""
    if wish != "auto":
        return wish == "always"
    plain = environment.get("NO_COLOR") or environment.get("TERM") == "dumb"
    return not plain and stream.isatty()
