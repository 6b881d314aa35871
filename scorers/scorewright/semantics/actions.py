"""Which actions follow: of the band, of criteria, triggers and disqualifiers, past their guards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scorewright.program import Action, Band, Criterion, Program
from scorewright.program.phrasing import condition_text, zero_text
from scorewright.results import Fired, Recommended, Withheld
from scorewright.semantics.conditions import Environment, ask
from scorewright.semantics.lists import Lists
from scorewright.semantics.reason_templates import TextContext, fill
from scorewright.semantics.zero_divisors import Zeros

Causes = dict[str, list[str]]
"""The causes of each action, in the order in which the rulebook recommends them."""


@dataclass(frozen=True, slots=True)
class Causing:
    """What can recommend actions; `answered` are the points of criteria that are not missing."""

    band: Band | None
    answered: Mapping[str, Fraction]
    lists: Lists
    triggers: Iterable[Fired]
    disqualifiers: Iterable[Fired]


@dataclass(frozen=True, slots=True)
class Guarding:
    """What guards are asked about, and what of it is unknown because a divisor is 0."""

    environment: Environment
    zeros: Zeros


def causes(program: Program, now: Causing, environment: Environment) -> Causes:
    """Collect what recommends each action (law 11)."""
    found: Causes = {}

    def add(actions: Iterable[str], cause: str) -> None:
        for action in actions:
            known = found.setdefault(action, [])
            if cause not in known:
                known.append(cause)

    if now.band is not None:
        add(now.band.actions, f"band:{now.band.id}")
    for named in program.lists:
        for item in now.lists[named.id]:
            add(item.actions, f"list:{item.id}")
    for criterion in program.criteria:
        add(
            _of_criterion(criterion, now.answered.get(criterion.id), environment), f"criterion:{criterion.id}"
        )
    fired = {trigger.id for trigger in now.triggers}
    for trigger in program.triggers:
        if trigger.id in fired:
            add(trigger.actions, f"trigger:{trigger.id}")
    hit = {disqualifier.id for disqualifier in now.disqualifiers}
    for disqualifier in program.disqualifiers:
        if disqualifier.id in hit:
            add(disqualifier.actions, f"disqualifier:{disqualifier.id}")
    for signal in program.signals:
        if environment.answers.get(signal.id) is True:
            add(signal.enables, f"signal:{signal.id}")
    return found


def _of_criterion(criterion: Criterion, points: Fraction | None, environment: Environment) -> list[str]:
    if points is None:
        return []
    applying = [r for r in criterion.recommend if r.op.holds(points, r.value, environment.as_of)]
    return [action for recommend in applying for action in recommend.actions]


def recommend(
    program: Program, found: Causes, guarding: Guarding, telling: TextContext, fallbacks: Mapping[str, str]
) -> tuple[tuple[Recommended, ...], tuple[Withheld, ...]]:
    """Pass each action by its guard; `fallbacks` give the reason of a cause where an action has no text."""
    actions = {action.id: action for action in program.actions}
    kept: Causes = {}
    withheld: list[Withheld] = []
    waiting = list(found.items())
    for id, why in waiting:
        action: Action | None = actions[id]
        seen: set[str] = set()
        while action is not None and action.id not in seen and (guard := _refusal(action, guarding)):
            seen.add(action.id)
            withheld.append(Withheld(action.id, guard, action.otherwise, tuple(why)))
            action = actions[action.otherwise] if action.otherwise else None
        if action is not None and action.id not in seen:
            if action.id not in kept:
                waiting += [(enabled, [f"action:{action.id}"]) for enabled in action.enables]
            known = kept.setdefault(action.id, [])
            known += [cause for cause in why if cause not in known]
    made = (_recommended(actions[id], why, telling, fallbacks) for id, why in kept.items())
    return tuple(sorted(made, key=lambda action: action.priority)), tuple(withheld)


def _refusal(action: Action, guarding: Guarding) -> str | None:
    if action.only_if is None:
        return None
    answer = ask(action.only_if, guarding.environment)
    if answer:
        return None
    told = "no" if answer is False else "unknown"  # law 12: unknown opt-in is no opt-in
    zero = guarding.zeros.of(action.only_if, guarding.environment)
    return f"{condition_text(action.only_if)}: {told}{f', for {zero_text(zero)}' if zero else ''}"


def _recommended(
    action: Action, why: list[str], telling: TextContext, fallbacks: Mapping[str, str]
) -> Recommended:
    reason = fill(action.reason, telling) if action.reason else "; ".join(fallbacks[cause] for cause in why)
    return Recommended(
        action.id, action.do, action.owner, action.due, action.channel, action.priority, reason, tuple(why)
    )
