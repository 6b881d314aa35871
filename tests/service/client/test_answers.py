"""Typed answers hold all that messages hold, and read as the server wrote it."""

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from google.protobuf.descriptor import Descriptor

from scorewright.client import account_results, answers
from scorewright.client.account_results import AccountAnswer, ActionChange
from scorewright.client.answers import ActionState, Answer, Status, Value
from scorewright.client.reader import read
from scorewright.v1 import scorewright_pb2 as pb

CALLED = {
    "RecordedEvents": "RecordEventsResponse",
    "SweptAccounts": "SweepAccountsResponse",
    "StreamResult": "ScoreStreamResponse",
    "CheckedRulebook": "CheckRulebookResponse",
    "ServerStatus": "GetStatusResponse",
}
"""Values that have a name for people where the message has the name of its call."""

KINDS = {
    CALLED.get(kind.__name__, kind.__name__): kind
    for room in (answers, account_results)
    for kind in vars(room).values()
    if isinstance(kind, type) and issubclass(kind, Value) and kind is not Value
}

AS_MESSAGES = {
    "GetRulebookResponse": "the whole of a rulebook is given as its message",
    "ScoreResponse": "its answers are the result",
    "ScoreBatchResponse": "its results are the result",
    "EvaluateAccountResponse": "its answers are the result",
    "WatchActionsResponse": "its change is the result",
    "ListRulebooksResponse": "its rulebooks are the result",
    "RecordEventBatchResponse": "counts of several are added up, as of a stream",
}


def returned(message: Descriptor, seen: dict[str, Descriptor]) -> dict[str, Descriptor]:
    """Return the messages of ours that stand in a message, itself among them."""
    if message.file.package == "scorewright.v1" and message.name not in seen:
        seen[message.name] = message
        if message.name != "GetRulebookResponse":
            for field in message.fields:
                if field.message_type is not None:
                    returned(field.message_type, seen)
    return seen


def all_returned() -> dict[str, Descriptor]:
    """Return every message that a call of any service gives."""
    seen: dict[str, Descriptor] = {}
    for service in pb.DESCRIPTOR.services_by_name.values():
        for method in service.methods:
            returned(method.output_type, seen)
    return seen


@pytest.mark.parametrize("name", sorted(all_returned()))
def test_every_field_that_a_server_sends_has_its_place(name: str) -> None:
    if name in AS_MESSAGES:
        assert name not in KINDS
        return
    own = {item.name.removesuffix("_") for item in fields(KINDS[name])} - {"raw"}
    assert own == set(all_returned()[name].fields_by_name), name


DATED = {"Receipt", "Answer", "AccountAnswer"}
"""A receipt has its day always, and whatever holds a receipt as well."""


@pytest.mark.parametrize("name", sorted({*KINDS} - DATED))
def test_a_message_without_anything_reads(name: str) -> None:
    message = getattr(pb, name)()
    assert read(KINDS[name], message).raw is message


def answer(**parts: Any) -> pb.Answer:
    found = pb.Answer(rulebook="r", status=pb.SCORED, **parts)
    found.receipt.as_of = "2026-01-31"
    return found


@pytest.mark.parametrize("number", [0, 20, 13.5, 0.1, 100, -2.25, 1e7, 123456789.1234])
def test_numbers_are_those_that_the_server_wrote(number: float) -> None:
    found = read(Answer, answer(total=number)).total
    assert found == Decimal(repr(number))
    assert "E" not in str(found)


def test_what_is_absent_is_none_and_what_is_there_is_typed() -> None:
    found = read(Answer, answer())
    assert (found.total, found.band, found.bounds, found.next_band) == (None, None, None, None)
    assert (found.status, found.receipt.as_of) == (Status.SCORED, date(2026, 1, 31))
    full = read(Answer, answer(band=pb.Band(id="hot", label="Hot", **{"from": 60}), missing=["need"]))
    assert full.band is not None
    assert (full.band.id, full.band.from_, full.missing) == ("hot", Decimal(60), ("need",))


def test_values_are_frozen_and_equal_by_what_they_hold() -> None:
    one, same = read(Answer, answer(total=3)), read(Answer, answer(total=3))
    assert one == same
    assert one != read(Answer, answer(total=4))
    with pytest.raises(AttributeError):
        one.total = None  # type: ignore[misc]  # that it is frozen is what is tried


def test_a_word_that_a_newer_server_sends_is_unspecified() -> None:
    found = answer()
    found.status = 77  # type: ignore[assignment]  # a number of a newer proto
    assert read(Answer, found).status is Status.UNSPECIFIED


def test_times_have_their_zone_and_words_are_enums() -> None:
    change = pb.ActionChange(cursor=7, change=pb.OPENED)
    change.moment.FromDatetime(datetime(2026, 1, 31, 12, tzinfo=UTC))
    found = read(ActionChange, change)
    assert (found.cursor, found.change, found.moment) == (
        *(7, ActionState.OPENED),
        datetime(2026, 1, 31, 12, tzinfo=UTC),
    )


def test_values_of_facts_are_those_of_python() -> None:
    message = pb.AccountAnswer(answer=answer())
    message.measured.add(input="days").value.number_value = 3
    message.asserted.add(id="f").fields.update({"page": "pricing", "n": [1, None]})
    found = read(AccountAnswer, message)
    assert found.measured[0].value == 3
    assert found.asserted[0].fields == {"page": "pricing", "n": [1, None]}
