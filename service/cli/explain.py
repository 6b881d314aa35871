"""`scorewright explain`: one subject as a person would want to read it."""

import argparse
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scorers.answer import answer
from scorers.load import Loaded
from scorers.program import Program
from scorers.records.cells import column
from scorers.records.json_records import JsonRecords
from scorers.records.record import Record, Refusal, refusals
from scorers.result import Invalid, Score
from scorers.scorer import Scorer
from scorers.suggest import suggestion
from service.cli.arguments import add_as_of, add_engine, add_rules, today
from service.cli.command import CLEAN, FINDINGS, Wrong, reason
from service.cli.explanation import render
from service.cli.reporters.shown import shown
from service.cli.rulebooks import load_rulebook
from service.cli.streams import Paint, Streams

PLAIN_WIDTH, MOST_WIDTH = 80, 100

_EPILOG = """\
The text of --input is read as a CSV cell is (see `scorewright score --help`).
--file takes one JSON object, laid out as you like: the inputs, or
{"subject_id", "as_of", "inputs"} around them.

exit codes: 0 scored, 1 invalid inputs, 2 wrong usage or a file that cannot be
used.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `explain` was asked."""

    rulebook: str
    rules: Path
    inputs: tuple[tuple[str, str], ...]
    file: str | None
    subject: str | None
    as_of: date | None
    format: str
    engine: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument(
        "rulebook", metavar="RULEBOOK", help="id of a rulebook in --rules, or path of its file"
    )
    add_rules(parser)
    parser.add_argument(
        "--input", metavar="NAME=VALUE", dest="inputs", action="append", type=_pair, default=[],
        help="one answer, as often as needed; without a value it is missing",
    )  # fmt: skip
    parser.add_argument("--file", metavar="FILE", help="answers from a JSON file, `-` for standard input")
    parser.add_argument("--subject", metavar="ID", help="whom the answers are about")
    add_as_of(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="of the answer (default: text)"
    )
    add_engine(parser)


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(
        arguments.rulebook,
        arguments.rules,
        tuple(arguments.inputs),
        arguments.file,
        arguments.subject,
        arguments.as_of,
        arguments.format,
        arguments.engine,
    )


def run(options: Options, streams: Streams) -> int:
    """Score the subject and explain the answer."""
    loaded = load_rulebook(options.rulebook, options.rules, streams, options.engine)
    record = _record(options, loaded.program, streams)
    found = _score(options, loaded.program, record)
    if isinstance(found, Score):
        streams.out.write(_answer(found, loaded, options.format, streams))
        return CLEAN
    streams.out.write(_invalid(found, record, loaded.program, options.format, streams.paint))
    return FINDINGS


def _score(options: Options, program: Program, record: Record) -> Score | tuple[Refusal, ...]:
    as_of = options.as_of or record.as_of or today()
    if record.inputs is None:
        return record.refused
    found = Scorer(program, options.engine).score(record.inputs, subject=record.subject or "", as_of=as_of)
    if isinstance(found, Invalid):
        return refusals(record, found.errors)
    return record.refused or found


def _record(options: Options, program: Program, streams: Streams) -> Record:
    record = Record(1, None, {}) if options.file is None else _read(options.file, program, streams)
    if record.inputs is None:
        return record
    inputs = {**record.inputs, **_typed(options.inputs, program)}
    return record._replace(inputs=inputs, subject=options.subject or record.subject)


def _read(file: str, program: Program, streams: Streams) -> Record:
    try:
        data = streams.stdin.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise Wrong(f"cannot read {shown(file)}: {reason(error)}") from None
    records = JsonRecords(io.BytesIO(), program)
    return records.read(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b" ").replace(b"\n", b" "), 1)


def _typed(pairs: tuple[tuple[str, str], ...], program: Program) -> Mapping[str, object]:
    items = {item.name: item for item in program.inputs}
    names = [name for name, _ in pairs]
    for name in names:
        if name not in items:
            raise Wrong(f"`{shown(name)}` is not an input of `{program.id}`", suggestion(name, items))
        if names.count(name) > 1:
            raise Wrong(f"input `{shown(name)}` is given twice")
    return {name: column(items[name])[text] for name, text in pairs}


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"`{shown(text)}` is not written as NAME=VALUE")
    return name.strip(), value


def _answer(score: Score, loaded: Loaded, form: str, streams: Streams) -> str:
    if form == "json":
        return _dump({"subject_id": score.subject or None, "answer": answer(score)})
    wide = PLAIN_WIDTH
    if streams.out.isatty():
        wide = min(max(shutil.get_terminal_size().columns, 60), MOST_WIDTH)
    return render(score, loaded, streams.paint, wide)


def _invalid(found: tuple[Refusal, ...], record: Record, program: Program, form: str, paint: Paint) -> str:
    if form == "json":
        told = [{"input": r.input, "code": r.code, "message": r.message} for r in found]
        return _dump({"subject_id": record.subject, "invalid": told})
    count = "1 answer" if len(found) == 1 else f"{len(found)} answers"
    lines = [f"{paint(f'{count} cannot be used', 'bad')}, so `{program.id}` gives no score:"]
    wide = max(len(refusal.input) for refusal in found)
    for refusal in found:
        name = paint(f"{shown(refusal.input):<{wide}}", "yellow")
        lines.append(f"  {name}  {shown(refusal.message)} ({refusal.code})")
    return "".join(f"{line}\n" for line in lines)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
