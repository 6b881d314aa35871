"""Calls and answers a second: unary calls against a constant handler, batches, and where the time goes."""

from collections.abc import Callable, Sequence
from datetime import date
from statistics import median
from time import perf_counter, process_time
from typing import Any, TypeAlias, cast

import grpc
from grpc import ServicerContext

from benchmarks.population import realistic
from benchmarks.rulebooks import RULES, program
from benchmarks.serve_process import BYTES, CPU, MESSAGE, served
from scorewright.catalog.catalog import Catalog, load_catalog
from scorewright.messages.lazy_requests import BATCH as BATCH_REQUEST
from scorewright.messages.lazy_requests import SCORE, decode, joined
from scorewright.messages.struct_reader import StructReader
from scorewright.messages.wire_format import framed
from scorewright.requests.score_question import ScoreRequests
from scorewright.results.outcome import Score
from scorewright.rpc.error_boundary import Guard
from scorewright.rpc.lanes import Lanes
from scorewright.rpc.scoring import ScoringServicer
from scorewright.runtime.settings import Settings
from scorewright.v1 import scorewright_pb2 as pb

RULEBOOK = "lead_points_100"
AS_OF = date(2026, 1, 31)
SCORED = "Score"
PATHS = {
    SCORED: "/scorewright.v1.ScoringService/Score",
    "constant message": MESSAGE,
    "constant bytes": BYTES,
}
BATCH = "/scorewright.v1.ScoringService/ScoreBatch"

UNARY_ROUNDS = 15
BATCH_ROUNDS, BATCH_CALLS, SUBJECTS = 15, 10, 1_000
IN_FLIGHT = 8

Raw: TypeAlias = "grpc.UnaryUnaryMultiCallable[bytes, bytes]"
Spent = tuple[float, float]
"""Seconds by the clock, and of the server's CPU."""


