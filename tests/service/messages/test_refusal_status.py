"""Statuses: they fit into metadata, whatever was wrong and however much of it."""

import pytest
from google.rpc import error_details_pb2

from scorewright.messages.refusal_status import message, slot_error, status
from scorewright.messages.refusals import (
    Broken,
    InvalidRequest,
    InvalidSubject,
    Objection,
    OutOfTime,
    OverLimit,
    PermissionDenied,
    Refusal,
    Unauthenticated,
    Unavailable,
    Unknown,
    UnknownRulebooks,
    Unmet,
    UnmetPins,
)
from scorewright.results.outcome import InputCode, InputError

METADATA = 8 * 1024 * 3 // 4  # what base64 leaves of 8 KiB


def error(name: str, words: str = "6 is outside 1 to 5") -> Objection:
    return Objection(InputError(name, InputCode.OUT_OF_RANGE, words))


HUGE: list[Refusal] = [
    InvalidSubject(tuple(error(f"input_{number}", "x" * 300) for number in range(1_000))),
    InvalidSubject((error("weeks[999].actual", "x" * 100_000),)),
    InvalidRequest(tuple(InputError(f"rulebooks[{number}]", "malformed", "y" * 200) for number in range(20))),
    UnknownRulebooks(tuple(Unknown("n" * 200, "h" * 2_000) for _ in range(20))),
    UnmetPins(tuple(Unmet("r" * 64, "digest", "0" * 64, "1" * 64) for _ in range(20))),
]


@pytest.mark.parametrize("refusal", HUGE, ids=lambda refusal: type(refusal).__name__)
def test_a_status_fits_into_metadata(refusal: Refusal) -> None:
    found = status(refusal)
    assert found.ByteSize() < METADATA
    assert len(found.message) < 2_000
    assert found.details


SMALL: list[Refusal] = [
    InvalidRequest((InputError("as_of", "malformed", "words"),)),
    InvalidSubject((error("a"),)),
    UnknownRulebooks((Unknown("a", "did you mean `b`?"),)),
    UnmetPins((Unmet("a", "version", "2.0.0", "1.0.0"),)),
    OverLimit("subjects of a batch", None, 10, "send several"),
    Unauthenticated(),
    PermissionDenied(),
    OutOfTime(),
    Unavailable(),
    Broken("0123456789abcdef"),
]


@pytest.mark.parametrize("refusal", SMALL, ids=lambda refusal: type(refusal).__name__)
def test_every_refusal_has_a_code_a_line_and_a_reason(refusal: Refusal) -> None:
    found = status(refusal)
    assert found.code
    assert message(refusal)
    assert "\n" not in found.message
    info = error_details_pb2.ErrorInfo()
    assert found.details[-1].Unpack(info)
    assert (info.domain, info.reason) == ("scorewright", info.reason.upper())
    assert slot_error(refusal).code == found.code


def test_offenders_that_fit_come_with_their_words() -> None:
    found = status(InvalidSubject(tuple(error(f"input_{number}") for number in range(40))))
    bad = error_details_pb2.BadRequest()
    found.details[0].Unpack(bad)
    assert [violation.field for violation in bad.field_violations] == [f"inputs.input_{n}" for n in range(40)]
    assert {violation.description for violation in bad.field_violations} == {
        "out_of_range: 6 is outside 1 to 5"
    }
    assert bad.field_violations[0].reason == "OUT_OF_RANGE"


def test_a_slot_has_every_offender_with_its_words() -> None:
    refusal = InvalidSubject(tuple(error(f"input_{number}", "x" * 300) for number in range(1_000)))
    assert len(slot_error(refusal).invalid) == 1_000


def test_a_line_holds_no_control_character() -> None:
    found = message(InvalidSubject((error("a\n\x1b[31mb", "words"),)))
    assert found.isprintable()
