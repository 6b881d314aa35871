"""The rulebooks that are served: loaded once, found by id or by a pinned version or digest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scorewright.diagnostics import Diagnostic, Report, Severity, suggestion
from scorewright.messages import Encoder
from scorewright.messages.refusals import (
    InvalidRequest,
    RefusedError,
    Unknown,
    UnknownRulebooks,
    Unmet,
    UnmetPins,
)
from scorewright.program import Program
from scorewright.results import InputError
from scorewright.scoring import Loaded, Prepare, Scorer, load_paths

PIN_DIGITS: Final = 12
"""The fewest digits of a digest that pin a rulebook."""

MAX_REFERENCE: Final = 200
"""The longest reference to a rulebook that is looked at."""

_DIGEST = re.compile(rf"sha256:[0-9a-f]{{{PIN_DIGITS},64}}")
_VERSION = re.compile(r"\d{1,9}\.\d{1,9}\.\d{1,9}")


@dataclass(frozen=True, slots=True)
class ServedRulebook:
    """One rulebook, ready to score and to be written about."""

    loaded: Loaded
    scorer: Scorer
    encoder: Encoder
    loaded_at: datetime

    @property
    def program(self) -> Program:
        """Return what scores."""
        return self.scorer.program


class Catalog:
    """All rulebooks, by id; `prepare` stands in for the engine's own way to be prepared."""

    def __init__(self, loaded: Sequence[Loaded], engine: str, prepare: Prepare | None = None) -> None:
        self.engine = engine
        self.started_at = datetime.now(UTC)
        self._prepare: str | Prepare = prepare or engine
        books = [self._book(item) for item in sorted(loaded, key=lambda item: item.program.id)]
        self._books = {book.program.id: book for book in books}

    def _book(self, loaded: Loaded) -> ServedRulebook:
        scorer, encoder = Scorer(loaded.program, self._prepare), Encoder(loaded.program)
        return ServedRulebook(loaded, scorer, encoder, datetime.now(UTC))

    def __iter__(self) -> Iterator[ServedRulebook]:
        return iter(self._books.values())

    def __len__(self) -> int:
        return len(self._books)

    def find(self, references: Sequence[str], field: str = "rulebooks") -> tuple[ServedRulebook, ...]:
        """Return the rulebooks of a request, in its order; what cannot be served is refused, all at once."""
        try:
            books = tuple([self._books[reference] for reference in references])
        except KeyError:
            books = self._find_each(references, field)
        if not books or len(set(map(id, books))) < len(books):
            raise RefusedError(InvalidRequest(tuple(_miscounted(books, field))))
        return books

    def _find_each(self, references: Sequence[str], field: str) -> tuple[ServedRulebook, ...]:
        wrong = [
            InputError(f"{field}[{index}]" if field == "rulebooks" else field, "malformed", words)
            for index, reference in enumerate(references)
            if (words := malformed(reference))
        ]
        if wrong:
            raise RefusedError(InvalidRequest(tuple(wrong)))
        named = [(name, pin) for name, _, pin in (reference.partition("@") for reference in references)]
        unknown = dict.fromkeys(name for name, _ in named if name not in self._books)
        if unknown:
            raise RefusedError(
                UnknownRulebooks(tuple(Unknown(name, suggestion(name, self._books)) for name in unknown))
            )
        unmet = [found for name, pin in named if pin and (found := _unmet(self._books[name].program, pin))]
        if unmet:
            raise RefusedError(UnmetPins(tuple(unmet)))
        return tuple(self._books[name] for name, _ in named)


def malformed(reference: str) -> str | None:
    """Return what is wrong with the form of a reference, or None."""
    if len(reference) > MAX_REFERENCE:
        return f"{len(reference)} characters, at most {MAX_REFERENCE}"
    name, at, pin = reference.partition("@")
    if not name:
        return "names no rulebook"
    if at and not _DIGEST.fullmatch(pin) and not _VERSION.fullmatch(pin):
        return (
            "after `@` stands a version, such as `1.2.0`, or `sha256:` "
            f"and {PIN_DIGITS} to 64 small hexadecimal digits"
        )
    return None


def _unmet(program: Program, pin: str) -> Unmet | None:
    kind, colon, digits = pin.partition(":")
    if colon:
        met = program.digest.startswith(digits)
        return None if met else Unmet(program.id, "digest", digits, program.digest)
    return None if program.version == kind else Unmet(program.id, "version", kind, program.version)


def _miscounted(books: Sequence[ServedRulebook], field: str) -> Iterator[InputError]:
    if not books:
        yield InputError(field, "required", "name a rulebook")
    seen: set[str] = set()
    for index, book in enumerate(books):
        if book.program.id in seen:
            yield InputError(f"{field}[{index}]", "duplicate", f"`{book.program.id}` stands twice")
        seen.add(book.program.id)


def _lost(found: Diagnostic) -> Diagnostic:
    """Make an error of tests without a rulebook, which is how one looks that was lost on its way here.

    Who checks may be about to rename both; who serves would answer without it, and resolve what it opened.
    """
    if found.code != "tests-without-rulebook":
        return found
    way_out = "put the rulebook back, or take its tests away as well if it shall not be served"
    return replace(found, severity=Severity.ERROR, help=way_out)


def load_catalog(rules: Path, engine: str, prepare: Prepare | None = None) -> tuple[Catalog | None, Report]:
    """Load every rulebook of a folder for an engine; there is no store where one has errors, or is lost."""
    loaded, found = load_paths([rules], engine)
    report = replace(found, diagnostics=tuple(_lost(finding) for finding in found.diagnostics))
    return (None if report.has_errors else Catalog(loaded, engine, prepare)), report
