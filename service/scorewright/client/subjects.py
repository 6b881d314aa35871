"""Subjects and rulebooks as requests carry them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from scorewright.client.values import filled, sent_fields
from scorewright.v1 import scorewright_pb2 as pb

T = TypeVar("T")

Inputs = Mapping[str, object]
"""Answers by input: bool, number, str, date, None, and lists of these."""


def until_refused(refused: list[Exception], requests: Iterator[T]) -> Iterator[T]:
    """End a stream before a message that cannot be sent: what gRPC's own thread met would be lost."""
    try:
        yield from requests
    except Exception as error:
        refused.append(error)


def listed(rulebooks: str | Sequence[str]) -> Sequence[str]:
    """Return one rulebook or several as a list."""
    return [rulebooks] if isinstance(rulebooks, str) else rulebooks


def subject_message(id: str, inputs: Inputs, within: str = "") -> pb.Subject:
    """Write a subject as requests do; `within` says where it stands among others."""
    subject = filled(pb.Subject, id=id)
    subject.inputs.update(sent_fields(inputs, f"{within}inputs"))
    return subject


def subject_messages(subjects: Iterable[tuple[str, Inputs]]) -> list[pb.Subject]:
    """Write the subjects of a batch as requests do."""
    return [subject_message(id, inputs, f"subjects[{place}].") for place, (id, inputs) in enumerate(subjects)]
