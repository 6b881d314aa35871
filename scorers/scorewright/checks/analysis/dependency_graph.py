"""What leads to what in an answer: from facts, by signals, points and bands, to actions and further facts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from scorewright.checks.check import Path
from scorewright.checks.measures import may_be_refused
from scorewright.checks.rule_tables import TRIGGERS
from scorewright.rulebook import fact_references as happened
from scorewright.rulebook import references as uses
from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.fact import Then
from scorewright.rulebook.model.rulebook import Method, Rulebook

Node: TypeAlias = tuple[str, str]
"""What it is, such as `signal`, and its name."""

SCORE: Final[Node] = ("", "score")
BANDS: Final[Node] = ("", "band")
ANSWER: Final[Node] = ("", "answer")
"""Whether there is an answer at all: without one no action is recommended."""


@dataclass(frozen=True, slots=True)
class Lead:
    """One step, from what causes to what is caused; `path` is where a `then` says so."""

    cause: Node
    effect: Node
    path: Path | None = None


def leads(rulebook: Rulebook) -> Iterator[Lead]:
    """List all steps of a rulebook."""
    yield from _of_facts(rulebook)
    yield from _of_values(rulebook)
    yield from _of_points(rulebook)
    yield from _of_conditions(rulebook)
    yield from _of_actions(rulebook)


def _from(causes: Iterable[Node], effect: Node) -> Iterator[Lead]:
    return (Lead(cause, effect) for cause in causes)


def _to_actions(cause: Node, actions: Sequence[str]) -> Iterator[Lead]:
    return (Lead(cause, ("action", name)) for name in actions)


def _asked(condition: Condition | None) -> Iterator[Node]:
    """List what a condition asks for."""
    for _, each in uses.comparisons(condition, ()) if condition else ():
        for name in each.given("input", "signal", "value", "criterion", "group", "list"):
            yield name, getattr(each, name)
        for name in (*(each.ratio or ()), *(each.change or ())):
            yield "input", name
        if each.score is not None:
            yield SCORE


def _of_facts(rulebook: Rulebook) -> Iterator[Lead]:
    for line in happened.lines(rulebook):
        yield Lead(("fact", line.window.kind), ("signal", rulebook.signals[int(line.path[1])].id))
    for name, found in happened.measures(rulebook):
        cause = "signal" if found.window.way == "days_of" else "fact"
        yield Lead((cause, found.window.kind), ("input", name))
        if may_be_refused(rulebook, name):
            yield Lead(("input", name), ANSWER)
    for index, signal in enumerate(rulebook.signals):
        if signal.then is not None:
            yield from _of_then(("signal", signal.id), ("signals", index, "then"), signal.then)


def _of_then(cause: Node, path: Path, then: Then) -> Iterator[Lead]:
    for index, given in enumerate(then.facts):
        yield Lead(cause, ("fact", given.fact), (*path, "facts", index, "fact"))
    for index, name in enumerate(then.actions):
        yield Lead(cause, ("action", name), (*path, "actions", index))


def _of_values(rulebook: Rulebook) -> Iterator[Lead]:
    for name, value in rulebook.values.items():
        for _, operand in uses.value_uses(value):
            kind = "input" if operand in rulebook.inputs else "value"
            yield Lead((kind, operand), ("value", name))
        # Outside its range it makes an input invalid.
        if value.blame is not None:
            yield Lead(("value", name), ANSWER)


def _of_points(rulebook: Rulebook) -> Iterator[Lead]:
    score = rulebook.score
    for criterion in rulebook.criteria:
        node = ("criterion", criterion.id)
        own = [("input", criterion.input)] if criterion.input is not None else []
        yield from _from([*own, *_asked(criterion.when)], node)
        yield from _from([node], SCORE)
        if criterion.group is not None:
            yield Lead(node, ("group", criterion.group))
        for advice in criterion.recommend:
            yield from _to_actions(node, advice.actions)
    if score.of is not None and score.of != TRIGGERS:
        yield Lead(("value" if score.method is Method.VALUE else "list", score.of), SCORE)
    yield Lead(SCORE if score.band_on is None else ("input", score.band_on), BANDS)


def _of_conditions(rulebook: Rulebook) -> Iterator[Lead]:
    for named in rulebook.lists:
        for item in named.items:
            node = ("item", f"{named.id}.{item.id}")
            yield from _from([*_asked(item.when), *_asked(item.unless)], node)
            yield Lead(node, ("list", named.id))
            yield from _to_actions(node, item.actions)
    for band in rulebook.bands:
        yield from _from(_asked(band.when), BANDS)
        yield from _to_actions(BANDS, band.actions)
    for disqualifier in rulebook.disqualifiers:
        node = ("disqualifier", disqualifier.id)
        yield from _from(_asked(disqualifier.when), node)
        yield from _to_actions(node, disqualifier.actions)
        if disqualifier.band is not None:
            yield Lead(node, BANDS)
    for trigger in rulebook.triggers:
        node = ("trigger", trigger.id)
        yield from _from(_asked(trigger.when), node)
        yield from _to_actions(node, trigger.actions)
        if rulebook.score.of == TRIGGERS:
            yield Lead(node, SCORE)


def _of_actions(rulebook: Rulebook) -> Iterator[Lead]:
    for name, action in rulebook.actions.items():
        node = ("action", name)
        yield Lead(ANSWER, node)
        yield from _from(_asked(action.only_if), node)
        if action.only_if is not None and action.otherwise is not None:
            yield Lead(node, ("action", action.otherwise))
        if action.then is not None:
            yield from _of_then(node, ("actions", name, "then"), action.then)
