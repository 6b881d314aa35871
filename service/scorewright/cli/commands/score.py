"""`scorewright score`: score the subjects of a CSV or JSON lines file."""

import argparse
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from scorewright.cli.arguments import add_as_of, add_engine, add_rules, is_demo, today
from scorewright.cli.command import CLEAN, FINDINGS, WRONG
from scorewright.cli.file_notes import notes
from scorewright.cli.file_summary import FileTally
from scorewright.cli.find_rulebook import load_program
from scorewright.cli.output import open_output
from scorewright.cli.progress import LARGE, watched
from scorewright.cli.rows import ROWS
from scorewright.cli.score_file import Scoring, Setting
from scorewright.cli.stdio import PLAIN, Streams
from scorewright.cli.subject_file import FORMATS, Records, SubjectFile, columns, open_subjects, unusable
from scorewright.cli.summary_page import render
from scorewright.program import Program
from scorewright.records import CsvRecords
from scorewright.rulebook import shipped_sample
from scorewright.scoring import Scorer

_EPILOG = """\
CSV: the first line names the columns, each further line is a subject.
`subject_id` names the subject, the column of a declared input holds its
answers, other columns are named and ignored. Columns are parted by commas,
semicolons or tabs, as the names in the first line tell, or a line `sep=;` above
it. What a cell holds, without the spaces around it:
  empty     missing
  boolean   true, false, yes, no, 1 or 0, in any case
  number    plain digits, at most one point, a leading minus: 1000, -2.5
  date      2026-01-31
  choice    an option, exactly as declared
  list      items parted by `;`, `[]` for none; objects as a JSON list,
            in which an optional field may be left out or null
Where semicolons or tabs part the columns, 1.000 may be a thousand. It is read
as 1 only where other cells of the column show a decimal point (12.5, 0.125);
else it is refused with both readings. Looked at are all cells before it and
50,000 rows after it (at most 16 million characters), from file or pipe alike.

A cell that cannot be read refuses its row, named by line and column; all
other rows are scored. A row of empty cells only is no subject.

JSON lines: a line is the inputs, with an optional `subject_id` and `as_of`, or
{"subject_id": "x", "as_of": "2026-01-31", "inputs": {...}}. An object in which
no key is an input is refused, since it was meant otherwise; the frame alone is
a subject that answered nothing (flag `no_inputs`, refused by --strict). With
`--format jsonl` each line gives one line: {"subject_id", "answer"} or
{"subject_id", "invalid": [{"input", "code", "message"}]}.

Below the summary stand notes: inputs that no subject has, names that are no
input (ignored), rows of empty cells, and subject ids that stand twice (compared
with the first 1,000,000 of them).

Facts, for a rulebook that declares them, need JSON lines: beside or instead of
`inputs`, "facts": [{"fact": "api_call", "at": "2026-01-24T10:00:00Z",
"calls": 12}, ...]. They are asked as of the end of the day, or of the moment
that `as_of` names; what `inputs` answers is not measured. The line of an answer
then has "signals", those that are true with the facts behind them, and
"measured" as well.

exit codes: 0 all scored, 1 some rows refused, 2 wrong usage or a file that
cannot be used.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `score` was asked."""

    rulebook: str
    file: str | None
    rules: Path
    input_format: str | None
    format: str
    as_of: date
    strict: bool
    engine: str
    output: Path | None
    summary: bool

    def subjects(self, program: Program) -> str:
        """Return the file of subjects, `-` for standard input."""
        if self.file is not None:
            return self.file
        sample = shipped_sample(program.id) if is_demo(self.rules) else None
        return "-" if sample is None else str(sample)

    def setting(self, ignored: tuple[str, ...]) -> Setting:
        """Return what all subjects share."""
        return Setting(self.as_of, self.strict, ignored)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "rulebook", metavar="RULEBOOK", help="id of a rulebook in --rules, or path of its file"
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="CSV or JSON lines; `-` (the default) is standard input, with --demo the sample that ships",
    )
    add_rules(parser)
    parser.add_argument(
        "--input-format",
        choices=FORMATS,
        help="default: by the file's extension, else by its first character",
    )
    parser.add_argument(
        "--format", choices=tuple(ROWS), default="table", help="of the output (default: table)"
    )
    add_as_of(parser)
    parser.add_argument(
        "--strict", action="store_true", help="refuse inputs that the rulebook does not declare"
    )
    add_engine(parser)
    parser.add_argument(
        "--output", metavar="FILE", type=Path, help="write here instead of to standard output"
    )
    parser.add_argument("--no-summary", action="store_true", help="leave out the summary on standard error")


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(
        arguments.rulebook,
        arguments.file,
        arguments.rules,
        arguments.input_format,
        arguments.format,
        arguments.as_of or today(),
        arguments.strict,
        arguments.engine,
        arguments.output,
        not arguments.no_summary,
    )


def run(options: Options, streams: Streams) -> int:
    """Score every subject."""
    program = load_program(options.rulebook, options.rules, streams, options.engine)
    subjects = options.subjects(program)
    with open_subjects(subjects, options.input_format, streams.stdin) as file:
        records = file.records(program, strict=options.strict)
        if isinstance(records, tuple):
            streams.err.write(unusable(records, file.name, streams.paint_err))
            return WRONG
        with open_output(options.output, streams.out, avoid=subjects) as out:
            tally = _score(Scorer(program, options.engine), file, records, out, options, streams)
    if options.summary:
        streams.err.write(render(tally, options.as_of, streams.paint_err, columns(records)))
        streams.err.write(notes(tally, records, streams.paint_err))
    return FINDINGS if tally.refused else CLEAN


def _score(
    scorer: Scorer, file: SubjectFile, records: Records, out: TextIO, options: Options, streams: Streams
) -> FileTally:
    paint = streams.paint if out is streams.out else PLAIN
    ignored = records.header.undeclared if isinstance(records, CsvRecords) else ()
    scoring = Scoring(scorer, ROWS[options.format](out, scorer.program, paint), options.setting(ignored))
    shows_bar = file.size >= LARGE and streams.err.isatty() and not out.isatty()
    if shows_bar:
        shown = watched(records, file.stream, file.size, streams.err, color=streams.paint_err.on)
        tally = scoring.all(shown)
    else:
        tally = scoring.all(records)
    out.flush()
    return tally
