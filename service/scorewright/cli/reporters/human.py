"""Findings for people: the first line says it all, then the source, underlined, then notes and help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorewright.cli.reporters.concise import headline
from scorewright.cli.reporters.shown import shown, shown_char, width
from scorewright.diagnostics import Diagnostic, Severity, Span, Text

MAX_WIDTH = 100
"""The most columns of a source line that are shown; longer lines are cut around the place."""

BEFORE = 40
"""How many columns of a cut line are kept before the place."""

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_BLUE, _BOLD = "1;34", "1"


@dataclass(frozen=True, slots=True)
class _Mark:
    """One underline: where, with what, and a few words behind it."""

    span: Span
    sign: str
    text: str


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, Text], color: bool) -> str:
    """Write the findings with the lines they speak of; `sources` are by the file name of their spans."""
    return "\n".join(_Finding(diagnostic, sources, color).text() for diagnostic in diagnostics)


class _Finding:
    def __init__(self, diagnostic: Diagnostic, sources: Mapping[str, Text], color: bool) -> None:
        self._diagnostic = diagnostic
        self._sources = sources
        self._color = color
        self._marks = [_Mark(diagnostic.span, "^", "")]
        self._marks += [_Mark(label.span, "-", shown(label.text)) for label in diagnostic.labels]
        self._gutter = max(len(str(mark.span.line)) for mark in self._marks)

    def text(self) -> str:
        """Write the finding, each line ended."""
        lines = [self._headline(), *self._excerpts(), *self._remarks()]
        return "".join(f"{line}\n" for line in lines)

    def _headline(self) -> str:
        line = headline(self._diagnostic)
        if not self._color:
            return line
        place, severity, code = (
            shown(str(self._diagnostic.span)),
            self._diagnostic.severity,
            self._diagnostic.code,
        )
        word = f"{severity}[{code}]"
        rest = line[len(place) + len(": ") + len(word) :]
        return f"{place}: {self._paint(word, _COLORS[severity])}{self._paint(rest, _BOLD)}"

    def _excerpts(self) -> Iterator[str]:
        primary = self._diagnostic.span.file
        files = dict.fromkeys([primary, *(mark.span.file for mark in self._marks)])
        for file in files:
            source = self._sources.get(file)
            marks = sorted((m for m in self._marks if m.span.file == file), key=lambda m: m.span.line)
            if source is None:
                yield from (f"{self._blank()} {_elsewhere(m)}" for m in marks if m.text)
                continue
            if file != primary:
                yield f"{self._blank()}{self._paint(':::', _BLUE)} {shown(str(marks[0].span))}"
            yield f"{self._blank()} {self._bar()}"
            yield from self._lines(source, marks)

    def _lines(self, source: Text, marks: list[_Mark]) -> Iterator[str]:
        for line in dict.fromkeys(mark.span.line for mark in marks):
            on_line = [mark for mark in marks if mark.span.line == line]
            excerpt = _Excerpt.cut(source.excerpt(line).rstrip(), on_line[0].span.column)
            number = self._paint(f"{line:>{self._gutter}}", _BLUE)
            yield f"{number} {self._bar()} {excerpt.text}".rstrip()
            for mark in on_line:
                yield f"{self._blank()} {self._bar()} {self._underline(excerpt, mark)}"

    def _underline(self, excerpt: "_Excerpt", mark: _Mark) -> str:
        span = mark.span
        end = span.end_column if span.end_line == span.line else excerpt.end_column
        start_at = excerpt.column_of(span.column)
        length = max(1, excerpt.column_of(end) - start_at)
        color = _COLORS[self._diagnostic.severity] if mark.sign == "^" else _BLUE
        words = f" {mark.text}" if mark.text else ""
        return " " * start_at + self._paint(mark.sign * length + words, color)

    def _remarks(self) -> Iterator[str]:
        remarks = [("note", note) for note in self._diagnostic.notes]
        if self._diagnostic.help:
            remarks.append(("help", self._diagnostic.help))
        for word, text in remarks:
            yield f"{self._blank()} {self._paint('=', _BLUE)} {self._paint(f'{word}:', _BOLD)} {shown(text)}"

    def _blank(self) -> str:
        return " " * self._gutter

    def _bar(self) -> str:
        return self._paint("|", _BLUE)

    def _paint(self, text: str, color: str) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if self._color and text else text


def _elsewhere(mark: _Mark) -> str:
    return f"= {shown(str(mark.span))}: {mark.text}"


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A source line as shown, with the terminal column at which each of its characters begins."""

    text: str
    first: int
    columns: tuple[int, ...]

    @classmethod
    def cut(cls, line: str, column: int) -> "_Excerpt":
        """Show a line, or of a very long one the part around a column (from 1)."""
        first = 0 if width(line[: 2 * MAX_WIDTH]) <= MAX_WIDTH else max(0, column - 1 - BEFORE)
        cells = [shown_char(char) for char in line[first : first + MAX_WIDTH]]
        before, after = "… " if first else "", " …" if first + MAX_WIDTH < len(line) else ""
        columns = [len(before)]
        for cell in cells:
            columns.append(columns[-1] + width(cell))
        return cls(f"{before}{''.join(cells)}{after}", first, tuple(columns))

    @property
    def end_column(self) -> int:
        """Return the column (from 1) behind the last character that is shown."""
        return self.first + len(self.columns)

    def column_of(self, column: int) -> int:
        """Return the terminal column of a column of the source line (from 1)."""
        return self.columns[min(max(column - 1 - self.first, 0), len(self.columns) - 1)]
