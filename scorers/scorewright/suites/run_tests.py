"""Run tests: score each subject and compare the answer with everything that is expected of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scorewright.results import Invalid, Score
from scorewright.scoring import Account, Evaluation, Scorer, evaluate
from scorewright.semantics.signals import MeasuredFacts
from scorewright.suites.expectations import INVALID, ExpectationMismatch, got, name_of, same
from scorewright.suites.flat_tests import FlatTest
from scorewright.suites.outcome_parts import part_text
from scorewright.validation import kinds_of, read_facts

TOLD = 3
"""How many mismatches one line tells."""


@dataclass(frozen=True, slots=True)
class Result:
    """A test with its answer, and each expectation that the answer does not meet.

    `inputs` are the answers that were scored; `measured` is what facts said, and is empty without them.
    """

    test: FlatTest
    answer: Score | Invalid
    mismatches: tuple[ExpectationMismatch, ...]
    inputs: Mapping[str, object]
    measured: MeasuredFacts

    @property
    def passed(self) -> bool:
        """Return whether the answer is as expected."""
        return not self.mismatches


def run(tests: Iterable[FlatTest], scorer: Scorer) -> Iterator[Result]:
    """Run tests in their order."""
    for test in tests:
        found = _evaluate(test, scorer)
        mismatches = tuple(_mismatches(test, found))
        yield Result(test, found.answer, mismatches, found.inputs, found.measured)


def _evaluate(test: FlatTest, scorer: Scorer) -> Evaluation:
    if test.facts is not None:
        facts = read_facts(kinds_of(scorer.program.kinds), test.facts)
        return evaluate(scorer, Account(facts, test.moment, test.inputs), strict=True)
    answer = scorer.score(test.inputs, as_of=test.as_of, strict=True)
    signals = {item.id: () for item in scorer.program.signals if test.inputs.get(item.id) is True}
    return Evaluation(answer, MeasuredFacts({}, signals), (), test.inputs)


def _mismatches(test: FlatTest, found: Evaluation) -> Iterator[ExpectationMismatch]:
    answer = found.answer
    for item in test.expected:
        part = got(item.kind, item.key, answer, found.measured)
        if not same(item.kind, item.value, part):
            yield ExpectationMismatch(name_of(item.kind, item.key), item.value, part, item.path)
    expected = {item.key for item in test.expected if item.kind == INVALID}
    for error in answer.errors if isinstance(answer, Invalid) else ():
        if error.input not in expected:
            yield ExpectationMismatch(name_of(INVALID, error.input), None, str(error.code), test.path)


def sentence(mismatches: Sequence[ExpectationMismatch]) -> str:
    """Write in one line what was expected and what came."""
    told = [f"expected {m.what} {part_text(m.expected)}, got {part_text(m.got)}" for m in mismatches[:TOLD]]
    more = len(mismatches) - TOLD
    return "; ".join([*told, f"and {more} more"] if more > 0 else told)
