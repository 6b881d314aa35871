"""Go as many ways to the next band as are asked for: each is given its answers, which are then scored.

Rulebooks are generated from seeds, so that a run can be repeated and parted: half of few possible answers,
half with numbers, dates and texts of many. The fast engine names the ways; the law, step by step, scores.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from random import Random
from time import monotonic

from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.engines.reference import ReferenceEngine
from scorewright.program.condition import Value
from scorewright.program.program import Input, Program, Type
from scorewright.results.outcome import Invalid, NextBand, Outcome
from scorewright.semantics.earned_points import earned
from scorewright.semantics.input_moves import Moves
from scorewright.semantics.subject_totals import score
from scorewright.validation.inputs import check, validate
from tests.properties import sharing
from tests.properties.carried_out import witness
from tests.properties.subjects import candidates, constants, forms
from tests.written import AS_OF

SUBJECTS = 300
"""How many subjects are brought to one rulebook."""

SEEDS = 10
"""How many rulebooks are one piece of work."""


@dataclass(frozen=True)
class Asked:
    """A rulebook, and the answers that its subjects are made of."""

    program: Program
    able: dict[str, Sequence[Value]]


def asked(seed: int) -> Asked:
    """Make the rulebook of a seed."""
    _, program = sharing.programs(Random(seed), wide=seed % 2 == 1)
    known = list(dict.fromkeys(constants(program)))
    return Asked(program, {item.name: able(known, item) for item in program.inputs})


def able(known: list[object], item: Input) -> Sequence[Value]:
    """List answers to an input: at the rulebook's numbers and days, and beside them."""
    if item.type is Type.LIST:
        assert item.item is not None
        return [(), *((option,) for option in item.item.options)]
    tried = dict.fromkeys(candidates(known, item, AS_OF))
    sent = {value: forms(value)[0] for value in tried if forms(value)}
    return [v for v, one in sent.items() if not isinstance(check(item, item.name, one, AS_OF), Invalid)]


def subjects(chance: Random, found: Asked) -> Iterator[dict[str, object]]:
    """Bring subjects, some of whose answers are missing."""
    seen: set[str] = set()
    for _ in range(SUBJECTS):
        raw: dict[str, object] = {}
        for item in found.program.inputs:
            if found.able[item.name] and (item.required or chance.random() < 0.7):
                raw[item.name] = forms(chance.choice(found.able[item.name]))[0]
        if repr(raw) not in seen:
            seen.add(repr(raw))
            yield raw


def go(first: int) -> Counter[str]:
    """Go every way of some rulebooks, and count."""
    told: Counter[str] = Counter()
    for seed in range(first, first + SEEDS):
        found = asked(seed)
        fast, moves = CompiledEngine(found.program), Moves(found.program)
        plain = ReferenceEngine(found.program)
        for number, raw in enumerate(subjects(Random(-seed - 1), found)):
            outcome = fast.outcome(raw, AS_OF)
            if not isinstance(outcome, Outcome) or outcome.next_band is None:
                continue
            if number % 40 == 0 and plain.outcome(raw, AS_OF) != outcome:
                told["engines differ"] += 1
                say(f"seed {seed}: engines differ on {raw}")
            told["subjects"] += 1
            told["undecided"] += outcome.next_band.undecided
            told += go_from(seed, moves, raw, outcome.next_band)
    return told


def go_from(seed: int, moves: Moves, raw: dict[str, object], above: NextBand) -> Counter[str]:
    """Go every way of one subject."""
    told: Counter[str] = Counter()
    for way in above.ways:
        told["ways"] += 1
        together = {n for c in moves.program.criteria if c.id in way.criteria for n in c.inputs}
        told["ways of several inputs"] += len(together) > 1
        if not above.edge <= way.total == total(moves, witness(moves, raw, AS_OF, way, above.edge)):
            told["failed"] += 1
            say(f"seed {seed}: {raw} does not go {way}")
    return told


def total(moves: Moves, raw: Mapping[str, object]) -> Fraction | None:
    """Score a subject by the law's own steps; None where that gives no total."""
    answers = validate(moves.program, raw, AS_OF)
    if isinstance(answers, Invalid):
        return None
    points = {c.id: earned(c, answers.known, AS_OF) for c in moves.program.criteria}
    return score(moves, answers, AS_OF, points).total


def say(line: str) -> None:
    """Tell how it goes."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> int:
    """Go ways until there are enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ways", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    given = parser.parse_args()
    told: Counter[str] = Counter()
    start = monotonic()
    firsts = count(given.first, SEEDS)
    with ProcessPoolExecutor(given.processes) as pool:
        while told["ways"] < given.ways and monotonic() - start < given.seconds:
            for one in pool.map(go, [next(firsts) for _ in range(2 * given.processes)]):
                told += one
            say(f"{told['ways']:,} ways, {told['failed']} failed")
    for name, number in sorted(told.items()):
        sys.stdout.write(f"{name:24} {number:>12,}\n")
    return 1 if told["failed"] or told["engines differ"] else 0


if __name__ == "__main__":
    sys.exit(main())
