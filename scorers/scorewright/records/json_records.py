"""Subjects from JSON lines: inputs, or a frame of `subject_id`, `as_of`, `inputs` and `facts` around them.

An object without `inputs` is the inputs themselves, beside what is the frame's own. Where none of its keys is
an input, it is no subject: the frame was written otherwise, and would be scored without a single answer.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO, Final

from scorewright.diagnostics import nearest, one_line, quoted, suggestion
from scorewright.program import Program
from scorewright.program.fact import Moment, day_of, end_of
from scorewright.records.csv_header import EMPTY, FileProblem
from scorewright.records.file_lines import byte_lines
from scorewright.records.json_text import JsonReader, not_json
from scorewright.records.record import FACTS, SUBJECT, Record, RowCode, RowRefusal, subject_problem
from scorewright.results import InputCode
from scorewright.validation import HINTS, missing, read_day, read_moment, show

MAX_INPUTS: Final = 1_000
"""The most inputs of one subject."""

MAX_FACTS: Final = 100_000
"""The most facts of one subject."""

_AS_OF, _INPUTS = "as_of", "inputs"
_FRAME = (SUBJECT, _AS_OF, _INPUTS, FACTS)


class JsonRecords:
    """The subjects of one file of JSON lines, read as they are asked for; blank lines are passed over."""

    def __init__(self, file: BinaryIO, program: Program) -> None:
        self._lines: Iterator[tuple[int, bytes]] = enumerate(byte_lines(file), 1)
        self._names = frozenset(item.name for item in program.inputs)
        self._program = program
        # What is the name of an answer is no part of a frame.
        self._own = frozenset(_FRAME) - self._names
        self._framing = self._own & ({_INPUTS, FACTS} if program.kinds else {_INPUTS})
        self._json = JsonReader()

    def __iter__(self) -> Iterator[Record]:
        for number, line in self._lines:
            if not line.isspace():
                yield self.read(line, number)

    def problem(self) -> FileProblem | None:
        """Look at the first line, which is read again later: tell what makes the file unusable as a whole."""
        for number, line in self._lines:
            if not line.isspace():
                self._lines = chain([(number, line)], self._lines)
                return _shape(line, number)
        return EMPTY

    def read(self, line: bytes, number: int) -> Record:
        """Read one line."""
        value = self._json.read(line)
        if isinstance(value, RowRefusal):
            return Record(number, None, None, (value,))
        if not isinstance(value, dict):
            told = "null" if value is None else show(value)
            return Record(number, None, None, (not_json(f"{told} where an object of inputs is due"),))
        refused = self._json.twice()
        if not self._framing.isdisjoint(value) or value.keys() <= self._own:
            return _unframe(self._program, number, value, refused)
        subject, problems = _subject(value)
        record = _counted(self._flat(Record(number, subject, value, refused + problems), value))
        if record.inputs is not None and self._names.isdisjoint(value):
            return record._replace(inputs=None, refused=(*record.refused, self._no_frame(value)))
        return record

    def _flat(self, record: Record, value: dict[str, object]) -> Record:
        """Take the frame's own keys out of the inputs, among which they stand."""
        if _AS_OF in self._own and _AS_OF in value:
            moment, late = _moment({_AS_OF: value.pop(_AS_OF)})
            as_of = None if moment is None else day_of(moment)
            record = record._replace(as_of=as_of, refused=record.refused + late)
        if SUBJECT in self._own:
            value.pop(SUBJECT, None)
        return record

    def _no_frame(self, value: Mapping[str, object]) -> RowRefusal:
        keys = [name for name in value if name not in self._own]
        known = sorted({*self._names, *_FRAME})
        meant = next((name for name in keys[:HINTS] if nearest(name, known)), keys[0])
        message = f"{quoted(meant)} is not an input of `{self._program.id}`"
        if len(keys) > 1:
            message = (
                f"none of {len(keys)} keys, such as {quoted(meant)}, is an input of `{self._program.id}`"
            )
        message += f"; {suggestion(meant, known)}"
        return RowRefusal(one_line(meant), InputCode.UNKNOWN_INPUT.value, message)


