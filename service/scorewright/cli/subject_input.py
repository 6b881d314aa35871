"""The one subject that `explain` is asked about: answers, and what happened."""

import codecs
import io
from collections.abc import Mapping
from dataclasses import dataclass

from scorewright.cli.command import UsageError, reason
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Streams
from scorewright.diagnostics import suggestion
from scorewright.program import Program
from scorewright.records import JsonRecords, Record, column, read_fact_lines
from scorewright.rulebook import open_file


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the answers and facts of a subject stand; files may be `-` for standard input.

    The facts of an `account` stand in a database: of this URL, or where it is None, the one of a server here.
    """

    inputs: tuple[tuple[str, str], ...]
    file: str | None
    facts: str | None
    subject: str | None
    account: str | None = None
    database: str | None = None

    @property
    def names_nothing(self) -> bool:
        """Return whether neither answers nor facts are given or said to be anywhere."""
        return not self.inputs and self.file is self.facts is self.account is self.database is None


def read_record(asked: Asked, program: Program, streams: Streams) -> Record:
    """Read the subject, without the facts of a database; what cannot be used stands in its refusals."""
    if asked.database is not None and asked.account is None:
        raise UsageError("--database needs --account", "name the account whose facts are asked")
    if asked.file == asked.facts == "-":
        raise UsageError("--file and --facts cannot both be standard input")
    record = Record(1, None, {}) if asked.file is None else _read(asked.file, program, streams)
    if asked.account is not None:
        record = _of_account(record, asked.account, asked, program)
    if asked.facts is not None:
        record = _with_facts(record, asked.facts, program, streams)
    if record.inputs is None:
        return record
    inputs = {**record.inputs, **_typed(asked.inputs, program)}
    return record._replace(inputs=inputs, subject=asked.subject or record.subject)


def _of_account(record: Record, account: str, asked: Asked, program: Program) -> Record:
    _demand_kinds(program, "--account")
    if record.facts is not None:
        raise UsageError("facts are given twice", "leave them out of --file, or leave out --account")
    for option, given in (("--facts", asked.facts), ("--subject", asked.subject)):
        if given is not None:
            raise UsageError(f"--account says what {option} would", "leave out one of the two")
    return record._replace(subject=account)


def _demand_kinds(program: Program, option: str) -> None:
    if not program.kinds:
        raise UsageError(
            f"`{program.id}` declares no facts", f"leave out {option}, or explain another rulebook"
        )


def _with_facts(record: Record, file: str, program: Program, streams: Streams) -> Record:
    _demand_kinds(program, "--facts")
    if record.facts is not None:
        raise UsageError("facts are given twice", "leave them out of --file, or leave out --facts")
    facts, refused = read_fact_lines(_bytes(file, streams))
    return record._replace(facts=facts, refused=(*record.refused, *refused))


def _read(file: str, program: Program, streams: Streams) -> Record:
    records = JsonRecords(io.BytesIO(), program)
    data = _bytes(file, streams).removeprefix(codecs.BOM_UTF8)
    if not data.strip():
        where = "standard input" if file == "-" else shown(file)
        raise UsageError(f"there is nothing in {where}", "write one JSON object: the inputs of a subject")
    return records.read(data.replace(b"\r", b" ").replace(b"\n", b" "), 1)


def _bytes(file: str, streams: Streams) -> bytes:
    try:
        if file == "-":
            return streams.stdin.read()
        with io.BufferedReader(open_file(file, pipes=True)) as stream:
            return stream.read()
    except OSError as error:
        raise UsageError(f"cannot read {shown(file)}: {reason(error)}") from None


def _typed(pairs: tuple[tuple[str, str], ...], program: Program) -> Mapping[str, object]:
    items = {item.name: item for item in program.inputs}
    names = [name for name, _ in pairs]
    for name in names:
        if name not in items:
            raise UsageError(f"`{shown(name)}` is not an input of `{program.id}`", suggestion(name, items))
        if names.count(name) > 1:
            raise UsageError(f"input `{shown(name)}` is given twice")
    return {name: column(items[name])[text] for name, text in pairs}
