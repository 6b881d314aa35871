"""`scorewright explain`: one subject as a person would want to read it."""

import argparse
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scorewright.cli.arguments import add_engine, add_moment, add_rules, is_demo, now, today
from scorewright.cli.command import CLEAN, FINDINGS
from scorewright.cli.explanation import render
from scorewright.cli.explanation.action_states import standing_answer
from scorewright.cli.explanation.facts_page import Happened
from scorewright.cli.find_rulebook import load_rulebook
from scorewright.cli.reporters.shown import shown
from scorewright.cli.sample_subject import sample_subject
from scorewright.cli.stdio import Paint, Streams
from scorewright.cli.subject_input import Asked, read_record
from scorewright.program import Program
from scorewright.program.fact import Fact, Moment, day_of, end_of
from scorewright.records import FACTS, Record, RowRefusal, refusals
from scorewright.results import Checked, Invalid, Score, errors_of
from scorewright.results.outcome_json import answer
from scorewright.scoring import (
    Account,
    Loaded,
    Scorer,
    evaluate,
    facts_answer,
    measured_answer,
    signals_answer,
)
from scorewright.validation import HINTS, Declared, kinds_of, missing, read_facts

if TYPE_CHECKING:
    from scorewright.cli.account_history import AccountHistory

PLAIN_WIDTH, MOST_WIDTH = 80, 100

_EPILOG = """\
The text of --input is read as a CSV cell is (see `scorewright score --help`).
--file takes one JSON object, laid out as you like: the inputs, or
{"subject_id", "as_of", "inputs", "facts"} around them.
--facts takes what happened to one account, as JSON lines or a JSON list:
  {"fact": "api_call", "at": "2026-01-24T10:00:00Z", "calls": 12}
It is measured and asked as of --as-of; what --input or --file answers stands.
--account takes what a server recorded of one, and says how each action stands
in its ledger: open since when, due how often, resolved. Nothing is changed.
--demo without any of these takes a subject of the sample that ships: the one
that --subject names, or the first.

exit codes: 0 scored, 1 invalid inputs, 2 wrong usage or a file that cannot be
used.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What `explain` was asked."""

    rulebook: str
    rules: Path
    asked: Asked
    as_of: Moment | None
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
    parser.add_argument(
        "--facts", metavar="FILE", help="what happened, from a JSON file, `-` for standard input"
    )
    parser.add_argument("--account", metavar="ID", help="an account that a server records events of")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="where that server keeps them (default: SCOREWRIGHT_DATABASE, or sqlite:///scorewright.db);"
        " a URL with a password belongs into SCOREWRIGHT_DATABASE",
    )
    parser.add_argument("--subject", metavar="ID", help="whom the answers are about")
    add_moment(parser)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="of the answer (default: text)"
    )
    add_engine(parser)


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    return Options(
        arguments.rulebook,
        arguments.rules,
        Asked(
            tuple(arguments.inputs),
            arguments.file,
            arguments.facts,
            arguments.subject,
            arguments.account,
            arguments.database,
        ),
        arguments.as_of,
        arguments.format,
        arguments.engine,
    )


@dataclass(frozen=True, slots=True)
class _Explained:
    """A score, and what happened where there are facts."""

    score: Score
    came: Happened | None = None


def run(options: Options, streams: Streams) -> int:
    """Score the subject and explain the answer."""
    loaded = load_rulebook(options.rulebook, options.rules, streams, options.engine)
    record = _record(options, loaded.program, streams)
    found = _score(options, loaded.program, record, streams)
    if isinstance(found, _Explained):
        _note_undeclared(found.score, streams)
        streams.out.write(_answer(found, loaded, options.format, streams))
        return CLEAN
    streams.out.write(_invalid(found, record, loaded.program, options.format, streams.paint))
    return FINDINGS


def _record(options: Options, program: Program, streams: Streams) -> Record:
    if is_demo(options.rules) and options.asked.names_nothing:
        return sample_subject(program, options.asked.subject)
    return read_record(options.asked, program, streams)


