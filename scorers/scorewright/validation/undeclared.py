"""What a subject brings that no rulebook declares: inputs, and fields of their records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorewright.diagnostics import suggestion
from scorewright.program import Input, Program
from scorewright.results import InputCode, InputError
from scorewright.validation.inputs import show

HINTS = 20
"""So many names are compared with declared ones: that takes time, and one slip is rarely made more often."""

MOST = 1_000
"""The most undeclared fields that are named for one list of records."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The names of the inputs that programs declare, and for lists of records the names of their fields."""

    names: frozenset[str]
    records: Mapping[str, frozenset[str]]

    @classmethod
    def by(cls, *programs: Program) -> "Declared":
        """Collect what any of the programs declares."""
        items = [item for program in programs for item in program.inputs]
        records: dict[str, frozenset[str]] = {}
        for item in items:
            if fields := _fields(item):
                records[item.name] = records.get(item.name, frozenset()) | fields
        return cls(frozenset(item.name for item in items), records)

    def missed_by(self, inputs: Mapping[str, object]) -> tuple[str, ...]:
        """Name what is not declared, each once, in order: inputs, and fields as `deals[].owner` (law 9)."""
        if inputs.keys() <= self.names and not self.records:
            return ()
        return tuple(sorted({*(inputs.keys() - self.names), *self._fields_missed_by(inputs)}))

    def _fields_missed_by(self, inputs: Mapping[str, object]) -> Iterator[str]:
        for name, fields in self.records.items():
            value = inputs.get(name)
            records = value if isinstance(value, list | tuple) else ()
            found: dict[str, None] = {}
            for record in records:
                if isinstance(record, Mapping) and not record.keys() <= fields and len(found) < MOST:
                    found.update(dict.fromkeys(record.keys() - fields))
            yield from (f"{name}[].{field}" for field in sorted(map(str, found))[:MOST])

    def errors(self, names: Sequence[str]) -> Iterator[InputError]:
        """Write that these names are not declared, the first ones with what was perhaps meant."""
        for name, (what, meant) in zip(names, self.told(names), strict=True):
            yield InputError(name, InputCode.UNKNOWN_INPUT, f"{what}; {meant}" if meant else what)

    def told(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Write of each name what it is not, and of the first ones what was perhaps meant."""
        for index, name in enumerate(names):
            record, _, field = name.partition("[].")
            fields = self.records.get(record) if field and name not in self.names else None
            if fields is None:
                what, word, known = f"{show(name)} is not declared", name, self.names
            else:
                what, word, known = f"{show(field)} is not a field of {show(record)}", field, fields
            yield what, suggestion(word, known) if index < HINTS else ""


def _fields(item: Input) -> frozenset[str]:
    return frozenset(field.name for field in item.item.fields) if item.item else frozenset()
