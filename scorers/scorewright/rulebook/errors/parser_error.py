"""Where the YAML parser stopped, and what it had read by then."""

from dataclasses import dataclass

from scorewright.diagnostics import Diagnostic, finding
from scorewright.rulebook.source import Source


@dataclass(frozen=True, slots=True)
class Before:
    """What the parser read last (offsets): `closed` by a quote or bracket, or an indented `block`."""

    start: int
    end: int
    closed: bool = False
    block: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the parser stopped and why; `opened` began the broken part, `bracket` is still open (offsets)."""

    source: Source
    problem: str
    at: int
    opened: int | None
    bracket: int | None
    before: Before

    def char(self) -> str:
        """Return the character it stopped at; nothing at the end of the text."""
        return self.source.text[self.at : self.at + 1]

    def line_of(self, offset: int) -> str:
        """Return the line that a character stands in."""
        return self.source.excerpt(self.source.position(offset)[0])

    def found(self, start: int, end: int, message: str, way_out: str | None = None) -> Diagnostic:
        """Build the finding."""
        return finding("not-yaml", self.source.span(start, end), message, way_out)

    def here(self, message: str, way_out: str | None = None) -> Diagnostic:
        """Build the finding at the character it stopped at."""
        return self.found(self.at, self.at + len(self.char().strip()), message, way_out)
