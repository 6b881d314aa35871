"""The file of subjects: opened, its format found, and what to say about it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from scorewright.cli.command import UsageError, reason
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Paint
from scorewright.program import Program
from scorewright.records import CsvRecords, FileProblem, JsonRecords, not_csv, open_csv, open_json
from scorewright.rulebook import open_file

FORMATS = ("csv", "jsonl")
Records = CsvRecords | JsonRecords
Stream: TypeAlias = "io.BufferedReader[Any]"

_BY_SUFFIX = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_BUFFER = 1024 * 1024
_LISTED = 20


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """An open file of subjects; the size is 0 where it is not known."""

    name: str
    kind: str
    stream: Stream
    size: int = 0

    def records(self, program: Program, *, strict: bool) -> Records | tuple[FileProblem, ...]:
        """Return the subjects, or why there are none to give."""
        problem = not_csv(self.stream.peek(4)[:4])
        if problem:
            return (problem,)
        if self.kind == "jsonl":
            return open_json(self.stream, program)
        return open_csv(self.stream, program, strict=strict)


@contextmanager
def open_subjects(file: str, kind: str | None, stdin: BinaryIO) -> Iterator[SubjectFile]:
    """Open a file, or standard input for `-`."""
    if file == "-":
        if stdin.isatty():
            raise UsageError(
                "no file is named, and nothing is piped in", "name a file of subjects, or pipe one in"
            )
        piped = _buffered(stdin)
        yield SubjectFile("standard input", kind or _sniffed(piped), piped)
        return
    try:
        opened = io.BufferedReader(open_file(file, pipes=True), _BUFFER)
    except OSError as error:
        raise UsageError(f"cannot read {shown(file)}: {reason(error)}") from None
    except ValueError:
        raise UsageError(f"cannot read {shown(file)}: bad file name") from None
    with opened as stream:
        found = kind or _BY_SUFFIX.get(Path(file).suffix.lower()) or _sniffed(stream)
        yield SubjectFile(file, found, stream, Path(file).stat().st_size)


def unusable(problems: tuple[FileProblem, ...], name: str, paint: Paint) -> str:
    """Return why a file cannot be used at all, every problem at once."""
    lines = []
    for problem in problems[:_LISTED]:
        place = f"{shown(name)}:{problem.line}:{problem.column}"
        lines.append(f"{place}: {paint(f'error[{problem.code}]', 'bad')}: {shown(problem.message)}")
        lines += [f"  {paint('help:', 'note')} {shown(problem.help)}"] if problem.help else []
    more = len(problems) - _LISTED
    lines += [f"and {more} more"] if more > 0 else []
    return "".join(f"{line}\n" for line in lines)


def columns(records: Records) -> dict[str, int]:
    """Return the position of every input's column, from 1."""
    if isinstance(records, JsonRecords):
        return {}
    return {name: index + 1 for name, index in records.header.inputs}


def _sniffed(stream: Stream) -> str:
    return "jsonl" if _first(stream) in (b"{", b"[") else "csv"


def _first(stream: Stream) -> bytes:
    """Return the first character that is neither space nor byte order mark."""
    return stream.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _buffered(stream: BinaryIO) -> Stream:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(io.BytesIO(stream.read()))
