"""Run tests: score each subject and compare the answer with everything that is expected of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scorers.exact import text
from scorers.result import Invalid, Score
from scorers.scorer import Scorer
from scorers.suites.expectations import INVALID, Mismatch, Part, got, name_of, same
from scorers.suites.tests import Test

TOLD = 3
"""How many mismatches one line tells."""


@dataclass(frozen=True, slots=True)
class Result:
    """A test with its answer, and each expectation that the answer does not meet."""

    test: Test
    answer: Score | Invalid
    mismatches: tuple[Mismatch, ...]

    @property
    def passed(self) -> bool:
        """Tell whether the answer is as expected."""
        return not self.mismatches


def run(tests: Iterable[Test], scorer: Scorer) -> Iterator[Result]:
    """Run tests in their order."""
    for test in tests:
        answer = scorer.score(test.inputs, as_of=test.as_of, strict=True)
        yield Result(test, answer, tuple(_mismatches(test, answer)))


def _mismatches(test: Test, answer: Score | Invalid) -> Iterator[Mismatch]:
    for item in test.expected:
        part = got(item.kind, item.key, answer)
        if not same(item.kind, item.value, part):
            yield Mismatch(name_of(item.kind, item.key), item.value, part, item.path)
    expected = {item.key for item in test.expected if item.kind == INVALID}
    for error in answer.errors if isinstance(answer, Invalid) else ():
        if error.input not in expected:
            yield Mismatch(name_of(INVALID, error.input), None, error.code.value, test.path)


def part_text(part: Part) -> str:
    """Write a part of an answer as a suite would."""
    if part is None:
        return "none"
    if isinstance(part, tuple):
        return f"[{', '.join(part_text(item) for item in part)}]"
    return part if isinstance(part, str) else text(part)


def sentence(mismatches: Sequence[Mismatch]) -> str:
    """Say in one line what was expected and what came."""
    told = [f"expected {m.what} {part_text(m.expected)}, got {part_text(m.got)}" for m in mismatches[:TOLD]]
    more = len(mismatches) - TOLD
    return "; ".join([*told, f"and {more} more"] if more > 0 else told)
