"""What rulebooks hold against the inputs of one subject, each objection once."""

from collections.abc import Iterable, Sequence

from scorers.result import InputError, Invalid
from scorers.undeclared import Declared
from service.refusals import Objection
from service.store import Book
from service.structs import Inputs


def undeclared(books: Sequence[Book], inputs: Inputs) -> tuple[InputError, ...]:
    """Name the inputs that none of the rulebooks declares."""
    declared = Declared.by(*(book.program for book in books))
    return tuple(declared.errors(declared.missed_by(inputs)))


def objections(
    books: Sequence[Book], invalid: Iterable[tuple[Book, Invalid]], of_all: Iterable[InputError]
) -> tuple[Objection, ...]:
    """Join what each rulebook found with what is wrong for all of them, which says it better."""
    better = {error.input: error for error in of_all}
    objecting: dict[InputError, list[str]] = {}
    for book, found in invalid:
        for error in found.errors:
            if error.input not in better:
                objecting.setdefault(error, []).append(book.program.id)
    own = (Objection(error, () if len(ids) == len(books) else tuple(ids)) for error, ids in objecting.items())
    return (*own, *map(Objection, better.values()))
