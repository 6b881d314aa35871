"""The facts of one account from a file: one JSON object a line, or one JSON list of them."""

import codecs
from collections.abc import Iterator

from scorewright.records.json_records import MAX_FACTS
from scorewright.records.json_text import JsonReader
from scorewright.records.record import FACTS, RowCode, RowRefusal, UnreadableCell
from scorewright.results import InputCode


def read_fact_lines(data: bytes) -> tuple[list[object], tuple[RowRefusal, ...]]:
    """Read facts as they were sent, and say what refuses them all the same.

    A line that cannot be read keeps its place, as `UnreadableCell`, so that the others are checked.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    facts, refused = _listed(data) if data.lstrip()[:1] == b"[" else _lined(data)
    if len(facts) > MAX_FACTS:
        message = f"{len(facts):,} facts; at most {MAX_FACTS:,} are read"
        return [], (*refused, RowRefusal(FACTS, RowCode.TOO_MANY_FACTS.value, message))
    return facts, refused


def _listed(data: bytes) -> tuple[list[object], tuple[RowRefusal, ...]]:
    reader = JsonReader()
    value = reader.read_text(data)
    if isinstance(value, RowRefusal):
        return [], (RowRefusal(FACTS, value.code, value.message),)
    assert isinstance(value, list)  # INVARIANT: JSON that begins with a bracket is a list
    return value, tuple(RowRefusal(FACTS, each.code, each.message) for each in reader.twice())


def _lined(data: bytes) -> tuple[list[object], tuple[RowRefusal, ...]]:
    facts: list[object] = []
    refused: list[RowRefusal] = []
    reader = JsonReader()
    for number, line in _lines(data):
        value, place = reader.read(line), f"{FACTS}[{len(facts)}]"
        if isinstance(value, RowRefusal):
            facts.append(UnreadableCell(value.code, f"line {number}: {value.message}"))
            continue
        facts.append(value)
        for each in reader.twice():
            message = f"line {number}: {each.message}"
            refused.append(RowRefusal(f"{place}.{each.input}", InputCode.INCONSISTENT.value, message))
    return facts, tuple(refused)


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    return ((number, line) for number, line in enumerate(data.split(b"\n"), 1) if line.strip())
