"""What the rulebooks of a request say against a subject's inputs, each mistake once."""

from collections.abc import Iterable, Sequence
from datetime import date

from scorewright.catalog.catalog import Book
from scorewright.messages.refusals import Objection
from scorewright.messages.struct_reader import Inputs
from scorewright.results.outcome import InputError, Invalid
from scorewright.validation.empty_subject import NOTHING_SENT
from scorewright.validation.inputs import validate
from scorewright.validation.undeclared import Declared


def undeclared(books: Iterable[Book], inputs: Inputs) -> tuple[InputError, ...]:
    """Name the inputs that none of the rulebooks declares."""
    declared = Declared.by(*(book.program for book in books))
    return tuple(declared.errors(declared.missed_by(inputs)))


def unsent(books: Iterable[Book], inputs: Inputs, unread: Sequence[InputError]) -> list[tuple[Book, Invalid]]:
    """Name the rulebooks that ask something of a subject that came without a single input."""
    return [] if inputs or unread else [(book, NOTHING_SENT) for book in books if book.asks]


def objections(
    books: Sequence[Book], invalid: Iterable[tuple[Book, Invalid]], of_all: Iterable[InputError]
) -> tuple[Objection, ...]:
    """Join what single rulebooks object to and what all of them do."""
    better = {error.input: error for error in of_all}
    objecting: dict[InputError, list[str]] = {}
    for book, found in invalid:
        for error in found.errors:
            if error.input not in better:
                objecting.setdefault(error, []).append(book.program.id)
    own = (Objection(error, () if len(ids) == len(books) else tuple(ids)) for error, ids in objecting.items())
    return (*own, *map(Objection, better.values()))


def invalid_on(days: Sequence[date], book: Book, inputs: Inputs) -> Invalid:
    """Give what is wrong with the inputs on each of these days."""
    told = [validate(book.program, inputs, day) for day in days]
    first, *others = [one.errors if isinstance(one, Invalid) else () for one in told]
    always = set(first).intersection(*others)
    return Invalid(tuple(error for error in first if error in always))