def _score(
    options: Options, program: Program, record: Record, streams: Streams
) -> _Explained | tuple[RowRefusal, ...]:
    if record.inputs is None:
        # Facts that are wrong are named beside answers that cannot be read, so that all is told at once.
        return refusals(record, errors_of(_facts(program, record)))
    scorer, subject = Scorer(program, options.engine), record.subject or ""
    moment = _moment(options, record)
    recorded = _recorded(options.asked, program, moment, streams)
    evaluation = None
    if recorded is None and record.facts is None:
        answer = scorer.score(record.inputs, subject=subject, as_of=day_of(moment))
    else:
        facts = recorded.facts if recorded else _facts(program, record)
        evaluation = evaluate(scorer, Account(facts, moment, record.inputs, subject))
        answer = evaluation.answer
    if isinstance(answer, Invalid):
        return refusals(record, answer.errors)
    if record.refused:
        return record.refused
    if evaluation is None:
        return _Explained(answer)
    given = [name for name, value in record.inputs.items() if not missing(value)]
    return _Explained(answer, Happened(evaluation, moment, given, recorded.standing if recorded else None))


def _note_undeclared(score: Score, streams: Streams) -> None:
    names = score.unknown_inputs[:HINTS]
    for what, meant in Declared.by(score.program).told(names):
        line = f"{shown(what)} and was ignored; {shown(meant)}"
        streams.err.write(f"{streams.paint_err('note:', 'note')} {line}\n")


def _recorded(asked: Asked, program: Program, moment: Moment, streams: Streams) -> "AccountHistory | None":
    if asked.account is None:
        return None
    # Imported here: a database takes longer to import than any rulebook takes to explain.
    from scorewright.cli.account_history import recorded

    found = recorded(asked.account, asked.database, program, moment)
    for why in found.left_out:
        streams.err.write(f"{streams.paint_err('note:', 'note')} {shown(why)}; it is left out\n")
    return found


def _facts(program: Program, record: Record) -> Checked[tuple[Fact, ...]]:
    return read_facts(kinds_of(program.kinds), record.facts or ())


def _moment(options: Options, record: Record) -> Moment:
    if options.as_of is not None:
        return options.as_of
    if record.moment is not None:
        return record.moment
    if record.as_of is None and options.asked.account is not None:
        return now()
    return end_of(record.as_of or today())


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"`{shown(text)}` is not written as NAME=VALUE")
    return name.strip(), value


def _answer(found: _Explained, loaded: Loaded, form: str, streams: Streams) -> str:
    if form == "json":
        name = found.score.subject or None
        return _dump({"subject_id": name, "answer": answer(found.score), **_said(found)})
    return render(found.score, loaded, streams.paint, _width(streams), found.came)


def _said(found: _Explained) -> Mapping[str, object]:
    if found.came is None:
        return {}
    program, evaluation = found.score.program, found.came.evaluation
    standing = found.came.standing
    return {
        "signals": signals_answer(program, evaluation.measured),
        "measured": measured_answer(program, evaluation.measured),
        "asserted": facts_answer(evaluation.asserted),
        **({} if standing is None else {"standing": [standing_answer(one) for one in standing]}),
    }


def _width(streams: Streams) -> int:
    if not streams.out.isatty():
        return PLAIN_WIDTH
    return min(max(shutil.get_terminal_size().columns, 60), MOST_WIDTH)


def _invalid(found: tuple[RowRefusal, ...], record: Record, program: Program, form: str, paint: Paint) -> str:
    if form == "json":
        told = [{"input": r.input, "code": r.code, "message": r.message} for r in found]
        return _dump({"subject_id": record.subject, "invalid": told})
    what = "fact" if all(refusal.input.startswith(FACTS) for refusal in found) else "answer"
    count = f"1 {what}" if len(found) == 1 else f"{len(found)} {what}s"
    lines = [f"{paint(f'{count} cannot be used', 'bad')}, so `{program.id}` gives no score:"]
    wide = max(len(refusal.input) for refusal in found)
    for refusal in found:
        name = paint(f"{shown(refusal.input):<{wide}}", "yellow")
        lines.append(f"  {name}  {shown(refusal.message)} ({refusal.code})")
    return "".join(f"{line}\n" for line in lines)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
