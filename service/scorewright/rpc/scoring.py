"""The scoring service: one subject, many at once, or a stream of them."""

from collections.abc import Iterator

import grpc

from scorewright.catalog import Catalog
from scorewright.messages import framed, framed_each, framed_parts, slot_error, tag
from scorewright.messages.lazy_requests import BATCH, SCORE, STREAM, WireSubject, decode
from scorewright.messages.refusals import OutOfTime, OverLimit, RefusedError
from scorewright.requests import MAX_SUBJECT_ID, Question, ScoreRequests
from scorewright.results import InputError
from scorewright.rpc.error_boundary import CHECKED_EVERY, Guard, out_of_time
from scorewright.rpc.lanes import Lanes
from scorewright.rpc.methods import Method, handler_of
from scorewright.runtime import Settings, broken
from scorewright.v1 import scorewright_pb2 as pb

SERVICE = pb.DESCRIPTOR.services_by_name["ScoringService"].full_name

_SCORE_ANSWER = tag(pb.ScoreResponse, "answers")
_RESULT = tag(pb.ScoreBatchResponse, "results")
_RESULT_SUBJECT = tag(pb.SubjectResult, "subject_id")
_RESULT_ANSWER = tag(pb.SubjectResult, "answers")
_RESULT_ERROR = tag(pb.SubjectResult, "error")
_STREAM_REQUEST = tag(pb.ScoreStreamResponse, "request_id")
_STREAM_ANSWER = tag(pb.ScoreStreamResponse, "answers")
_STREAM_ERROR = tag(pb.ScoreStreamResponse, "error")


class ScoringServicer:
    """Answer with bytes, from bytes: what subjects share is prepared, so that a message is put together."""

    def __init__(self, store: Catalog, settings: Settings, guard: Guard, lanes: Lanes) -> None:
        self._settings = settings
        self._guard = guard
        self._lanes = lanes
        self._asking = ScoreRequests(store, settings.max_rulebooks, settings.max_inputs)

    def handler(self) -> grpc.GenericRpcHandler:
        """Return gRPC the methods."""
        methods = {
            "Score": Method(self.score),
            "ScoreBatch": Method(self.score_batch, self._lanes.batches),
            "ScoreStream": Method(self.score_stream),
        }
        return handler_of("ScoringService", methods, self._guard)

    def score(self, data: bytes, context: grpc.ServicerContext) -> bytes:
        """Score one subject."""
        return b"".join(framed_each(_SCORE_ANSWER, self._asking.one(decode(SCORE, data))))

    def score_batch(self, data: bytes, context: grpc.ServicerContext) -> bytes:
        """Score many subjects, each in its own slot."""
        request = decode(BATCH, data)
        count, allowed = len(request.subjects), self._settings.max_batch
        if count > allowed:
            advice = "send several batches, or a stream"
            raise RefusedError(OverLimit("subjects of a batch", count, allowed, advice))
        wrong = () if count else (InputError("subjects", "required", "a batch has at least one subject"),)
        question = self._asking.question(request, wrong)
        parts: list[bytes] = []
        left = self._settings.max_answer_bytes
        for index, subject in enumerate(request.subjects):
            if index % CHECKED_EVERY == 0 and out_of_time(context):
                raise RefusedError(OutOfTime())
            slot = self._slot(question, subject)
            parts += framed_parts(_RESULT, slot)
            left -= sum(map(len, slot))
            if left < 0:
                advice = "send fewer subjects, ask for SUMMARY, or use a stream"
                raise RefusedError(
                    OverLimit("bytes of an answer", None, self._settings.max_answer_bytes, advice)
                )
        return b"".join(parts)

    def _slot(self, question: Question, subject: WireSubject) -> list[bytes]:
        try:
            answers = question.answers(subject)
        except Exception as error:
            # One subject is one slot, whatever goes wrong with it.
            return [framed(_RESULT_SUBJECT, _text(subject.id)), _error(_RESULT_ERROR, "ScoreBatch", error)]
        return [framed(_RESULT_SUBJECT, subject.id), *framed_each(_RESULT_ANSWER, answers)]

    def score_stream(self, requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[bytes]:
        """Score the subjects of a stream, one after the other."""
        for data in requests:
            yield self._stream_answer(data)

    def _stream_answer(self, data: bytes) -> bytes:
        name = b""
        try:
            self._guard.check_size(data)
            request = decode(STREAM, data)
            name = framed(_STREAM_REQUEST, request.request_id[:MAX_SUBJECT_ID].encode())
            words = f"{len(request.request_id)} characters, at most {MAX_SUBJECT_ID}"
            too_long = InputError("request_id", "too_long", words)
            answers = self._asking.one(
                request, (too_long,) if len(request.request_id) > MAX_SUBJECT_ID else ()
            )
        except Exception as error:
            # One message is one answer, whatever goes wrong with it.
            return name + _error(_STREAM_ERROR, "ScoreStream", error)
        return b"".join([name, *framed_each(_STREAM_ANSWER, answers)])


def _error(mark: bytes, method: str, error: Exception) -> bytes:
    refusal = error.refusal if isinstance(error, RefusedError) else broken(method, error)
    return framed(mark, slot_error(refusal).SerializeToString())


def _text(raw: bytes) -> bytes:
    """Return an id as far as it is text, for the answer must be."""
    return raw.decode("utf-8", "replace")[:MAX_SUBJECT_ID].encode()
