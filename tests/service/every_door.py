"""One subject brought through every door: what comes back, in the same words."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scorewright.results.outcome import Invalid
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from scorewright.suites.run_tests import run
from scorewright.suites.suite_run import check_suite
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.cli.calling import DAY, call
from tests.service.conftest import Failure, Served, failure
from tests.service.doors import cell

Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Came:
    """What a door answers: a total and what is missing, or what is invalid; the flags where it tells any."""

    total: float | None = None
    missing: Sequence[str] = ()
    invalid: Sequence[tuple[str, str]] = ()
    flags: Sequence[str] = ()

    def __post_init__(self) -> None:
        for name in ("missing", "invalid", "flags"):
            object.__setattr__(self, name, tuple(getattr(self, name)))


@dataclass(frozen=True)
class House:
    """A rulebook in a folder, and a server with it."""

    path: Path
    served: Served

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def asking_less(self) -> "House":
        return House(self.path.with_name("less.yaml"), self.served)

    @property
    def measured(self) -> "House":
        return House(self.path.with_name("measured.yaml"), self.served)

    def write(self, name: str, text: str) -> Path:
        found = self.path.parent.parent / name
        found.write_text(text, encoding="utf-8")
        return found


def by_csv(house: House, inputs: Inputs) -> Came:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["subject_id", *inputs])
    rows.writerow(["s", *("" if value is None else cell(value) for value in inputs.values())])
    return _scored(house, house.write("subjects.csv", text.getvalue()))


def by_flat_lines(house: House, inputs: Inputs) -> Came:
    line = json.dumps({"subject_id": "s", **inputs})
    return _scored(house, house.write("subjects.jsonl", line))


def by_framed_lines(house: House, inputs: Inputs) -> Came:
    line = json.dumps({"subject_id": "s", "inputs": inputs})
    return _scored(house, house.write("subjects.jsonl", line))


def _scored(house: House, file: Path) -> Came:
    return _told(call("score", house.path, file, "--format", "jsonl", "--no-summary", "--as-of", DAY).out)


def by_explain_file(house: House, inputs: Inputs) -> Came:
    file = house.write("subject.json", json.dumps({"subject_id": "s", "inputs": inputs}, indent=2))
    return _told(call("explain", house.path, "--file", file, "--format", "json", "--as-of", DAY).out)


def by_explain_options(house: House, inputs: Inputs) -> Came:
    pairs = [f"{name}={'' if value is None else cell(value)}" for name, value in inputs.items()]
    options = [word for pair in pairs for word in ("--input", pair)]
    return _told(call("explain", house.path, *options, "--format", "json", "--as-of", DAY).out)


def _told(text: str) -> Came:
    told = json.loads(text)
    if "invalid" in told:
        return Came(invalid=[(item["input"], item["code"]) for item in told["invalid"]])
    found = told["answer"]
    return Came(found.get("total"), found.get("missing", []), flags=found.get("flags", []))


def by_suite(house: House, inputs: Inputs) -> Came:
    """Find what a suite must expect: what it says of an expectation that cannot be met."""
    (loaded,), _ = load_paths([house.path])
    case = {"name": "one", "as_of": DAY, "inputs": dict(inputs), "expect": {"status": "scored"}}
    suite = house.write("suite.yaml", json.dumps({"tests_for": house.id, "cases": [case]}))
    suited = check_suite(suite, loaded.program)
    assert not suited.report.diagnostics, suited.report
    (result,) = run(suited.tests, Scorer(loaded.program))
    if isinstance(result.answer, Invalid):
        return Came(invalid=[(error.input, str(error.code)) for error in result.answer.errors])
    told = result.answer.outcome
    total = None if told.total is None else float(told.total)
    return Came(total, list(told.missing), flags=result.answer.flags())


def by_score(house: House, inputs: Inputs, *, strict: bool = False) -> Came:
    asked = pb.ScoreRequest(rulebooks=[house.id], as_of=DAY, subject=_subject(inputs), strict=strict)
    try:
        (answer,) = house.served.scoring.Score(asked, timeout=30).answers
    except Exception:
        return _refused(failure(lambda: house.served.scoring.Score(asked, timeout=30)))
    return _answered(answer)


def by_batch(house: House, inputs: Inputs, *, strict: bool = False) -> Came:
    asked = pb.ScoreBatchRequest(rulebooks=[house.id], as_of=DAY, subjects=[_subject(inputs)], strict=strict)
    (result,) = house.served.scoring.ScoreBatch(asked, timeout=30).results
    return _slot(result.error, result.answers)


def by_stream(house: House, inputs: Inputs, *, strict: bool = False) -> Came:
    asked = pb.ScoreStreamRequest(rulebooks=[house.id], as_of=DAY, subject=_subject(inputs), strict=strict)
    (result,) = house.served.scoring.ScoreStream(iter([asked]), timeout=30)
    return _slot(result.error, result.answers)


def by_account(house: House, inputs: Inputs) -> Came:
    asked = pb.EvaluateAccountRequest(rulebooks=[house.id], as_of=DAY, account="s")
    asked.inputs.update(inputs)
    try:
        (found,) = house.served.signals.EvaluateAccount(asked, timeout=30).answers
    except Exception:
        return _refused(failure(lambda: house.served.signals.EvaluateAccount(asked, timeout=30)))
    return _answered(found.answer)


def _subject(inputs: Inputs) -> pb.Subject:
    subject = pb.Subject(id="s")
    subject.inputs.update(inputs)
    return subject


def _refused(failed: Failure) -> Came:
    fields = [(field.removeprefix("inputs."), words.partition(":")[0]) for field, words in failed.bad_request]
    return Came(invalid=fields)


def _slot(error: pb.SlotError, answers: Sequence[pb.Answer]) -> Came:
    if error.code:
        return Came(invalid=[(invalid.input, invalid.code) for invalid in error.invalid])
    return _answered(answers[0])


def _answered(answer: pb.Answer) -> Came:
    total = answer.total if answer.HasField("total") else None
    return Came(total, list(answer.missing), flags=list(answer.flags))


Door = Callable[[House, Inputs], Came]

DOORS: Final[Mapping[str, Door]] = {
    "CSV": by_csv,
    "JSON lines, flat": by_flat_lines,
    "JSON lines, framed": by_framed_lines,
    "explain --file": by_explain_file,
    "explain --input": by_explain_options,
    "suite": by_suite,
    "Score": by_score,
    "ScoreBatch": by_batch,
    "ScoreStream": by_stream,
    "EvaluateAccount": by_account,
}
