"""What cannot be sent is refused by the client, by the name of its field, as the server would refuse it."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from scorewright.client import Client, Event, InvalidRequestError, ScorewrightError

NAIVE = datetime(2026, 1, 31)  # noqa: DTZ001 - a time without a zone is what is refused
ODD: Any = {1}


@pytest.mark.parametrize(
    ("value", "where", "code"),
    [
        ({1}, "inputs.x", "wrong_type"),
        (b"x", "inputs.x", "wrong_type"),
        (1j, "inputs.x", "wrong_type"),
        (float("nan"), "inputs.x", "not_finite"),
        (Decimal("sNaN"), "inputs.x", "not_finite"),
        (Decimal("Infinity"), "inputs.x", "not_finite"),
        (10**400, "inputs.x", "not_finite"),
        (2**53 + 1, "inputs.x", "too_precise"),
        (Decimal("0.12345678901234567891"), "inputs.x", "too_precise"),
        (NAIVE, "inputs.x", "wrong_type"),
        ([1, {"y": {2}}], "inputs.x[1].y", "wrong_type"),
        ({1: 2}, "inputs.x", "wrong_type"),
    ],
)
def test_an_input_that_cannot_be_sent_is_named(client: Client, value: object, where: str, code: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        client.score("bant_20", {"x": value})
    assert [(problem.where, problem.code) for problem in caught.value.problems] == [(where, code)]


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda client: client.score(ODD, {}), "rulebooks"),
        (lambda client: client.score([1], {}), "rulebooks"),
        (lambda client: client.score("bant_20", None), "inputs"),
        (lambda client: client.score("bant_20", {}, subject=7), "id"),
        (lambda client: client.score("bant_20", {}, as_of=ODD), "as_of"),
        (lambda client: client.evaluate_account("a", "bant_20", as_of=NAIVE), "as_of"),
        (lambda client: client.evaluate_account(7, "bant_20"), "account"),
        (
            lambda client: client.score_batch("bant_20", [("a", {}), ("b", {"x": ODD})]),
            "subjects[1].inputs.x",
        ),
        (lambda client: list(client.score_stream("bant_20", [("a", {"x": ODD})])), "inputs.x"),
        (lambda client: client.record_events([Event("a", "e", "k", NAIVE, {})]), "events[e].at"),
        (
            lambda client: client.record_events([Event("a", "e", "k", datetime.now(UTC), {"x": ODD})]),
            "events[e].fields.x",
        ),
        (lambda client: list(client.watch_actions(accounts=[1])), "accounts"),
        (lambda client: client.get_rulebook(1), "rulebook"),
        (lambda client: client.check_rulebook(1), "text"),
    ],
)
def test_a_field_that_cannot_be_sent_is_named(
    client: Client, call: Callable[[Client], object], where: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        call(client)
    assert [problem.where for problem in caught.value.problems] == [where]


def test_a_closed_client_raises_an_error_of_its_own() -> None:
    client = Client("127.0.0.1:1")
    client.close()
    with pytest.raises(ScorewrightError, match="closed"):
        client.list_rulebooks()
    with pytest.raises(ScorewrightError, match="closed"):
        list(client.score_stream("bant_20", []))
    with pytest.raises(ScorewrightError, match="closed"):
        list(client.watch_actions())


def test_what_a_stream_could_send_is_answered_before_the_refusal(client: Client) -> None:
    answered = client.score_stream("bant_20", [("a", {}), ("b", {"x": {1}})])
    assert next(answered).request_id == "a"
    with pytest.raises(InvalidRequestError, match=r"inputs\.x"):
        next(answered)


@pytest.mark.parametrize(
    "value", [2**53, -(10**15), 10**22, Decimal("0.1"), Decimal("1e-7"), Decimal("100.00")]
)
def test_a_number_that_the_wire_holds_is_sent_as_it_is(client: Client, value: int | Decimal) -> None:
    (answer,) = client.score("bant_20", {"extra": value})
    assert answer.unknown_inputs == ("extra",)
