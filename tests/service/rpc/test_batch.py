"""Many subjects in one call: in order, each in its own slot, and none pays for another."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from google.protobuf.struct_pb2 import Struct
from google.rpc import error_details_pb2
from grpc import StatusCode

from scorewright.catalog.catalog import Catalog, load_catalog
from scorewright.client.client import Client
from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.messages.wire_format import framed
from scorewright.results.outcome import Invalid, Outcome
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import RULES, Inputs, Serve, Served, failure

BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


def batch(count: int, inputs: Inputs | None = None, **fields: object) -> pb.ScoreBatchRequest:
    found = pb.ScoreBatchRequest(**{"rulebooks": ["bant_20"], **fields})  # type: ignore[arg-type]  # fields of the proto
    for number in range(count):
        found.subjects.add(id=f"s{number}").inputs.update(BANT if inputs is None else inputs)
    return found


def test_one_bad_subject_of_a_thousand_is_one_error(served: Served) -> None:
    asked = batch(1_000)
    asked.subjects[417].inputs.update({"budget": 6, "need": "high"})
    results = served.scoring.ScoreBatch(asked).results
    assert [result.subject_id for result in results] == [f"s{number}" for number in range(1_000)]
    bad = results[417]
    assert (bad.error.code, len(bad.answers)) == (StatusCode.INVALID_ARGUMENT.value[0], 0)
    assert [(item.input, item.code) for item in bad.error.invalid] == [
        ("budget", "out_of_range"),
        ("need", "wrong_type"),
    ]
    good = [result for result in results if not result.HasField("error")]
    assert len(good) == 999
    assert {result.answers[0].total for result in good} == {15.5}


def test_a_slot_says_what_the_single_call_says(client: Client) -> None:
    (result,) = client.score_batch(["bant_20", "lead_points_100"], [("x", BANT)])
    assert list(result.answers) == client.score(["bant_20", "lead_points_100"], BANT, subject="x")


def test_an_empty_batch(served: Served) -> None:
    found = failure(lambda: served.scoring.ScoreBatch(batch(0)))
    assert found.code == StatusCode.INVALID_ARGUMENT
    assert found.bad_request == [("subjects", "required: a batch has at least one subject")]


def test_a_batch_over_the_limit(serve: Serve) -> None:
    with serve(max_batch=10) as served:
        assert len(served.scoring.ScoreBatch(batch(10)).results) == 10
        found = failure(lambda: served.scoring.ScoreBatch(batch(11)))
        assert found.code == StatusCode.RESOURCE_EXHAUSTED
        quota = found.details["QuotaFailure"]
        assert isinstance(quota, error_details_pb2.QuotaFailure)
        assert quota.violations[0].subject == "subjects of a batch"
        assert "11" in quota.violations[0].description


def test_an_answer_over_the_limit(serve: Serve) -> None:
    with serve(max_answer_bytes=20_000) as served:
        found = failure(lambda: served.scoring.ScoreBatch(batch(100)))
        assert found.code == StatusCode.RESOURCE_EXHAUSTED
        assert "SUMMARY" in found.message
        assert len(served.scoring.ScoreBatch(batch(5)).results) == 5


def test_a_whole_batch_fails_where_the_request_does(served: Served) -> None:
    assert (
        failure(lambda: served.scoring.ScoreBatch(batch(3, rulebooks=["none"]))).code == StatusCode.NOT_FOUND
    )
    assert failure(lambda: served.scoring.ScoreBatch(batch(3, as_of="x"))).bad_request[0][0] == "as_of"


def raw_subject(id: bytes, inputs: bytes) -> bytes:
    return framed(b"\x12", framed(b"\x0a", id) + framed(b"\x12", inputs))


def test_subjects_that_cannot_be_read_have_errors_of_their_own(served: Served) -> None:
    good = Struct()
    good.update(BANT)
    deep = b"\x20\x01"
    for _ in range(200):
        deep = framed(b"\x32", framed(b"\x0a", deep))
    nested = framed(b"\x0a", framed(b"\x0a", b"need") + framed(b"\x12", deep))
    many = Struct()
    many.update({f"i{number}": 1 for number in range(2_000)})
    data = framed(b"\x0a", b"bant_20") + b"".join(
        [
            raw_subject(b"good", good.SerializeToString()),
            raw_subject(b"deep", nested),
            raw_subject(b"\xff\xfe", good.SerializeToString()),
            raw_subject(b"cut", good.SerializeToString()[:-3]),
            raw_subject(b"many", many.SerializeToString()),
            raw_subject(b"x" * 501, b""),
            raw_subject(b"last", good.SerializeToString()),
        ]
    )
    results = pb.ScoreBatchResponse.FromString(served.raw("ScoringService/ScoreBatch", data)).results
    assert [result.error.code for result in results] == [0, 3, 3, 3, 8, 3, 0]
    assert [item.input for item in results[1].error.invalid] == ["need"]
    assert results[2].subject_id == "\ufffd\ufffd"
    assert results[0].answers[0].total == results[6].answers[0].total == 15.5


UNKNOWN_IN_ENTRY = bytes.fromhex("0a070a016352020800")
"""An entry of inputs with a field that entries do not have: protobuf passes over all of it."""


def test_an_entry_that_protobuf_passes_over_is_passed_over(served: Served) -> None:
    good = Struct()
    good.update(BANT)
    data = framed(b"\x0a", b"bant_20") + b"".join(
        [
            raw_subject(b"alone", UNKNOWN_IN_ENTRY),
            raw_subject(b"among", UNKNOWN_IN_ENTRY + good.SerializeToString()),
        ]
    )
    alone, among = pb.ScoreBatchResponse.FromString(served.raw("ScoringService/ScoreBatch", data)).results
    assert not alone.HasField("error")
    assert among.answers[0].total == 15.5
    one = framed(b"\x0a", b"bant_20") + raw_subject(b"x", UNKNOWN_IN_ENTRY)
    found = pb.ScoreResponse.FromString(served.raw("ScoringService/Score", one))
    assert found.answers[0] == alone.answers[0]


def test_inputs_that_come_in_parts_are_merged(served: Served) -> None:
    parts = []
    for name, value in BANT.items():
        part = Struct()
        part.update({name: value})
        parts.append(framed(b"\x12", part.SerializeToString()))
    data = framed(b"\x0a", b"bant_20") + framed(b"\x12", b"".join(parts))
    (result,) = pb.ScoreBatchResponse.FromString(served.raw("ScoringService/ScoreBatch", data)).results
    assert result.answers[0].total == 15.5


def test_a_summary_is_short_and_agrees(served: Served) -> None:
    full = served.scoring.ScoreBatch(batch(2)).results[1].answers[0]
    short = served.scoring.ScoreBatch(batch(2, detail="SUMMARY")).results[1].answers[0]
    assert not short.criteria
    assert not short.reasons
    for name in ("rulebook", "status", "total", "max_score", "percent", "band", "actions", "receipt"):
        assert getattr(short, name) == getattr(full, name), name


def test_an_answer_is_the_same_byte_for_byte(served: Served) -> None:
    data = batch(20, as_of="2026-01-31").SerializeToString()
    first = served.raw("ScoringService/ScoreBatch", data)
    again = batch(20, dict(reversed(BANT.items())), as_of="2026-01-31").SerializeToString()
    assert served.raw("ScoringService/ScoreBatch", again) == first


def test_the_server_fills_in_the_day(served: Served) -> None:
    day = served.scoring.ScoreBatch(batch(1)).results[0].answers[0].receipt.as_of
    assert abs((date.fromisoformat(day) - date.today()).days) <= 1  # noqa: DTZ011 -- the machine's day, give or take


class Slow(CompiledEngine):
    """An engine that takes its time, and counts."""

    scored = 0
    started = threading.Event()

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        type(self).scored += 1
        self.started.set()
        time.sleep(0.005)
        return super().outcome(inputs, as_of)


class Failing(CompiledEngine):
    """An engine with a bug that quotes what it was given."""

    def outcome(self, inputs: Mapping[str, object], as_of: date) -> Outcome | Invalid:
        if inputs.get("need") == 2:
            raise KeyError(str(inputs))
        return super().outcome(inputs, as_of)


WithEngine = Callable[[type[CompiledEngine]], Catalog]


@pytest.fixture
def with_engine(monkeypatch: pytest.MonkeyPatch) -> WithEngine:
    """Load the shipped rulebooks with another engine."""

    def build(engine: type[CompiledEngine]) -> Catalog:
        monkeypatch.setattr("scorewright.scoring.scorer.ENGINES", {"compiled": engine})
        store, _ = load_catalog(RULES, "compiled")
        assert store is not None
        return store

    return build


def test_work_stops_when_time_is_out(serve: Serve, with_engine: WithEngine) -> None:
    with serve(with_engine(Slow)) as served:
        found = failure(lambda: served.scoring.ScoreBatch(batch(2_000), timeout=0.3))
        assert found.code == StatusCode.DEADLINE_EXCEEDED
        time.sleep(0.5)
        scored = Slow.scored
        assert 0 < scored < 500
        time.sleep(0.2)
        assert Slow.scored == scored


def test_work_stops_when_the_caller_is_gone(serve: Serve, with_engine: WithEngine) -> None:
    Slow.scored = 0
    Slow.started.clear()
    with serve(with_engine(Slow)) as served:
        call = served.scoring.ScoreBatch.future(batch(2_000))
        assert Slow.started.wait(5)
        call.cancel()
        time.sleep(0.5)
        scored = Slow.scored
        assert 0 < scored < 500
        time.sleep(0.2)
        assert Slow.scored == scored


def test_a_bug_is_one_slot_and_a_call_id(
    serve: Serve, with_engine: WithEngine, caplog: pytest.LogCaptureFixture
) -> None:
    with serve(with_engine(Failing)) as served:
        asked = batch(3)
        asked.subjects[1].inputs.update({"need": 2})
        results = served.scoring.ScoreBatch(asked).results
        assert [result.error.code for result in results] == [0, StatusCode.INTERNAL.value[0], 0]
        single = pb.ScoreRequest(rulebooks=["bant_20"], subject=asked.subjects[1])
        found = failure(lambda: served.scoring.Score(single))
    assert found.code == StatusCode.INTERNAL
    request_info = found.details["RequestInfo"]
    assert isinstance(request_info, error_details_pb2.RequestInfo)
    assert request_info.request_id in found.message
    logged = [record.getMessage() for record in caplog.records if record.name == "scorewright"]
    assert f"call={request_info.request_id}" in logged[-1]
    assert "error=KeyError" in logged[-1]
    for text in (found.message, results[1].error.message, *logged):
        assert "budget" not in text
        assert "Traceback" not in text


def test_cancelled_batches_leave_the_server_serving(serve: Serve) -> None:
    with serve() as served:
        for _ in range(20):
            served.scoring.ScoreBatch.future(batch(500)).cancel()
        assert served.scoring.ScoreBatch(batch(1)).results[0].answers[0].total == 15.5
