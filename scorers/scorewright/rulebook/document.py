"""Text to model: a rulebook as its analyst wrote it, beside the tree that knows where everything stands."""

from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from pydantic import ValidationError

from scorewright.diagnostics import Budget, Report
from scorewright.rulebook.errors.repair import repaired
from scorewright.rulebook.errors.shape import empty_values, explain
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import Node
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import plain, read_tree

MAX_ERRORS = 100
"""How many errors of one file are told."""

B = TypeVar("B", bound=Block)


@dataclass(frozen=True, slots=True)
class Document:
    """A rulebook with its source and its tree; paths of the model lead to places in the tree."""

    source: Source
    root: Node
    rulebook: Rulebook
    budget: Budget = field(default_factory=Budget, repr=False, compare=False)
    """The work that may be done to say what is wrong with it."""


def read_rulebook(source: Source, budget: Budget | None = None) -> tuple[Document | None, Report]:
    """Read a rulebook; no document comes back if there is an error."""
    budget = budget or Budget()
    read, report = read_model(source, Rulebook, budget=budget)
    return (Document(source, *read, budget) if read else None), report


def read_model(
    source: Source, model: type[B], *, nulls: bool = False, budget: Budget | None = None
) -> tuple[tuple[Node, B] | None, Report]:
    """Read a text as a model; `nulls` says whether a key may have nothing after it."""
    budget = budget or Budget()
    read, report = _read(source, model, nulls, budget)
    if report.has_errors:
        work = budget.again()
        report = repaired(source, report, lambda changed: _read_again(changed, model, nulls, budget), work)
    return read, report


def _read_again(
    source: Source, model: type[Block], nulls: bool, budget: Budget
) -> tuple[Node | None, Report]:
    read, report = _read(source, model, nulls, budget)
    return (read[0] if read else None), report


def _read(
    source: Source, model: type[B], nulls: bool, budget: Budget
) -> tuple[tuple[Node, B] | None, Report]:
    root, report = read_tree(source, budget)
    if root is None:
        return None, report
    empty = {} if nulls else dict(islice(empty_values(root), MAX_ERRORS))
    budget.look()
    given = plain(root)
    budget.look()
    try:
        read = model.model_validate(given)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)[:MAX_ERRORS]
        wrong = explain(root, model, errors, frozenset(empty))
        return None, report + Report.of([*empty.values(), *wrong])
    budget.look()
    report += Report.of(empty.values())
    return (None if report.has_errors else (root, read)), report