def main() -> None:
    lead = program(RULEBOOK)
    batch = pb.ScoreBatchRequest(rulebooks=[RULEBOOK], as_of=AS_OF.isoformat())
    for number, inputs in enumerate(realistic(lead, SUBJECTS)):
        batch.subjects.add(id=f"lead-{number}").inputs.update(dict[str, Any](inputs))
    requests = [
        pb.ScoreRequest(rulebooks=[RULEBOOK], subject=subject, as_of=batch.as_of).SerializeToString()
        for subject in batch.subjects
    ]
    store, _ = load_catalog(RULES, "compiled")
    assert store is not None
    typical = sorted(_answers(store, requests), key=len)[len(requests) // 2]
    with served(typical) as channel:
        print(unary(channel, requests, len(typical)))
        print(batches(channel, batch.SerializeToString()))
    print(shares(store, batch))


def _answers(store: Catalog, requests: Sequence[bytes]) -> list[bytes]:
    asking = ScoreRequests(store, 20, 1_000)
    read = [decode(SCORE, data) for data in requests]
    return [
        b"".join(framed(b"\x0a", answer) for answer in asking.answers(asking.question(one), one.subject))
        for one in read
    ]


def unary(channel: grpc.Channel, requests: Sequence[bytes], size: int) -> str:
    """Call Score and the constant handlers in turns."""
    cpu: Raw = channel.unary_unary(CPU)
    methods = {name: _pipelined(channel, path) for name, path in PATHS.items()}
    for method in methods.values():
        method(requests)  # all are warm
    spent: dict[str, list[Spent]] = {name: [] for name in PATHS}
    names = list(PATHS)
    for number in range(UNARY_ROUNDS):
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            spent[name].append(_timed(methods[name], requests, cpu))
    lines = [
        f"unary calls, a full answer of {size} bytes, {IN_FLIGHT} in flight",
        f"  {'':34}  calls/s   Score is   server CPU   Score is",
    ]
    for name in names:
        pairs = list(zip(spent[name], spent[SCORED], strict=True))
        wall, cpu_time = (len(requests) / median(own[i] for own in spent[name]) for i in (0, 1))
        ratios = [median(own[i] / ours[i] for own, ours in pairs) for i in (0, 1)]
        lines.append(
            f"  {name:34} {wall:8,.0f}  x {ratios[0]:7.2f}  {1e6 / cpu_time:8.0f} us  x {ratios[1]:7.2f}"
        )
    return "\n".join([*lines, ""])


def _pipelined(channel: grpc.Channel, method: str) -> Callable[[Sequence[bytes]], None]:
    call: Raw = channel.unary_unary(method)

    def run(requests: Sequence[bytes]) -> None:
        waiting: list[Any] = []
        for data in requests:
            if len(waiting) == IN_FLIGHT:
                waiting.pop(0).result()
            waiting.append(call.future(data))
        for last in waiting:
            last.result()

    return run


def _timed(method: Callable[[Sequence[bytes]], None], calls: Sequence[bytes], cpu: Raw) -> Spent:
    before, start = float(cpu(b"")), perf_counter()
    method(calls)
    wall = perf_counter() - start
    return wall, float(cpu(b"")) - before


def batches(channel: grpc.Channel, data: bytes) -> str:
    """Call ScoreBatch, one call after the other."""
    call: Raw = channel.unary_unary(BATCH)
    cpu: Raw = channel.unary_unary(CPU)
    call(data)
    walls, cpus = [], []
    for _ in range(BATCH_ROUNDS):
        before, start = float(cpu(b"")), perf_counter()
        for _ in range(BATCH_CALLS):
            call(data)
        walls.append(BATCH_CALLS * SUBJECTS / (perf_counter() - start))
        cpus.append(BATCH_CALLS * SUBJECTS / (float(cpu(b"")) - before))
    return (
        f"ScoreBatch of {SUBJECTS:,} subjects, full answers\n"
        f"  answers a second, one call at a time   {median(walls):9,.0f}\n"
        f"  answers a second of the server's CPU   {median(cpus):9,.0f}\n"
    )


def shares(store: Catalog, batch: pb.ScoreBatchRequest) -> str:
    """Time the parts of a batch without the network: reading, scoring, writing."""
    data, books, reader = batch.SerializeToString(), store.find([RULEBOOK]), StructReader(1_000)
    settings, nobody = Settings(), cast(ServicerContext, _Nobody())
    servicer = ScoringServicer(store, settings, Guard(len(data)), Lanes.of(settings))
    scorer, encoder = books[0].scorer, books[0].encoder
    inputs = [reader.read(joined(subject.inputs))[0] for subject in decode(BATCH_REQUEST, data).subjects]
    scores = [score for one in inputs if isinstance(score := scorer.score(one, as_of=AS_OF), Score)]
    answers = [encoder.answer(score) for score in scores]
    written = b"".join(framed(b"\x0a", framed(b"\x12", answer)) for answer in answers)
    parts: dict[str, Callable[[], object]] = {
        "read the request (protobuf, then our reader of inputs)": lambda: [
            reader.read(joined(subject.inputs)) for subject in decode(BATCH_REQUEST, data).subjects
        ],
        "score": lambda: [scorer.score(one, as_of=AS_OF) for one in inputs],
        "write the answers from prepared parts": lambda: [encoder.answer(score) for score in scores],
        "all of it, joined to one message": lambda: servicer.score_batch(data, nobody),
        "for comparison: protobuf reads the request, field by field": lambda: _by_protobuf(data),
        "for comparison: protobuf parses and writes the finished answers": lambda: (
            pb.ScoreBatchResponse.FromString(written).SerializeToString()
        ),
    }
    lines = [f"  {_micros(part):6.2f} us  {name}" for name, part in parts.items()]
    return "\n".join(["a subject of that batch, CPU in one process and without the network", *lines])


class _Nobody:
    """Who calls where there is no network: always there, and in no hurry."""

    def is_active(self) -> bool:
        return True

    def time_remaining(self) -> float | None:
        return None


def _by_protobuf(data: bytes) -> list[dict[str, object]]:
    return [
        {name: getattr(value, str(value.WhichOneof("kind"))) for name, value in subject.inputs.fields.items()}
        for subject in pb.ScoreBatchRequest.FromString(data).subjects
    ]


def _micros(part: Callable[[], object]) -> float:
    times = []
    for _ in range(31):
        start = process_time()
        part()
        times.append(process_time() - start)
    return 1e6 * median(times) / SUBJECTS
