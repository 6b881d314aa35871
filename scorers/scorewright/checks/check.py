"""What a check is: a function from a rulebook to findings of one code, entered in the register."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from scorewright.diagnostics import Diagnostic, Help, Label, finding, said
from scorewright.rulebook import Document
from scorewright.rulebook.nodes import Step, locate

T = TypeVar("T")
Path = Sequence[Step]
Findings = Iterable[Diagnostic]


@dataclass(frozen=True, slots=True)
class Check(Generic[T]):
    """One entry of the register: the code that a check finds, and the function that looks for it."""

    code: str
    run: Callable[[T], Findings]


@dataclass(frozen=True, slots=True)
class Finder:
    """Writes the findings of one code into one document."""

    document: Document
    code: str

    def at(
        self,
        path: Path,
        message: str,
        help: Help = None,  # noqa: A002 -- the word that the reader of a finding sees
        *,
        key: bool = False,
        notes: Iterable[str] = (),
        labels: Iterable[tuple[Path, str]] = (),
    ) -> Diagnostic:
        """Write a finding at the value of a path, or at its key; labels are at other paths' values."""
        root = self.document.root
        places = [Label(locate(root, other), words) for other, words in labels]
        self.document.budget.look()
        way_out = said(help, self.document.budget)
        return finding(self.code, locate(root, path, key), message, way_out, notes, places)
