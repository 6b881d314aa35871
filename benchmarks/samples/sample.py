"""What a sample is: hand-written subjects, then drawn ones without end, as CSV or as JSON lines."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar

AS_OF = "2026-01-31"
"""The day of every JSON line, so that its dates mean the same on any day."""

Row = list[str]
Inputs = Mapping[str, object]
Fact = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Account:
    """What happened to an account, and what somebody answered for it by hand, which stands."""

    facts: Sequence[Fact]
    inputs: Inputs | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Subjects as rows of cells: names of inputs and hand-written rows as a table, how to draw more."""

    rulebook: str
    subject: str
    table: str
    draw: Callable[[Random], Row]

    suffix: ClassVar[str] = "csv"
    heading: ClassVar[int] = 1

    @property
    def written(self) -> int:
        """Count the hand-written subjects."""
        return len(self.table.split()) - 1

    def rows(self, seed: int) -> Iterator[Row]:
        """Give the names of the inputs, then subjects without end, the hand-written ones first."""
        yield from csv.reader(self.table.split())
        chance = Random(f"{seed} {self.rulebook}")
        while True:
            yield self.draw(chance)

    def lines(self, seed: int) -> Iterator[str]:
        """Give the lines of a CSV file."""
        rows = self.rows(seed)
        yield _csv(["subject_id", *next(rows)])
        for number, row in enumerate(rows, start=1):
            yield _csv([f"{self.subject}-{number:06d}", *row])


@dataclass(frozen=True, slots=True)
class Lines:
    """Subjects that hold lists, facts, or texts that may be empty: hand-written ones, how to draw more."""

    rulebook: str
    subject: str
    first: tuple[Inputs | Account, ...]
    draw: Callable[[Random], Inputs | Account]

    suffix: ClassVar[str] = "jsonl"
    heading: ClassVar[int] = 0

    @property
    def written(self) -> int:
        """Count the hand-written subjects."""
        return len(self.first)

    def subjects(self, seed: int) -> Iterator[Inputs | Account]:
        """Give subjects without end, the hand-written ones first; None is a missing answer."""
        yield from self.first
        chance = Random(f"{seed} {self.rulebook}")
        while True:
            yield self.draw(chance)

    def lines(self, seed: int) -> Iterator[str]:
        """Give the lines of a file of JSON lines; what is missing is left out."""
        for number, subject in enumerate(self.subjects(seed), start=1):
            framed = {"subject_id": f"{self.subject}-{number:06d}", "as_of": AS_OF, **_said(subject)}
            yield f"{json.dumps(framed, ensure_ascii=False)}\n"


def _said(subject: Inputs | Account) -> Mapping[str, object]:
    if isinstance(subject, Account):
        by_hand = {"inputs": subject.inputs} if subject.inputs else {}
        return {**by_hand, "facts": subject.facts}
    return {"inputs": {name: answer for name, answer in subject.items() if answer is not None}}


def _csv(row: Row) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(row)
    return line.getvalue()
