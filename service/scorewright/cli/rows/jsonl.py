"""JSON lines: `{"subject_id", "answer"}` or `{"subject_id", "invalid"}`, one for each subject.

Beside the answer stands what facts said, where there were any: `signals` and `measured`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from scorewright.cli.stdio import Paint
from scorewright.program import Program
from scorewright.records import Record, RowRefusal
from scorewright.results import Recommended, Score, idempotency_key
from scorewright.results.outcome_json import answer
from scorewright.scoring import measured_answer, signals_answer
from scorewright.semantics.signals import MeasuredFacts

_quote = json.JSONEncoder(ensure_ascii=False).encode
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_PROBE = "a subject that stands for any other"


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An answer's JSON cut at its idempotency keys, and what each key is made of."""

    parts: tuple[str, ...]
    actions: tuple[Recommended, ...]
    as_of: date


class JsonRows:
    """One JSON object a line."""

    def __init__(self, out: TextIO, program: Program, _paint: Paint) -> None:
        self._write = out.write
        self._program = program

    def prepare(self, score: Score) -> _Prepared:
        """Write the answer once, with gaps for the keys that depend on the subject."""
        probe = score._replace(subject=_PROBE)
        text = _dumps(answer(probe))
        actions = score.outcome.actions
        parts = []
        for action in actions:
            part, key, text = text.partition(probe.idempotency_key(action))
            assert key  # INVARIANT: an answer shows the key of every action, in their order
            parts.append(part)
        return _Prepared((*parts, text), actions, score.as_of)

    def scored(self, record: Record, prepared: _Prepared, measured: MeasuredFacts | None) -> None:
        """Write one answer."""
        subject, parts = record.subject or "", prepared.parts
        if prepared.actions:
            keys = (idempotency_key(self._program.id, a, subject, prepared.as_of) for a in prepared.actions)
            body = parts[0] + "".join(key + part for key, part in zip(keys, parts[1:], strict=True))
        else:
            body = parts[0]
        name = "null" if record.subject is None else _quote(record.subject)
        said = "" if measured is None else self._said(measured)
        self._write(f'{{"subject_id":{name},"answer":{body}{said}}}\n')

    def _said(self, measured: MeasuredFacts) -> str:
        signals = _dumps(signals_answer(self._program, measured))
        return f',"signals":{signals},"measured":{_dumps(measured_answer(self._program, measured))}'

    def refused(self, record: Record, refusals: Sequence[RowRefusal]) -> None:
        """Write why a subject was not scored, with the number of a line that cannot be read at all."""
        told: dict[str, object] = {"line": record.line} if record.inputs is None else {}
        told["subject_id"] = record.subject
        told["invalid"] = [{"input": r.input, "code": r.code, "message": r.message} for r in refusals]
        self._write(f"{_dumps(told)}\n")

    def end(self) -> None:
        """Hold nothing back."""
