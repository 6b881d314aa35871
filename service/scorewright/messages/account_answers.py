"""Write what rulebooks say about accounts as messages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from google.protobuf.struct_pb2 import Struct
from google.protobuf.timestamp_pb2 import Timestamp

from scorewright.messages.answer_encoder import json_message, message
from scorewright.messages.message_filler import filled
from scorewright.messages.struct_reader import Inputs
from scorewright.program import Program
from scorewright.program.condition import Value
from scorewright.program.fact import Fact, Moment
from scorewright.program.signal_phrasing import measure_text
from scorewright.results import InputError, Score, ShortScore, Summary
from scorewright.results.outcome_json import answer, json_value
from scorewright.scoring import Evaluation
from scorewright.storage import ActionChange, ActionChangeKind, ActionState, StoredEvent, field_of
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.validation import missing

_MICROS = 10**6


def answer_message(score: Score, *, short: bool) -> pb.Answer:
    """Write the answer itself."""
    return message(answer(_shortened(score) if short else score))


def _shortened(score: Score) -> ShortScore:
    outcome = score.outcome
    summary = Summary(outcome.status, outcome.total, outcome.percent, outcome.band, outcome.actions)
    return ShortScore(score.program, summary, score.subject, score.as_of, score.unknown_inputs)


def signals(program: Program, evaluation: Evaluation, given: Inputs, *, short: bool) -> Iterator[pb.Signal]:
    """Write the signals: every one with the facts behind it, or in short those that are true."""
    behind = evaluation.measured.signals
    for signal in program.signals:
        if short and signal.id not in behind:
            continue
        own = not missing(given.get(signal.id))
        found = pb.Signal(id=signal.id, label=signal.label, is_true=signal.id in behind, given=own)
        if not short:
            found.facts.extend(map(fact_message, behind.get(signal.id, ())))
        yield found


def measured(program: Program, evaluation: Evaluation, given: Inputs) -> Iterator[pb.MeasuredInput]:
    """Write the answers that were made of facts."""
    for item in program.inputs:
        if item.measure is None or not missing(given.get(item.name)):
            continue
        found = pb.MeasuredInput(input=item.name, how=measure_text(item.measure))
        value = evaluation.measured.answers.get(item.name)
        if value is not None:
            found.value.CopyFrom(json_message(json_value(value)))
        yield found


def fact_message(fact: Fact) -> pb.Fact:
    """Write a fact with its fields."""
    return filled(pb.Fact, fact, at=timestamp(fact.at), fields=_struct(fact.values))


def timestamp(moment: Moment) -> Timestamp:
    """Write a moment."""
    seconds, micros = divmod(moment, _MICROS)
    return Timestamp(seconds=seconds, nanos=1000 * micros)


def _struct(values: Mapping[str, Value]) -> Struct:
    return json_message({name: json_value(value) for name, value in values.items()}).struct_value


def actions(score: Score, known: Sequence[ActionState]) -> Iterator[pb.ActionStanding]:
    """Write where the actions stand that are recommended, then those that are open all the same."""
    by_action = {standing.action: standing for standing in known}
    recommended = [action.id for action in score.outcome.actions]
    open_ones = [standing.action for standing in known if standing.resolved is None]
    for action in dict.fromkeys((*recommended, *open_ones)):
        yield _standing(action, by_action.get(action))


def resolved(known: Sequence[ActionState]) -> Iterator[pb.ActionStanding]:
    """Write which actions were open once and are not."""
    yield from (_resolved(standing) for standing in known if standing.resolved is not None)


def _standing(action: str, standing: ActionState | None) -> pb.ActionStanding:
    if standing is None or standing.resolved is not None:
        return pb.ActionStanding(action=action)
    found = pb.ActionStanding(
        action=action,
        state=pb.REPEATED if standing.repeats else pb.OPENED,
        opened_at=timestamp(standing.opened),
        idempotency_key=standing.key,
        repeats=standing.repeats,
    )
    if standing.repeats:
        found.repeated_at.CopyFrom(timestamp(standing.last))
    return found


def _resolved(standing: ActionState) -> pb.ActionStanding:
    found = _standing(standing.action, replace(standing, resolved=None))
    found.state = pb.RESOLVED
    if standing.resolved is not None:
        found.resolved_at.CopyFrom(timestamp(standing.resolved))
    return found


def left_out(known: Sequence[tuple[StoredEvent, InputError]]) -> Iterator[pb.EventError]:
    """Write which events no longer are what the rulebooks declare."""
    for event, error in known:
        yield pb.EventError(id=event.id, field=field_of(error), code=error.code, message=error.message)


_CHANGES: Final = {
    ActionChangeKind.OPENED: pb.OPENED,
    ActionChangeKind.RESOLVED: pb.RESOLVED,
    ActionChangeKind.CARRIED: pb.CARRIED_OVER,
}


def change_message(change: ActionChange) -> pb.ActionChange:
    """Write that an action opened, was resolved or carried over."""
    action = pb.Action(**change.shown)  # type: ignore[arg-type]  # written from an action, as in the proto
    action.idempotency_key = change.key
    return filled(
        pb.ActionChange, change, change=_CHANGES[change.how], action=action, moment=timestamp(change.moment)
    )
