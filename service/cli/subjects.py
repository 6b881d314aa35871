"""The file of subjects: opened, its format found, and what to say about it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from scorers.program import Program
from scorers.records.csv_records import CsvRecords, not_csv, open_csv
from scorers.records.header import Problem, did_you_mean
from scorers.records.json_records import JsonRecords
from service.cli.command import Wrong, reason
from service.cli.reporters.shown import shown
from service.cli.streams import Paint
from service.cli.tally import Tally

FORMATS = ("csv", "jsonl")
Records = CsvRecords | JsonRecords
Stream: TypeAlias = "io.BufferedReader[Any]"

_BY_SUFFIX = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_A_LIST = Problem(
    "not-json-lines",
    1,
    1,
    "this is a JSON list",
    "write each object on a line of its own, without `[ ]` and commas",
)
_BUFFER = 1024 * 1024
_LISTED = 20


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """An open file of subjects; the size is 0 where it is not known."""

    name: str
    kind: str
    stream: Stream
    size: int = 0

    def records(self, program: Program, *, strict: bool) -> Records | tuple[Problem, ...]:
        """Give the subjects, or why there are none to give."""
        problem = not_csv(self.stream.peek(4)[:4])
        if problem:
            return (problem,)
        if self.kind == "jsonl":
            return (_A_LIST,) if _first(self.stream) == b"[" else JsonRecords(self.stream, program)
        return open_csv(self.stream, program, strict=strict)


@contextmanager
def open_subjects(file: str, kind: str | None, stdin: BinaryIO) -> Iterator[SubjectFile]:
    """Open a file, or standard input for `-`."""
    if file == "-":
        if stdin.isatty():
            raise Wrong(
                "no file is named, and nothing is piped in", "name a file of subjects, or pipe one in"
            )
        piped = _buffered(stdin)
        yield SubjectFile("standard input", kind or _sniffed(piped), piped)
        return
    try:
        opened = io.BufferedReader(io.FileIO(file), _BUFFER)
    except OSError as error:
        raise Wrong(f"cannot read {shown(file)}: {reason(error)}") from None
    except ValueError:
        raise Wrong(f"cannot read {shown(file)}: bad file name") from None
    with opened as stream:
        found = kind or _BY_SUFFIX.get(Path(file).suffix.lower()) or _sniffed(stream)
        yield SubjectFile(file, found, stream, Path(file).stat().st_size)


def unusable(problems: tuple[Problem, ...], name: str, paint: Paint) -> str:
    """Say why a file cannot be used at all, every problem at once."""
    lines = []
    for problem in problems[:_LISTED]:
        place = f"{shown(name)}:{problem.line}:{problem.column}"
        lines.append(f"{place}: {paint(f'error[{problem.code}]', 'bad')}: {shown(problem.message)}")
        lines += [f"  {paint('help:', 'note')} {shown(problem.help)}"] if problem.help else []
    more = len(problems) - _LISTED
    lines += [f"and {more} more"] if more > 0 else []
    return "".join(f"{line}\n" for line in lines)


def columns(records: Records) -> dict[str, int]:
    """Give the position of every input's column, from 1."""
    if isinstance(records, JsonRecords):
        return {}
    return {name: index + 1 for name, index in records.header.inputs}


def notes(tally: Tally, records: Records, paint: Paint) -> str:
    """Say what the whole file lacks or has too much."""
    lines = []
    if isinstance(records, CsvRecords):
        header, program = records.header, tally.program
        lines += [f"column `{shown(name)}` is missing, for every subject" for name in header.absent]
        lines += [
            f"column `{shown(name)}` is not an input and was ignored; {did_you_mean(name, program)}"
            for name in header.undeclared[:_LISTED]
        ]
        lines += [f"column {index + 1} has no name and was ignored" for index in header.unnamed[:_LISTED]]
    if tally.nameless > 1:
        lines.append(
            "subjects without a `subject_id` that answer alike share the idempotency keys of their actions"
        )
    return "".join(f"{paint('note:', 'note')} {line}\n" for line in lines)


def _sniffed(stream: Stream) -> str:
    return "jsonl" if _first(stream) in (b"{", b"[") else "csv"


def _first(stream: Stream) -> bytes:
    """Give the first character that is neither space nor byte order mark."""
    return stream.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _buffered(stream: BinaryIO) -> Stream:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(io.BytesIO(stream.read()))
