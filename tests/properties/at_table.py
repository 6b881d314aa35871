"""What subjects bring to rule tables: records among their answers, whole and broken."""

from collections.abc import Mapping

from hypothesis import strategies as st

from scorewright.program.condition import Value
from scorewright.program.program import Input, Program
from tests.properties.subjects import BAD, Asked, Raw, answers, forms


def raw_of(program: Program, known: Mapping[str, Value], choice: int = 0) -> Raw:
    """Write answers as a caller may; records are objects."""
    items = {item.name: item for item in program.inputs}
    return {name: _raw(items[name], value, choice) for name, value in known.items()}


def _raw(item: Input, value: Value | None, choice: int) -> object:
    if item.item is None or not item.item.fields:
        ways = forms(value)
        return ways[choice % len(ways)]
    assert isinstance(value, tuple)
    records = [record for record in value if isinstance(record, tuple)]
    fields = item.item.fields
    return [
        {
            field.name: _raw(field, cell, choice)
            for field, cell in zip(fields, record, strict=True)
            if cell is not None or choice
        }
        for record in records
    ]


@st.composite
def guests(draw: st.DrawFn, asked: Asked) -> Raw:
    """Bring any subject: valid or not, with nulls, broken records, and names that nobody declared."""
    raw = raw_of(asked.program, draw(answers(asked)), draw(st.integers(0, 3)))
    for item in asked.program.inputs:
        fate = draw(st.integers(0, 19))
        if fate == 0:
            raw[item.name] = draw(st.sampled_from(BAD))
        elif fate == 1:
            raw.pop(item.name, None)
        elif fate == 2 and item.item is not None and item.item.fields:
            raw[item.name] = [
                draw(st.dictionaries(st.sampled_from(["won", "plan", "owner"]), st.sampled_from(BAD)))
            ]
    if draw(st.integers(0, 3)) == 0:
        raw[draw(st.sampled_from(["undeclared", "v0", "l0", ""]))] = draw(st.sampled_from(BAD))
    return raw
