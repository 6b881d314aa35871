"""Findings about a user's text: where, what, why and how to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol


class Text(Protocol):
    """A text that findings speak of."""

    def excerpt(self, line: int) -> str:
        """Return the text of a line, without its line break."""


SortKey = tuple[str, int, int, str, str]


class Severity(StrEnum):
    """How much a finding matters: an error stops the next stage, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file; lines and columns count from 1, the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def ends(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return where it begins and where it ends, each as line and column."""
        return (self.line, self.column), (self.end_line, self.end_column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that matters to a finding, with a few words on why."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: its code, severity, place, one line of message, and optional help and notes."""

    code: str
    severity: Severity
    span: Span
    message: str
    help: str | None = None
    notes: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()

    def sort_key(self) -> SortKey:
        """Order findings by file, line, column, then code and message."""
        return (self.span.file, self.span.line, self.span.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a stage, sorted by place, each once."""

    diagnostics: tuple[Diagnostic, ...] = ()
    # The texts that were read on the way, by the file name of their spans: who shows lines reads none again.
    sources: Mapping[str, Text] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> "Report":
        """Build a report from findings in any order, dropping repeats."""
        return cls(tuple(sorted(dict.fromkeys(diagnostics), key=Diagnostic.sort_key)))

    def __add__(self, other: "Report") -> "Report":
        both = Report.of((*self.diagnostics, *other.diagnostics))
        return replace(both, sources={**self.sources, **other.sources})

    @property
    def errors(self) -> "Report":
        """Return the errors alone."""
        errors = tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)
        return replace(self, diagnostics=errors)

    @property
    def has_errors(self) -> bool:
        """Return whether the next stage must not run."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(d.severity is severity for d in self.diagnostics)
