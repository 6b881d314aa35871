"""The Rete engine against the others on the same scorecards, and what a firing costs by its rules.

Durable and reference are first held to be equal, subject by subject. The engines differ in how conditions are
asked; the rest (checks, bounds, reasons, actions) is the same law for all, and `compiled` shares its answers
between subjects that answered alike.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from benchmarks.population import Subject, realistic
from benchmarks.rivals import CARDS, rivals
from benchmarks.rulebooks import program
from benchmarks.timing import Contender, Measured, race, table
from scorewright.engines.compiled.closures import asker
from scorewright.engines.durable.rete_engine import Boxes, DurableEngine
from scorewright.engines.durable.rule_language import Rule, RuleFact, RulePattern, RuleSign, RuleTest
from scorewright.engines.durable.rule_plan import plan
from scorewright.engines.durable.ruleset import Box, here
from scorewright.engines.workers import Workers
from scorewright.program.earning import ConditionPoints
from scorewright.program.program import Program
from scorewright.scoring.scorer import Scorer
from scorewright.semantics.conditions import Environment, holds
from scorewright.validation.inputs import Answers, validate

AS_OF = date(2026, 1, 31)
ROUNDS = 7
SUBJECTS = 400
SHORT, FULL, RULES = "durable, short", "durable, full", "rules of `durable`"


def main() -> None:
    workers = Workers(1)
    try:
        for rulebook in ("lead_points_100", "fit_intent_taskflow"):
            card = program(rulebook)
            subjects = realistic(card, SUBJECTS)
            _hold(card, subjects)
            measured = race(_contenders(card, workers), lambda _, found=subjects: found, ROUNDS)
            print(table(f"{rulebook}: {SUBJECTS} realistic subjects over and over", measured, (SHORT, FULL)))
            print(
                f"\n{table(f'{rulebook}: its conditions alone', _asked(card, subjects, workers), (RULES,))}\n"
            )
    finally:
        workers.close()
    print(firings())


def _hold(card: Program, subjects: Sequence[Subject]) -> None:
    plain, rete = Scorer(card, "reference"), Scorer(card, "durable")
    for subject in subjects:
        assert rete.score(subject, as_of=AS_OF) == plain.score(subject, as_of=AS_OF), subject


def _contenders(card: Program, workers: Workers) -> dict[str, Contender]:
    found: dict[str, Contender] = {}
    engines = {
        "compiled": Scorer(card),
        "reference": Scorer(card, "reference"),
        "durable": Scorer(card, "durable"),
        "durable in a worker": Scorer(card, partial(DurableEngine, run=workers.open)),
    }
    for name, scorer in engines.items():
        found[f"{name}, full"] = partial(_full, scorer)
        found[f"{name}, short"] = partial(_short, scorer)
    if card.id in CARDS:
        found |= {name: rival.run for name, rival in rivals(CARDS[card.id]).items()}
    return found


def _full(scorer: Scorer, subject: Subject) -> object:
    return scorer.score(subject, as_of=AS_OF)


def _short(scorer: Scorer, subject: Subject) -> object:
    return scorer.summary(subject, as_of=AS_OF)


def _asked(card: Program, subjects: Sequence[Subject], workers: Workers) -> dict[str, Measured]:
    """Race the ways to tell which conditions of criteria are true, false or unknown."""
    conditions = [c.earning.condition for c in card.criteria if isinstance(c.earning, ConditionPoints)]
    functions = [asker(condition) for condition in conditions]
    answers = [found for subject in subjects if isinstance(found := validate(card, subject, AS_OF), Answers)]
    made = plan(card)
    here_, apart = (Boxes(made, made.of_answers, run) for run in (here, workers.open))
    contenders: dict[str, Contender] = {
        "functions of `compiled`": lambda known: [ask(known, AS_OF) for ask in functions],  # type: ignore[arg-type]  # answers that were checked
        "the law of `reference`": lambda known: [holds(c, Environment(known, AS_OF)) for c in conditions],  # type: ignore[arg-type]  # see above
        RULES: lambda known: here_.told(Environment(known, AS_OF)),  # type: ignore[arg-type]  # see above
        f"{RULES} in a worker": lambda known: apart.told(Environment(known, AS_OF)),  # type: ignore[arg-type]  # see above
    }
    return race(contenders, lambda _: [found.known for found in answers], ROUNDS)


def firings() -> str:
    """Time one fact in one box, by how many rules there are and how many of them fire."""
    lines = ["one fact of 10 fields in one box of rules with two tests each, in microseconds"]
    lines.append(f"  {'rules':>6}  {'none fires':>10}  {'all fire':>10}  {'a firing':>10}")
    for count in (1, 7, 15, 30, 60):
        box = Box([_rule(n) for n in range(count)], {"q": {f"x{n}": int for n in range(10)}})
        contenders: Mapping[str, Contender] = {"none": partial(_fire, box, 0), "all": partial(_fire, box, 1)}
        measured: Mapping[str, Measured] = race(contenders, lambda _: [{}] * 300, ROUNDS)
        none, every = measured["none"].micros(), measured["all"].micros()
        lines.append(f"  {count:>6}  {none:>10.1f}  {every:>10.1f}  {(every - none) / count:>10.1f}")
        box.close()
    return "\n".join(lines)


def _rule(number: int) -> Rule:
    tests = (
        RuleTest(f"x{number % 10}", RuleSign.AT_LEAST, 1),
        RuleTest(f"x{(number + 1) % 10}", RuleSign.AT_MOST, 9 + number),
    )
    return Rule(f"r{number}", (RulePattern("a", "q", tests),))


def _fire(box: Box, value: int, _: Subject) -> object:
    return box.fire([RuleFact("q", {f"x{n}": value for n in range(10)})])