def open_json(file: BinaryIO, program: Program) -> JsonRecords | tuple[FileProblem, ...]:
    """Read the first line; what makes the file unusable comes back instead of its subjects."""
    records = JsonRecords(file, program)
    problem = records.problem()
    return records if problem is None else (problem,)


def _shape(line: bytes, number: int) -> FileProblem | None:
    start, column = line.strip(), len(line) - len(line.lstrip()) + 1
    if start.startswith(b"["):
        way = "write each object on a line of its own, without `[ ]` and commas"
        return FileProblem("not-json-lines", number, column, "this is a JSON list", way)
    if start == b"{":
        way = "write each object on a line of its own; `scorewright explain --file` takes one as it is"
        return FileProblem("not-json-lines", number, column, "this is a JSON object over several lines", way)
    return None


def _unframe(
    program: Program, number: int, value: dict[str, object], refused: tuple[RowRefusal, ...]
) -> Record:
    subject, problems = _subject(value)
    moment, late = _moment(value)
    odd = tuple(_misplaced(name) for name in value if name not in _FRAME)
    facts, wrong = _facts(program, value.get(FACTS))
    refused = (*refused, *problems, *late, *odd, *wrong)
    as_of = None if moment is None else day_of(moment)
    record = Record(number, subject, None, refused, as_of, facts, None if facts is None else moment)
    inputs = value.get(_INPUTS, {})
    if isinstance(inputs, Mapping):
        return _counted(record._replace(inputs=inputs))
    wrong_type = RowRefusal(_INPUTS, InputCode.WRONG_TYPE.value, f"{show(inputs)} is not an object of inputs")
    return record._replace(refused=(*refused, wrong_type))


def _facts(program: Program, value: object) -> tuple[list[object] | None, tuple[RowRefusal, ...]]:
    if value is None:
        return None, ()
    if not program.kinds:
        message = f"`{program.id}` declares no facts"
        return None, (RowRefusal(FACTS, InputCode.UNKNOWN_INPUT.value, message),)
    if not isinstance(value, list):
        message = f"{show(value)} is not a list of facts"
        return [], (RowRefusal(FACTS, InputCode.WRONG_TYPE.value, message),)
    if len(value) > MAX_FACTS:
        message = f"{len(value):,} facts of one subject; at most {MAX_FACTS:,} are read"
        return [], (RowRefusal(FACTS, RowCode.TOO_MANY_FACTS.value, message),)
    return value, ()


def _subject(value: Mapping[str, object]) -> tuple[str | None, tuple[RowRefusal, ...]]:
    subject = value.get(SUBJECT)
    if missing(subject):
        return None, ()
    problem = subject_problem(subject) if isinstance(subject, str) else f"{show(subject)} is not a text"
    if problem:
        return None, (RowRefusal(SUBJECT, InputCode.WRONG_TYPE.value, problem),)
    return str(subject), ()


def _moment(frame: Mapping[str, object]) -> tuple[Moment | None, tuple[RowRefusal, ...]]:
    """Read `as_of`: a day, or where there are facts a moment as well."""
    value = frame.get(_AS_OF)
    if missing(value):
        return None, ()
    day = read_day(value)
    if day is not None:
        return end_of(day), ()
    if frame.get(FACTS) is None:
        message = f"{show(value)} is not a day written as year-month-day"
        return None, (RowRefusal(_AS_OF, InputCode.WRONG_TYPE.value, message),)
    moment = read_moment(value)
    if moment is None:
        message = f"{show(value)} is not a day, or a time such as `2026-01-31T10:00:00Z`"
        return None, (RowRefusal(_AS_OF, InputCode.WRONG_TYPE.value, message),)
    return moment, ()


def _counted(record: Record) -> Record:
    count = len(record.inputs or ())
    if count <= MAX_INPUTS:
        return record
    message = f"{count} inputs in one subject; at most {MAX_INPUTS} are read"
    refusal = RowRefusal("", RowCode.TOO_MANY_INPUTS.value, message)
    return record._replace(inputs=None, refused=(*record.refused, refusal))


def _misplaced(name: str) -> RowRefusal:
    message = f"{quoted(name)} stands beside `inputs`, not in it; {suggestion(name, _FRAME)}"
    return RowRefusal(one_line(name), InputCode.UNKNOWN_INPUT.value, message)
