"""Score the subjects of a file one by one, each outcome written once and shared."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scorewright.cli.file_summary import FileTally
from scorewright.cli.rows.base import Rows
from scorewright.program.fact import end_of
from scorewright.records import Record, refusals
from scorewright.results import Checked, Invalid, Score
from scorewright.scoring import Account, Scorer, evaluate
from scorewright.semantics.signals import MeasuredFacts
from scorewright.validation import kinds_of, read_facts

KEPT = 4096
"""The most outcomes whose written form is kept."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all subjects of a file share; `ignored` are columns that the program does not declare."""

    as_of: date
    strict: bool = False
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class _Kept:
    """An outcome, its written form, and how many subjects shared it since it was last counted."""

    score: Score
    prepared: Any
    count: int = 0


class Scoring:
    """Scores records, writes each and counts all; memory is bounded whatever their number."""

    def __init__(self, scorer: Scorer, rows: Rows, setting: Setting) -> None:
        self.tally = FileTally(scorer.program)
        self._scorer = scorer
        self._rows = rows
        self._setting = setting
        self._kept: dict[Hashable, _Kept] = {}

    def all(self, records: Iterable[Record]) -> FileTally:
        """Score everything, in order."""
        for record in records:
            self._one(record)
        self._rows.end()
        self._count()
        return self.tally

    def _one(self, record: Record) -> None:
        inputs, setting = record.inputs, self._setting
        self.tally.brought(record)
        if inputs is None:
            self._refuse(record, ())
            return
        as_of = record.as_of or setting.as_of
        found, measured = self._answer(record, inputs, as_of)
        if not setting.strict:
            declared = self._scorer.declared
            ignored = declared.missed_by(inputs) if isinstance(found, Invalid) else found.unknown_inputs
            self.tally.ignored(ignored)
        if isinstance(found, Invalid):
            self._refuse(record, found.errors)
            return
        if record.refused:
            self._refuse(record, ())
            return
        self.tally.unsent += found.no_inputs
        # The kept score holds its outcome, so that no other outcome can have its identity.
        key = (id(found.outcome), as_of, found.unknown_inputs, found.no_inputs)
        kept = self._kept.get(key) or self._keep(key, found)
        kept.count += 1
        self._rows.scored(record, kept.prepared, measured)

    def _answer(
        self, record: Record, inputs: Mapping[str, object], as_of: date
    ) -> tuple[Checked[Score], MeasuredFacts | None]:
        subject, strict = record.subject or "", self._setting.strict
        if record.facts is None:
            score = self._scorer.score(inputs, subject=subject, as_of=as_of, strict=strict, needs_inputs=True)
            return score, None
        facts = read_facts(kinds_of(self._scorer.program.kinds), record.facts)
        moment = end_of(as_of) if record.moment is None else record.moment
        found = evaluate(self._scorer, Account(facts, moment, inputs, subject), strict=strict)
        return found.answer, found.measured

    def _keep(self, key: Hashable, score: Score) -> _Kept:
        if len(self._kept) >= KEPT:
            self._count()
        if self._setting.ignored:
            score = score._replace(unknown_inputs=(*self._setting.ignored, *score.unknown_inputs))
        self._kept[key] = kept = _Kept(score, self._rows.prepare(score))
        return kept

    def _refuse(self, record: Record, errors: Any) -> None:
        found = refusals(record, errors)
        self.tally.refuse(record, found)
        self._rows.refused(record, found)

    def _count(self) -> None:
        for kept in self._kept.values():
            self.tally.add(kept.score.outcome, kept.count)
            self.tally.saw(kept.score.as_of)
        self._kept.clear()
