"""What to say about a whole file of subjects: what it lacks, or has too much, or twice."""

from collections.abc import Iterator

from scorewright.cli.file_summary import FileTally
from scorewright.cli.findings import counted
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Paint
from scorewright.cli.subject_file import Records
from scorewright.records import CsvRecords, did_you_mean
from scorewright.validation import Declared, asked

_LISTED = 20


def notes(tally: FileTally, records: Records, paint: Paint) -> str:
    """Write the notes, a line each."""
    told = [*(_of_table(tally, records) if isinstance(records, CsvRecords) else _of_lines(tally))]
    told += [*_undeclared(tally), *_subjects(tally)]
    return "".join(f"{paint('note:', 'note')} {line}\n" for line in told)


def _of_table(tally: FileTally, records: CsvRecords) -> Iterator[str]:
    header, rows = records.header, records.rows
    if rows.declared:
        yield f"the first line says `sep={shown(rows.delimiter)}`; the names of the columns stand below it"
    if rows.odd:
        yield f"the columns are parted by {_PARTS[rows.delimiter]}, though the first line has a comma"
    yield from (f"column `{shown(name)}` is missing, for every subject" for name in header.absent)
    for name in header.undeclared[:_LISTED]:
        meant = did_you_mean(name, tally.program)
        yield f"column `{shown(name)}` is not an input and was ignored; {meant}"
    yield from (f"column {index + 1} has no name and was ignored" for index in header.unnamed[:_LISTED])
    if rows.empty:
        yield f"{counted(rows.empty, 'row')} of empty cells only, passed over: no subject stands there"
    if not tally.rows:
        yield "there is no subject below the names of the columns"


_PARTS = {";": "semicolons (`;`)", "\t": "tabs", "|": "`|`"}


def _of_lines(tally: FileTally) -> Iterator[str]:
    if tally.given is not None:
        absent = [name for name in asked(tally.program) if name not in tally.given]
        yield from (f"`{shown(name)}` is missing, for every subject" for name in absent[:_LISTED])
        yield from _more(len(absent))


def _undeclared(tally: FileTally) -> Iterator[str]:
    names = sorted(tally.undeclared, key=lambda name: (-tally.undeclared[name], name))
    for name, (what, meant) in zip(names, Declared.by(tally.program).told(names[:_LISTED]), strict=False):
        many = counted(tally.undeclared[name], "subject")
        yield f"{shown(what)} and was ignored, in {many}; {shown(meant)}"
    yield from _more(len(names) + tally.more_undeclared)


def _more(count: int) -> Iterator[str]:
    if count > _LISTED:
        yield f"and {count - _LISTED:,} more"


def _subjects(tally: FileTally) -> Iterator[str]:
    twice = tally.twice
    if twice.count:
        named = [f"`{shown(subject)}` in line {line}" for subject, line in twice.examples]
        more = f" and {twice.count - len(named):,} more" if twice.count > len(named) else ""
        repeat = "1 line has a subject id" if twice.count == 1 else f"{twice.count:,} lines have a subject id"
        yield f"{repeat} that stood before, so that it stands twice: {', '.join(named)}{more}"
    if twice.beyond:
        yield f"subject ids were compared with {twice.most:,} of them, not with {twice.beyond:,} later ones"
    if tally.unsent:
        yield f"{counted(tally.unsent, 'subject')} without a single input (flag `no_inputs`)"
    if tally.nameless > 1:
        yield "subjects without a `subject_id` that answer alike share the idempotency keys of their actions"
