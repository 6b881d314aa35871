"""Everything a caller can do wrong: the code, every offending thing by name, and a server that goes on."""

import pytest
from google.protobuf.struct_pb2 import Struct, Value
from google.rpc import error_details_pb2
from grpc import StatusCode
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorewright.messages.wire_format import framed
from scorewright.v1 import scorewright_pb2 as pb
from tests.architecture.source import ROOT
from tests.service.conftest import Failure, Inputs, Serve, Served, failure, store_of

BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


def request(inputs: Inputs | None = None, **fields: object) -> pb.ScoreRequest:
    found = pb.ScoreRequest(**{"rulebooks": ["bant_20"], **fields})  # type: ignore[arg-type]  # fields of the proto
    found.subject.SetInParent()
    found.subject.inputs.update(BANT if inputs is None else inputs)
    return found


def refused(served: Served, asked: pb.ScoreRequest) -> Failure:
    return failure(lambda: served.scoring.Score(asked, timeout=10))


@pytest.fixture(autouse=True)
def _still_serving(served: Served) -> object:
    yield
    assert served.scoring.Score(request(), timeout=10).answers[0].total == 15.5


def test_every_offending_input_is_named(served: Served) -> None:
    inputs = {"budget": 6, "authority": "5", "need": True, "timeline": 3.55}
    found = refused(served, request(inputs))
    assert found.code == StatusCode.INVALID_ARGUMENT
    assert found.reason == "INVALID_INPUTS"
    assert found.bad_request == [
        ("inputs.budget", "out_of_range: 6 is outside 1 to 5"),
        ("inputs.authority", "wrong_type: the text `5` is not a number"),
        ("inputs.need", "wrong_type: true is not a number"),
        ("inputs.timeline", "too_precise: 3.55 has more than 1 decimal"),
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_what_is_not_finite(served: Served, value: float) -> None:
    ((field, description),) = refused(served, request({**BANT, "need": value})).bad_request
    assert (field, description.partition(":")[0]) == ("inputs.need", "not_finite")


def test_an_unknown_choice_with_what_is_allowed(served: Served) -> None:
    asked = request({"source": "referal"}, rulebooks=["lead_points_100"])
    assert refused(served, asked).bad_request == [
        ("inputs.source", "unknown_choice: `referal` is not an option; did you mean `referral`?")
    ]


def test_a_malformed_request_is_refused_with_the_mistakes_of_its_subject(served: Served) -> None:
    asked = request({"budget": 6, "need": "3", "zzz": 1}, as_of="31.01.2026", detail=7, strict=True)
    asked.subject.id = "x" * 501
    found = refused(served, asked)
    assert (found.code, found.reason) == (StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")
    assert found.bad_request == [
        ("as_of", "malformed: `31.01.2026` is not a day written as year-month-day"),
        ("detail", "unknown_choice: 7 is not FULL or SUMMARY"),
        ("subject.id", "too_long: 501 characters, at most 500"),
        ("inputs.budget", "out_of_range: 6 is outside 1 to 5"),
        ("inputs.need", "wrong_type: the text `3` is not a number"),
        (
            "inputs.zzz",
            "unknown_input: `zzz` is not declared; one of authority, budget, need, timeline",
        ),
    ]


def test_inputs_are_refused_with_the_subject_id_that_is_too_long(served: Served) -> None:
    asked = request({"budget": 6})
    asked.subject.id = "x" * 501
    assert [field for field, _ in refused(served, asked).bad_request] == ["subject.id", "inputs.budget"]


@pytest.mark.parametrize(("day", "named"), [("2026-01-31", []), ("2019-12-31", ["inputs.last_contact"])])
def test_without_a_day_only_dates_that_no_day_allows_are_wrong(
    serve: Serve, day: str, named: list[str]
) -> None:
    asked = request({"last_contact": day}, rulebooks=["everything"], as_of="today")
    with serve(store_of(ROOT / "tests" / "data" / "everything.yaml")) as served:
        found = [field for field, _ in refused(served, asked).bad_request]
    assert [field for field in found if field in ("as_of", "inputs.last_contact")] == ["as_of", *named]


def test_a_malformed_request_names_rulebooks_that_are_not_served_as_well(served: Served) -> None:
    found = refused(served, request({"budget": 6}, rulebooks=["bant"], as_of="today"))
    assert found.code == StatusCode.INVALID_ARGUMENT
    assert found.bad_request[1:] == [("rulebooks", "not_served: no rulebook `bant`: did you mean `bant_20`?")]


def test_an_undeclared_input_in_strict_mode(served: Served) -> None:
    found = refused(served, request({**BANT, "timelime": 3, "zzz": None}, strict=True))
    assert [field for field, _ in found.bad_request] == ["inputs.timelime", "inputs.zzz"]
    assert "did you mean `timeline`?" in found.bad_request[0][1]


def test_an_undeclared_input_is_ignored_and_named_otherwise(served: Served) -> None:
    (answer,) = served.scoring.Score(request({**BANT, "zzz": 1, "aaa": [1]})).answers
    assert answer.unknown_inputs == ["aaa", "zzz"]
    assert answer.flags == ["unknown_input:aaa", "unknown_input:zzz"]


def test_rulebooks_share_inputs_and_strict_mode_knows_them_all(served: Served) -> None:
    both = ["bant_20", "lead_points_100"]
    asked = request({**BANT, "budget_confirmed": True}, rulebooks=both, strict=True)
    bant, lead = served.scoring.Score(asked).answers
    assert (bant.rulebook, lead.rulebook) == ("bant_20", "lead_points_100")
    assert (bant.total, lead.total) == (15.5, 20)
    assert bant.unknown_inputs == ["budget_confirmed"]


def test_an_objection_of_one_rulebook_names_it(served: Served) -> None:
    both = ["bant_20", "lead_points_100"]
    found = refused(served, request({"budget": 6, "team_size": 0}, rulebooks=both))
    assert found.bad_request == [
        ("inputs.budget", "out_of_range: 6 is outside 1 to 5 (bant_20)"),
        ("inputs.team_size", "out_of_range: 0 is outside 1 to 1000000 (lead_points_100)"),
    ]


@pytest.mark.parametrize("day", ["2026-02-30", "2026-1-1", "tomorrow", "2026-01-01T00:00:00Z", "x" * 10_000])
def test_a_day_that_is_none(served: Served, day: str) -> None:
    found = refused(served, request(as_of=day))
    assert found.code == StatusCode.INVALID_ARGUMENT
    assert [field for field, _ in found.bad_request] == ["as_of"]


def test_everything_wrong_with_a_request_at_once(served: Served) -> None:
    asked = pb.ScoreRequest(rulebooks=["bant_20@new", ""], as_of="never", detail=7)  # type: ignore[arg-type]  # a detail of a later version
    assert [field for field, _ in refused(served, asked).bad_request] == [
        *("subject", "as_of", "detail", "rulebooks[0]", "rulebooks[1]"),
    ]


def test_no_rulebook(served: Served) -> None:
    assert refused(served, request(rulebooks=[])).bad_request == [("rulebooks", "required: name a rulebook")]


def test_a_rulebook_that_stands_twice(served: Served) -> None:
    found = refused(served, request(rulebooks=["bant_20", "provider_40", "bant_20@1.0.0"]))
    assert found.bad_request == [("rulebooks[2]", "duplicate: `bant_20` stands twice")]


@pytest.mark.parametrize(
    ("name", "hint"), [("bant20", "bant_20"), ("bant", "bant_20"), ("lead_ponts_100", "lead")]
)
def test_an_unknown_rulebook_with_the_nearest_ids(served: Served, name: str, hint: str) -> None:
    found = refused(served, request(rulebooks=[name]))
    assert (found.code, found.reason) == (StatusCode.NOT_FOUND, "UNKNOWN_RULEBOOK")
    resource = found.details["ResourceInfo"]
    assert isinstance(resource, error_details_pb2.ResourceInfo)
    assert (resource.resource_type, resource.resource_name) == ("scorewright.v1.Rulebook", name)
    assert f"did you mean `{hint}" in resource.description


def test_all_unknown_rulebooks_are_named(served: Served) -> None:
    found = refused(served, request(rulebooks=["a1", "bant_20", "b2"]))
    names = [m.resource_name for m in found.every if isinstance(m, error_details_pb2.ResourceInfo)]
    assert names == ["a1", "b2"]


def digest(served: Served) -> str:
    return served.rulebooks.GetRulebook(pb.GetRulebookRequest(rulebook="bant_20")).rulebook.digest


def test_pins_that_are_met(served: Served) -> None:
    whole = digest(served)
    for pin in ("1.0.0", f"sha256:{whole}", f"sha256:{whole[:12]}"):
        (answer,) = served.scoring.Score(request(rulebooks=[f"bant_20@{pin}"])).answers
        assert answer.receipt.digest == whole


@pytest.mark.parametrize(
    ("pin", "kind"),
    [("2.0.0", "VERSION"), ("sha256:" + "0" * 64, "DIGEST"), ("sha256:" + "0" * 12, "DIGEST")],
)
def test_a_pin_that_is_not_loaded(served: Served, pin: str, kind: str) -> None:
    found = refused(served, request(rulebooks=[f"bant_20@{pin}"]))
    assert (found.code, found.reason) == (StatusCode.FAILED_PRECONDITION, "RULEBOOK_NOT_LOADED")
    failed = found.details["PreconditionFailure"]
    assert isinstance(failed, error_details_pb2.PreconditionFailure)
    (violation,) = failed.violations
    assert (violation.type, violation.subject) == (f"RULEBOOK_{kind}", "bant_20")


@pytest.mark.parametrize(
    "pin", ["1.0", "latest", "sha256:abc", "sha256:" + "0" * 65, "sha1:" + "0" * 40, "", "@"]
)
def test_a_pin_of_no_known_form(served: Served, pin: str) -> None:
    found = refused(served, request(rulebooks=[f"bant_20@{pin}x"]))
    assert [field for field, _ in found.bad_request] == ["rulebooks[0]"]


def test_huge_ids(served: Served) -> None:
    asked = request(rulebooks=["x" * 1_000_000])
    assert [field for field, _ in refused(served, asked).bad_request] == ["rulebooks[0]"]
    asked = request()
    asked.subject.id = "x" * 1_000_000
    assert refused(served, asked).bad_request[0][0] == "subject.id"


def quota(found: Failure) -> str:
    assert (found.code, found.reason) == (StatusCode.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED")
    failed = found.details["QuotaFailure"]
    assert isinstance(failed, error_details_pb2.QuotaFailure)
    return failed.violations[0].subject


def test_too_many_inputs(served: Served) -> None:
    asked = request({f"input_{number}": 1 for number in range(100_000)})
    assert quota(refused(served, asked)) == "inputs of a subject"


def test_too_many_rulebooks(served: Served) -> None:
    assert quota(refused(served, request(rulebooks=["bant_20"] * 21))) == "rulebooks of a request"


def test_a_message_over_the_limit(served: Served) -> None:
    found = failure(lambda: served.raw("ScoringService/Score", b"\0" * (16 * 1024 * 1024 + 1)))
    assert quota(found) == "bytes of a message"


def test_a_message_far_over_the_limit_is_cut_off(served: Served) -> None:
    found = failure(lambda: served.raw("ScoringService/Score", b"\0" * (65 * 1024 * 1024)))
    assert found.code == StatusCode.RESOURCE_EXHAUSTED


def test_a_struct_nested_100_deep_is_one_invalid_input(served: Served) -> None:
    value = b"\x20\x01"
    for _ in range(100):
        value = framed(b"\x2a", framed(b"\x0a", framed(b"\x0a", b"k") + framed(b"\x12", value)))
    deep = framed(b"\x0a", framed(b"\x0a", b"deep") + framed(b"\x12", value))
    six = Struct(fields={"budget": Value(number_value=6)}).SerializeToString()
    data = framed(b"\x0a", b"bant_20") + framed(b"\x12", framed(b"\x12", six + deep))
    found = failure(lambda: served.raw("ScoringService/Score", data))
    assert [field for field, _ in found.bad_request] == ["inputs.budget", "inputs.deep"]


@given(st.binary(min_size=1, max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_garbage_is_refused_in_words_or_is_a_request(served: Served, data: bytes) -> None:
    for method in ("Score", "ScoreBatch"):
        found = failure(lambda: served.raw(f"ScoringService/{method}", data))  # noqa: B023 -- called at once
        assert found.code in (StatusCode.INVALID_ARGUMENT, StatusCode.NOT_FOUND)
        assert found.message


@pytest.mark.parametrize(
    "method",
    [
        "ScoringService/Score",
        "ScoringService/ScoreBatch",
        "RulebookService/ListRulebooks",
        "RulebookService/GetRulebook",
        "RulebookService/CheckRulebook",
        "RulebookService/GetStatus",
    ],
)
def test_bytes_that_are_no_message(served: Served, method: str) -> None:
    found = failure(lambda: served.raw(method, b"\xff\xff\xff"))
    assert found.code == StatusCode.INVALID_ARGUMENT
    assert found.message.startswith("not a scorewright.v1.")


def test_a_method_that_does_not_exist(served: Served) -> None:
    assert failure(lambda: served.raw("ScoringService/Guess", b"")).code == StatusCode.UNIMPLEMENTED


def test_more_offenders_than_metadata_holds_are_named_first_and_counted(served: Served) -> None:
    inputs = {f"field_{number:04}_of_a_record": 1 for number in range(1_000)}
    found = refused(served, request(inputs, strict=True))
    assert found.code == StatusCode.INVALID_ARGUMENT
    *named, (rest, count) = found.bad_request
    assert named[0] == ("inputs.field_0000_of_a_record", "unknown_input")
    assert len(named) > 50
    assert (rest, count) == ("", f"too_many: {1_000 - len(named)} more")
