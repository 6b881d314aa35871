"""Compile a rulebook: the one way from the analyst's model to the program that engines run."""

from dataclasses import replace

from scorewright.compiler.digest import digest
from scorewright.compiler.lower_conditions import Inputs, lower_condition
from scorewright.compiler.lower_facts import (
    Kinds,
    lower_assertions,
    lower_kinds,
    lower_signals,
    measured_inputs,
)
from scorewright.compiler.lower_groups import lower_criterion, lower_groups, lower_matrix
from scorewright.compiler.lower_inputs import lower_inputs, policy_of
from scorewright.compiler.lower_tables import (
    by_condition,
    lower_bands,
    lower_flags,
    lower_lists,
    lower_values,
)
from scorewright.compiler.lower_texts import cut, label
from scorewright.diagnostics import Budget
from scorewright.program import ALWAYS, Action, Disqualifier, Effective, Method, Program, Trigger
from scorewright.rulebook.model import rulebook as model
from scorewright.validation import read_day


def compile_rulebook(rulebook: model.Rulebook, budget: Budget | None = None) -> Program:
    """Compile a rulebook whose names and inputs are checked; the digest covers all that it computes."""
    program = _lowered(rulebook)
    if budget is not None:
        budget.look()
    return replace(program, digest=digest(program))


def _lowered(rulebook: model.Rulebook) -> Program:
    kinds, fields = lower_kinds(rulebook)
    inputs = measured_inputs(rulebook, lower_inputs(rulebook), fields)
    by_name = {item.name: item for item in inputs}
    criteria = tuple(lower_criterion(i, given, by_name) for i, given in enumerate(rulebook.criteria))
    header, score = rulebook.rulebook, rulebook.score
    return Program(
        id=header.id,
        name=header.name,
        version=header.version,
        owner=header.owner,
        source=header.source,
        inputs=inputs,
        method=Method(score.method.value),
        of=score.of,
        values=lower_values(rulebook, by_name),
        out_of=score.out_of,
        cap=score.cap,
        floor=score.floor,
        policy=policy_of(rulebook),
        minimum_coverage=score.minimum_coverage,
        minimum_known=score.minimum_known,
        band_on=score.band_on,
        band_unknown_flags=score.band_unknown.flags if score.band_unknown else (),
        groups=lower_groups(rulebook, criteria),
        criteria=criteria,
        lists=lower_lists(rulebook, by_name),
        bands=lower_bands(rulebook, by_name),
        bands_by_condition=by_condition(rulebook),
        matrix=lower_matrix(rulebook.matrix),
        disqualifiers=_disqualifiers(rulebook, by_name),
        triggers=_triggers(rulebook, by_name),
        flags=lower_flags(rulebook, by_name),
        actions=_actions(rulebook, by_name, fields),
        kinds=kinds,
        signals=lower_signals(rulebook, fields),
        notes=header.notes,
        effective=_effective(header.effective),
    )


def _effective(given: model.Effective | None) -> Effective:
    if given is None:
        return ALWAYS
    return Effective(*(None if day is None else read_day(day) for day in (given.from_, given.until)))


def _disqualifiers(rulebook: model.Rulebook, inputs: Inputs) -> tuple[Disqualifier, ...]:
    return tuple(
        Disqualifier(
            id=given.id,
            label=label(given.label, given.id),
            condition=lower_condition(given.when, inputs),
            band=given.band,
            actions=given.actions,
            reason=cut(given.reason),
            source=given.source,
            path=("disqualifiers", index),
        )
        for index, given in enumerate(rulebook.disqualifiers)
    )


def _triggers(rulebook: model.Rulebook, inputs: Inputs) -> tuple[Trigger, ...]:
    return tuple(
        Trigger(
            id=given.id,
            label=label(given.label, given.id),
            condition=lower_condition(given.when, inputs),
            severity=given.severity.value,
            actions=given.actions,
            reason=cut(given.reason),
            source=given.source,
            path=("triggers", index),
        )
        for index, given in enumerate(rulebook.triggers)
    )


def _actions(rulebook: model.Rulebook, inputs: Inputs, kinds: Kinds) -> tuple[Action, ...]:
    return tuple(_action(id, given, inputs, kinds) for id, given in sorted(rulebook.actions.items()))


def _action(id: str, given: model.Action, inputs: Inputs, kinds: Kinds) -> Action:
    return Action(
        id=id,
        do=given.do,
        owner=given.owner,
        due=given.due,
        channel=given.channel,
        priority=given.priority,
        reason=cut(given.reason),
        only_if=lower_condition(given.only_if, inputs) if given.only_if else None,
        otherwise=given.otherwise,
        source=given.source,
        enables=given.then.actions if given.then else (),
        asserts=lower_assertions(given.then, kinds),
    )
