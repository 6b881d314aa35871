"""Write what rulebooks say about accounts as messages."""

from collections.abc import Iterator, Mapping

from google.protobuf.struct_pb2 import Struct
from google.protobuf.timestamp_pb2 import Timestamp

from scorers.account import Evaluation
from scorers.answer import answer, json_value, summary_answer
from scorers.condition import Value
from scorers.fact import Fact, Moment
from scorers.program import Program
from scorers.result import Score, Summary
from scorers.signal_phrasing import measure_text
from service.convert import json_message, message
from service.pb import scorewright_pb2 as pb
from service.structs import Inputs

_MICROS = 10**6


def answer_message(score: Score, *, short: bool) -> pb.Answer:
    """Write the answer itself."""
    if not short:
        return message(answer(score))
    told = score.outcome
    summary = Summary(told.status, told.total, told.percent, told.band, told.actions)
    unknown = score.unknown_inputs
    return message(
        summary_answer(
            score.program, summary, subject=score.subject, as_of=score.as_of, unknown_inputs=unknown
        )
    )


def signals(program: Program, evaluation: Evaluation, given: Inputs, *, short: bool) -> Iterator[pb.Signal]:
    """Write the signals: every one with the facts behind it, or in short those that are true."""
    for signal in program.signals:
        own = given.get(signal.id)
        facts = evaluation.measured.signals.get(signal.id)
        true = facts is not None if own is None else own is True
        if short and not true:
            continue
        found = pb.Signal(id=signal.id, label=signal.label, is_true=true, given=own is not None)
        if own is None and facts and not short:
            found.facts.extend(fact_message(fact) for fact in facts)
        yield found


def measured(program: Program, evaluation: Evaluation, given: Inputs) -> Iterator[pb.MeasuredInput]:
    """Write the answers that were made of facts."""
    for item in program.inputs:
        if item.measure is None or given.get(item.name) is not None:
            continue
        found = pb.MeasuredInput(input=item.name, how=measure_text(item.measure))
        value = evaluation.measured.answers.get(item.name)
        if value is not None:
            found.value.CopyFrom(json_message(json_value(value)))
        yield found


def fact_message(fact: Fact) -> pb.Fact:
    """Write a fact with its fields."""
    return pb.Fact(id=fact.id, kind=fact.kind, at=timestamp(fact.at), fields=_struct(fact.values))


def timestamp(moment: Moment) -> Timestamp:
    """Write a moment."""
    seconds, micros = divmod(moment, _MICROS)
    return Timestamp(seconds=seconds, nanos=1000 * micros)


def _struct(values: Mapping[str, Value]) -> Struct:
    return json_message({name: json_value(value) for name, value in values.items()}).struct_value
