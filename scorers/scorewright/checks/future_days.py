"""Days that are counted back: a day that lies ahead is fewer days ago than any other."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from scorewright.checks.analysis.operand_types import show
from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.checks.comparisons import Compared, compared
from scorewright.diagnostics import quoted
from scorewright.program.condition import AS_OF
from scorewright.program.operators import Op, Operand
from scorewright.program.value import Type
from scorewright.rulebook import Document
from scorewright.rulebook import fact_references as happened
from scorewright.rulebook import references as uses
from scorewright.rulebook import types as kinds
from scorewright.rulebook.model.condition import Condition, leaves_of
from scorewright.rulebook.model.fields import Scalar
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Rulebook


def negative(document: Document) -> Findings:
    """Find days ago that are negative, and so lie ahead: one reads them as what they do not mean."""
    find = Finder(document, "date-may-lie-ahead")
    for each in compared(document.rulebook):
        count = each.value
        counts = each.op.row.operand is Operand.DAYS and _may_lie_ahead(each.given)
        if not counts or not isinstance(count, Fraction) or count >= 0:
            continue
        first, _ = each.op.span(count) or (None, None)
        if first is None:
            message = f"{_shown(each.op, count)} is true of every day in the past as well"
            way = f"write `within_next: {_days(-count)}` for the days from `as_of` on"
        else:
            message = f"{_shown(each.op, count)} counts days that lie ahead"
            way = f"write `days_until_at_least: {_days(-count)}`, which means the same"
        yield find.at((*each.path, each.op.value), message, way)


def one_sided(document: Document) -> Findings:
    """Find days ago of dates that may lie ahead, where nothing says that a day ahead is not meant."""
    find, rulebook = Finder(document, "date-may-lie-ahead"), document.rulebook
    for path, condition in document.budget.each(uses.all_conditions(rulebook)):
        for asked in _open_ended(condition, _Place(path)) if _counts_days(condition) else ():
            given = rulebook.inputs.get(asked.condition.input or "")
            if given is not None and _may_lie_ahead(given):
                op, count = asked.condition.comparison
                turned = "" if asked.wanted else "with `not`, "
                message = f"{turned}{_shown(op, count)} is true of every day ahead as well"
                limit = f"give {quoted(str(asked.condition.input))} a `max: as_of`"
                way = f"write `within_last: {_days(count)}`, or {limit}" if asked.wanted else limit
                yield find.at((*asked.path, op.value), message, way)
    for each in _of_fields(rulebook):
        message = f"{_shown(each.op, each.value)} is true of every day ahead as well"
        way = f"write `within_last: {_days(each.value)}`, or give {quoted(each.name)} a `max: as_of`"
        yield find.at((*each.path, each.op.value), message, way)


def _counts_days(condition: Condition) -> bool:
    """Return whether a condition counts days at all, which most do not."""
    return any(leaf.comparison[0].row.operand is Operand.DAYS for _, leaf in condition.leaves)


def _shown(op: Op, count: object) -> str:
    return f"`{op.value}: {_days(count)}`"


def _days(count: object) -> str:
    assert isinstance(count, Fraction)  # INVARIANT: the model lets only numbers count days
    return show(count)[1:-1]


def _may_lie_ahead(given: Input) -> bool:
    return kinds.TYPES[given.type] is Type.DATE and kinds.highest(given) is not AS_OF


def _of_fields(rulebook: Rulebook) -> Iterator[Compared]:
    fields = {(*tested.path,) for tested in happened.tested(rulebook)}
    for each in compared(rulebook):
        is_open = _is_open(each.op, each.value, wanted=True)
        if (*each.path,) in fields and is_open and _may_lie_ahead(each.given):
            yield each


@dataclass(frozen=True, slots=True)
class _Others:
    """The other parts of a block: which inputs they settle, so that a day ahead is known to be meant or not.

    All parts are counted once, and each leaves itself out: a block of many parts is gone through once.
    """

    parts: Mapping[str, int]
    own: frozenset[str]

    def settle(self, name: str) -> bool:
        return self.parts.get(name, 0) > (name in self.own)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place inside a condition: whether it is wanted true, and the other parts of the blocks around it."""

    path: Path
    wanted: bool = True
    around: tuple[_Others, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    path: Path
    condition: Condition
    wanted: bool


def _open_ended(condition: Condition, place: _Place) -> Iterator[_Asked]:
    """List the comparisons that any day ahead fulfils, and that nothing beside them bounds."""
    if condition.not_ is not None:
        inner = _Place((*place.path, "not"), not place.wanted, place.around)
        yield from _open_ended(condition.not_, inner)
        return
    for key, parts in (("all", condition.all), ("any", condition.any)):
        settled = [frozenset(_settled(part, key, place.wanted)) for part in parts or ()]
        counted = Counter(chain.from_iterable(settled))
        for index, (part, own) in enumerate(zip(parts or (), settled, strict=True)):
            around = (*place.around, _Others(counted, own))
            yield from _open_ended(part, _Place((*place.path, key, index), place.wanted, around))
    if condition.input is not None:
        name = condition.input
        is_open = _is_open(*condition.comparison, wanted=place.wanted)
        if is_open and not any(others.settle(name) for others in place.around):
            yield _Asked(place.path, condition, place.wanted)


def _settled(part: Condition, key: str, wanted: bool) -> Iterator[str]:
    """Name the inputs that a part bounds where it must hold as well; or else, may hold ahead instead."""
    if (key == "all") is wanted:
        for leaf, so in _surely(part, wanted):
            if leaf.input is not None and _bounds(*leaf.comparison, wanted=so):
                yield leaf.input
    else:
        for _, leaf in leaves_of(part):
            if leaf.input is not None and _is_ahead(leaf):
                yield leaf.input


def _surely(condition: Condition, wanted: bool) -> Iterator[tuple[Condition, bool]]:
    """List the comparisons that must be so where a condition is as wanted."""
    if condition.not_ is not None:
        yield from _surely(condition.not_, not wanted)
        return
    parts = condition.all if wanted else condition.any
    for part in parts or ():
        yield from _surely(part, wanted)
    if not (condition.all or condition.any):
        yield condition, wanted


def _is_open(op: Op, right: Scalar | tuple[Scalar, ...], *, wanted: bool) -> bool:
    """Return whether days ago, as wanted, hold for every day that lies far enough ahead."""
    if op.row.operand is not Operand.DAYS or not isinstance(right, Fraction) or right < 0:
        return False
    _, last = op.span(right) or (None, None)
    return (last is None) is wanted


def _bounds(op: Op, right: Scalar | tuple[Scalar, ...], *, wanted: bool) -> bool:
    """Return whether a comparison of a date, as wanted, leaves out days that lie far ahead."""
    if op.row.operand is Operand.DAY:
        return (op is Op.BEFORE) is wanted
    first, last = (op.span(right) if isinstance(right, Fraction) else None) or (None, None)
    return last is not None if wanted else first is not None and last is None


def _is_ahead(condition: Condition) -> bool:
    op, _ = condition.comparison
    return op is Op.AFTER or op.row.operand is Operand.SPAN


CHECKS: tuple[Check[Document], ...] = (
    Check("date-may-lie-ahead", negative),
    Check("date-may-lie-ahead", one_sided),
)
