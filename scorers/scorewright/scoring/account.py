"""Score an account by what happened to it: measure its facts, score the answers, follow what comes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scorewright.engines import TooManyFactsError
from scorewright.program import Input, Program
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import exact, plain
from scorewright.program.fact import Fact, Moment, day_of
from scorewright.program.signal import MAX_ROUNDS, Assertion
from scorewright.results import Checked, InputCode, InputError, Invalid, Score, errors_of
from scorewright.scoring.scorer import Scorer
from scorewright.semantics.signals import MeasuredFacts
from scorewright.validation import missing


@dataclass(frozen=True, slots=True)
class Account:
    """One account as it is asked about: its facts (see `read_facts`), the moment, and given answers."""

    facts: Checked[Sequence[Fact]]
    moment: Moment
    inputs: Mapping[str, object]
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer for an account, and how it came about.

    `measured` is what the facts say where no answer was given, with a signal that was given as true among the
    signals, without facts; `asserted` are the facts that followed from signals and actions; `inputs` are the
    answers that were scored, and `facts` those that were asked, without the ones that followed.
    """

    answer: Score | Invalid
    measured: MeasuredFacts
    asserted: tuple[Fact, ...]
    inputs: Mapping[str, object]
    # Not compared: their order, and those that came later, make no other evaluation.
    facts: Sequence[Fact] = field(default=(), compare=False)


def evaluate(scorer: Scorer, account: Account, *, strict: bool = False) -> Evaluation:
    """Score an account as of its moment; an answer that was given stands, any other is measured.

    Where facts are wrong, or more than the engine can match in time, the answer says so, with all that is
    wrong with the answers that were given.
    """
    facts = account.facts
    if isinstance(facts, Invalid):
        day = day_of(account.moment)
        alone = scorer.score(account.inputs, subject=account.subject, as_of=day, strict=strict)
        given = _given(account.inputs)
        # What was not given may yet be measured, so it is not missed.
        others = [error for error in errors_of(alone) if error.input.partition("[")[0] in given]
        return _refused(account, *facts.errors, *others)
    try:
        return _follow(scorer, facts, account, strict=strict)
    except TooManyFactsError as error:
        return _refused(account, InputError("facts", InputCode.TOO_MANY_FACTS, str(error)))


def _refused(account: Account, *errors: InputError) -> Evaluation:
    return Evaluation(Invalid(errors), MeasuredFacts({}, {}), (), account.inputs)


def _follow(scorer: Scorer, facts: Sequence[Fact], account: Account, *, strict: bool) -> Evaluation:
    """Put the facts that follow beside the recorded ones, again and again until nothing more follows.

    Where they would make an answer that is refused, and so take away what they follow from, it is refused.
    """
    program, asserted = scorer.program, tuple[Fact, ...]()
    refused: Evaluation | None = None
    given = _given(account.inputs)
    for _ in range(MAX_ROUNDS):
        found = scorer.engine.measured((*facts, *asserted), account.moment)
        measured = _standing(program, found, given)
        inputs = {**dict(answers_of(program, measured)), **given}
        answer = scorer.score(inputs, subject=account.subject, as_of=day_of(account.moment), strict=strict)
        following = tuple(_following(program, measured, answer, account.moment))
        evaluation = Evaluation(answer, measured, asserted, inputs, facts)
        if following == asserted:
            return evaluation
        refused = evaluation if isinstance(answer, Invalid) else refused
        asserted = following
    # INVARIANT: the checks refuse what leads back to itself, or to more rounds, but for answers refused
    assert refused is not None, f"{program.id}: facts still follow after {MAX_ROUNDS} rounds"
    return refused


def _given(inputs: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in inputs.items() if not missing(value)}


def _standing(program: Program, found: MeasuredFacts, given: Mapping[str, object]) -> MeasuredFacts:
    """Leave out what was given by hand; a signal that was given as true has no facts behind it."""
    asked = {item.name for item in program.inputs}
    given = {name: value for name, value in given.items() if name in asked}
    by_hand = {signal.id: tuple[Fact, ...]() for signal in program.signals if given.get(signal.id) is True}
    answers = {name: value for name, value in found.answers.items() if name not in given}
    signals = {id: facts for id, facts in found.signals.items() if id not in given}
    return MeasuredFacts(answers, {**signals, **by_hand})


def answers_of(program: Program, measured: MeasuredFacts) -> Iterator[tuple[str, object]]:
    """Yield what was measured as a caller would: signals that decide something, and measured inputs."""
    signals = {signal.id for signal in program.signals}
    for item in program.inputs:
        if item.name in signals:
            yield item.name, item.name in measured.signals
        elif item.name in measured.answers:
            yield item.name, raw(item, measured.answers[item.name])


def raw(item: Input, value: Value | None) -> object:
    """Return a value as a caller would send it, so that it is checked like any other answer."""
    if isinstance(value, tuple):
        inner = item.item
        assert inner is not None  # INVARIANT: the compiler gives every list its item
        if not inner.fields:
            return [raw(inner, part) for part in value]
        return [_record(inner, part) for part in value]
    if not isinstance(value, Fraction):
        return value
    near = plain(value)
    # A sum may have more digits than a double holds; it is then sent as it is, and refused like any other.
    return near if exact(near) == value else Decimal(value.numerator) / Decimal(value.denominator)


def _record(item: Input, record: Value | None) -> dict[str, object]:
    assert isinstance(record, tuple)  # INVARIANT: records are measured as tuples of their fields
    return {part.name: raw(part, value) for part, value in zip(item.fields, record, strict=True)}


def _following(
    program: Program, measured: MeasuredFacts, answer: Score | Invalid, moment: Moment
) -> Iterator[Fact]:
    """List the facts that follow from signals that are true and from actions that are recommended."""
    for signal in program.signals:
        if signal.id in measured.signals:
            yield from _asserted(f"signal:{signal.id}", signal.asserts, moment)
    recommended = {a.id for a in answer.outcome.actions} if isinstance(answer, Score) else set[str]()
    for action in program.actions:
        if action.id in recommended:
            yield from _asserted(f"action:{action.id}", action.asserts, moment)


def _asserted(by: str, assertions: Sequence[Assertion], moment: Moment) -> Iterator[Fact]:
    for index, assertion in enumerate(assertions):
        yield Fact(assertion.kind, moment, dict(assertion.values), f"{by}:{index}")
