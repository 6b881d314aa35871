"""What the rulebooks of a request say against a subject's inputs, each mistake once."""

from collections.abc import Iterable, Sequence
from datetime import date

from scorewright.catalog.catalog import ServedRulebook
from scorewright.messages import Inputs
from scorewright.messages.refusals import Objection
from scorewright.results import InputError, Invalid, errors_of
from scorewright.validation import NOTHING_SENT, Declared, validate


def declared_by(books: Sequence[ServedRulebook], *, strict: bool) -> Declared | None:
    """Return what any of the rulebooks declares, where other inputs are refused."""
    return Declared.by(*(book.program for book in books)) if strict and books else None


def objections(
    books: Sequence[ServedRulebook],
    invalid: Iterable[tuple[ServedRulebook, Invalid]],
    inputs: Inputs,
    unread: Sequence[InputError],
    declared: Declared | None,
) -> tuple[Objection, ...]:
    """Join what single rulebooks object to with what cannot be read, and with what none declares."""
    unknown = declared.errors(declared.missed_by(inputs)) if declared else ()
    better = {error.input: error for error in (*unread, *unknown)}
    objecting: dict[InputError, list[str]] = {}
    for book, found in invalid:
        for error in found.errors:
            if error.input not in better:
                objecting.setdefault(error, []).append(book.program.id)
    own = (Objection(error, () if len(ids) == len(books) else tuple(ids)) for error, ids in objecting.items())
    return (*own, *map(Objection, better.values()))


def unsent(
    books: Iterable[ServedRulebook], inputs: Inputs, unread: Sequence[InputError]
) -> list[tuple[ServedRulebook, Invalid]]:
    """Name the rulebooks that ask something of a subject that came without a single input."""
    return [] if inputs or unread else [(book, NOTHING_SENT) for book in books if book.scorer.asks]


def invalid_on(days: Sequence[date], book: ServedRulebook, inputs: Inputs) -> Invalid:
    """Return what is wrong with the inputs on each of these days."""
    first, *others = [errors_of(validate(book.program, inputs, day)) for day in days]
    always = set(first).intersection(*others)
    return Invalid(tuple(error for error in first if error in always))
