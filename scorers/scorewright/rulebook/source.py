"""A text with the places of its lines: what every finding points into."""

import io
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from os import PathLike

from scorewright.diagnostics import Diagnostic, Report, Span, finding, one_line
from scorewright.rulebook.regular_files import open_file

MAX_BYTES = 512 * 1024
"""The largest file that is read."""

MAX_PLACES = 20
"""The most places that one kind of unwanted character is reported at."""

_BREAK = re.compile(r"\r\n|\r|\n")

# Not YAML's characters, line breaks of YAML 1.1 only, and marks that make a reviewer see another text.
UNWANTED = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
    "|[\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A named text whose lines and columns count from 1."""

    name: str
    text: str
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = (0, *(match.end() for match in _BREAK.finditer(self.text)))
        object.__setattr__(self, "line_starts", starts)

    @classmethod
    def read(cls, path: str | PathLike[str]) -> "tuple[Source | None, Report]":
        """Read a file as strict UTF-8; what is wrong with it comes as findings."""
        name = str(path)
        try:
            with io.BufferedReader(open_file(path)) as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad file name"
            message = f"cannot read this file: {reason.lower()}"
            return None, Report.of([finding("file-unreadable", _top(name), message)])
        return cls.decode(name, data)

    @classmethod
    def decode(cls, name: str, data: bytes) -> "tuple[Source | None, Report]":
        """Decode bytes as strict UTF-8 (a byte order mark is allowed); what is wrong comes as findings.

        Which characters a text may hold is looked at when it is read, where the source can be shown.
        """
        if len(data) > MAX_BYTES:
            return None, Report.of([_too_large(name)])
        try:
            source = cls(name, data.decode("utf-8").removeprefix("\ufeff"))
        except UnicodeDecodeError as error:
            return None, Report.of([_not_utf8(name, data, error.start)])
        return source, Report(sources={name: source})

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a character."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the index in the text of a line and column, kept within the text."""
        if line > len(self.line_starts):
            return len(self.text)
        return min(self.line_starts[max(line, 1) - 1] + max(column, 1) - 1, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Return the place of the characters from `start` up to `end`."""
        return Span(self.name, *self.position(start), *self.position(max(start, end)))

    def excerpt(self, line: int) -> str:
        """Return the text of a line without its line break; a line that does not exist is empty."""
        if not 1 <= line <= len(self.line_starts):
            return ""
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return self.text[self.line_starts[line - 1] : end].rstrip("\r\n")


def check_text(source: Source) -> Report:
    """Find what no text may hold, whatever its format: too much, and characters that cannot be seen."""
    if len(source.text) > MAX_BYTES:
        return Report.of([_too_large(source.name)])
    found = []
    for match in UNWANTED.finditer(source.text):
        found.append(_unwanted(source, match.start()))
        if len(found) == MAX_PLACES:
            break
    return Report.of(found)


def _unwanted(source: Source, offset: int) -> Diagnostic:
    code = ord(source.text[offset])
    what = "control character" if code < 0xA0 else "invisible character"
    return finding(
        "control-character",
        source.span(offset, offset + 1),
        f"{what} U+{code:04X} is not allowed",
        "delete it",
    )


def _top(name: str) -> Span:
    return Span(name, 1, 1, 1, 1)


def _too_large(name: str) -> Diagnostic:
    return finding("file-too-large", _top(name), f"larger than {MAX_BYTES // 1024} KiB")


def _not_utf8(name: str, data: bytes, start: int) -> Diagnostic:
    source = Source(name, data[:start].decode("utf-8").removeprefix("\ufeff"))
    line, column = source.position(len(source.text))
    message = (
        f"this is not UTF-8 text: byte 0x{data[start]:02X} after `{one_line(source.excerpt(line)[-20:])}`"
    )
    return finding(
        "not-utf8",
        Span(name, line, column, line, column),
        message if column > 1 else f"this is not UTF-8 text: byte 0x{data[start]:02X}",
        "save the file with the encoding UTF-8",
    )
