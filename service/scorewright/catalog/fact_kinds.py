"""What the served rulebooks know of facts together: their kinds, and how far back they look."""

from collections.abc import Iterable, Iterator, Mapping

from scorewright.program import Kind, Program
from scorewright.program.fact import Moment
from scorewright.program.signal import Pattern, Select
from scorewright.validation import Kinds, kinds_of

Earliest = Mapping[str, Moment | None]
"""By kind the first moment whose facts matter; None where all do. Other kinds are not looked at."""


def all_kinds(programs: Iterable[Program]) -> Kinds:
    """Return each kind with every field that a rulebook declares of it: events are recorded once for all."""
    found: dict[str, Kind] = {}
    for program in programs:
        for kind in program.kinds:
            known = found.get(kind.name)
            found[kind.name] = kind if known is None else _joined(known, kind)
    return kinds_of(found.values())


def _joined(first: Kind, second: Kind) -> Kind:
    # Where both declare a field, the checks see to it that they declare the same.
    fields = {field.name: field for field in (*second.fields, *first.fields)}
    return Kind(first.name, first.label, tuple(fields[name] for name in sorted(fields)), first.key)


def earliest(programs: Iterable[Program], moment: Moment) -> Earliest:
    """Return which facts can matter to these rulebooks at a moment.

    Of a record, the newest of each key counts, which is in every window that an older one is in.
    """
    found: dict[str, Moment | None] = {}
    for select in (select for program in programs for select in _selects(program)):
        start = None if select.within is None else moment - select.within + 1
        known = found.get(select.kind, start)
        found[select.kind] = None if start is None or known is None else min(start, known)
    return found


def _selects(program: Program) -> Iterator[Select]:
    for signal in program.signals:
        for part in signal.parts:
            yield part.select if isinstance(part, Pattern) else part.measure.select
    for item in program.inputs:
        if item.measure is not None:
            yield item.measure.select
