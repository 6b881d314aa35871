"""Subjects from JSON lines: inputs, or an object of `subject_id`, `as_of`, `inputs` and `facts`."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from scorers.blank import missing
from scorers.fact import Moment, day_of, end_of
from scorers.facts import read_moment
from scorers.inputs import read_day, show
from scorers.program import Program
from scorers.records.json_text import JsonReader, not_json
from scorers.records.lines import byte_lines
from scorers.records.record import FACTS, SUBJECT, Record, Refusal, RowCode, subject_problem
from scorers.result import InputCode
from scorers.suggest import suggestion
from scorers.wording import one_line, quoted

MAX_INPUTS: Final = 1_000
"""The most inputs of one subject."""

MAX_FACTS: Final = 100_000
"""The most facts of one subject."""

_AS_OF, _INPUTS = "as_of", "inputs"
_FRAME = (SUBJECT, _AS_OF, _INPUTS, FACTS)


class JsonRecords:
    """The subjects of one file of JSON lines, read as they are asked for; blank lines are passed over."""

    def __init__(self, file: BinaryIO, program: Program) -> None:
        self._file = file
        names = {item.name for item in program.inputs}
        self._program = program
        # A line that has such a key has a frame, unless it is the name of an answer.
        self._framing = [name for name in (_INPUTS, FACTS) if name not in names]
        if not program.kinds:
            self._framing = [name for name in self._framing if name == _INPUTS]
        self._bare = SUBJECT not in names
        self._json = JsonReader()

    def __iter__(self) -> Iterator[Record]:
        for number, line in enumerate(byte_lines(self._file), 1):
            if not line.isspace():
                yield self.read(line, number)

    def read(self, line: bytes, number: int) -> Record:
        """Read one line."""
        value = self._json.read(line)
        if isinstance(value, Refusal):
            return Record(number, None, None, (value,))
        if not isinstance(value, dict):
            told = "null" if value is None else show(value)
            return Record(number, None, None, (not_json(f"{told} where an object of inputs is due"),))
        refused = self._json.twice()
        if any(name in value for name in self._framing):
            return _unframe(self._program, number, value, refused)
        subject, problems = _subject(value)
        if self._bare and SUBJECT in value:
            del value[SUBJECT]
        return _counted(Record(number, subject, value, refused + problems))


def _unframe(program: Program, number: int, value: dict[str, object], refused: tuple[Refusal, ...]) -> Record:
    subject, problems = _subject(value)
    moment, late = _moment(value)
    odd = tuple(_misplaced(name) for name in value if name not in _FRAME)
    facts, wrong = _facts(program, value.get(FACTS))
    refused = (*refused, *problems, *late, *odd, *wrong)
    as_of = None if moment is None else day_of(moment)
    record = Record(number, subject, None, refused, as_of, facts, None if facts is None else moment)
    inputs = value.get(_INPUTS, {} if facts is not None else None)
    if isinstance(inputs, Mapping):
        return _counted(record._replace(inputs=inputs))
    wrong_type = Refusal(_INPUTS, InputCode.WRONG_TYPE.value, f"{show(inputs)} is not an object of inputs")
    return record._replace(refused=(*refused, wrong_type))


def _facts(program: Program, value: object) -> tuple[list[object] | None, tuple[Refusal, ...]]:
    if value is None:
        return None, ()
    if not program.kinds:
        message = f"`{program.id}` declares no facts"
        return None, (Refusal(FACTS, InputCode.UNKNOWN_INPUT.value, message),)
    if not isinstance(value, list):
        message = f"{show(value)} is not a list of facts"
        return [], (Refusal(FACTS, InputCode.WRONG_TYPE.value, message),)
    if len(value) > MAX_FACTS:
        message = f"{len(value):,} facts of one subject; at most {MAX_FACTS:,} are read"
        return [], (Refusal(FACTS, RowCode.TOO_MANY_FACTS.value, message),)
    return value, ()


def _subject(value: Mapping[str, object]) -> tuple[str | None, tuple[Refusal, ...]]:
    subject = value.get(SUBJECT)
    if missing(subject):
        return None, ()
    problem = subject_problem(subject) if isinstance(subject, str) else f"{show(subject)} is not a text"
    if problem:
        return None, (Refusal(SUBJECT, InputCode.WRONG_TYPE.value, problem),)
    return str(subject), ()


def _moment(frame: Mapping[str, object]) -> tuple[Moment | None, tuple[Refusal, ...]]:
    """Read `as_of`: a day, or where there are facts a moment as well."""
    value = frame.get(_AS_OF)
    if missing(value):
        return None, ()
    day = read_day(value)
    if day is not None:
        return end_of(day), ()
    if frame.get(FACTS) is None:
        message = f"{show(value)} is not a day written as year-month-day"
        return None, (Refusal(_AS_OF, InputCode.WRONG_TYPE.value, message),)
    moment = read_moment(value)
    if moment is None:
        message = f"{show(value)} is not a day, or a time such as `2026-01-31T10:00:00Z`"
        return None, (Refusal(_AS_OF, InputCode.WRONG_TYPE.value, message),)
    return moment, ()


def _counted(record: Record) -> Record:
    count = len(record.inputs or ())
    if count <= MAX_INPUTS:
        return record
    message = f"{count} inputs in one subject; at most {MAX_INPUTS} are read"
    refusal = Refusal("", RowCode.TOO_MANY_INPUTS.value, message)
    return record._replace(inputs=None, refused=(*record.refused, refusal))


def _misplaced(name: str) -> Refusal:
    message = f"{quoted(name)} stands beside `inputs`, not in it; {suggestion(name, _FRAME)}"
    return Refusal(one_line(name), InputCode.UNKNOWN_INPUT.value, message)
