"""The rulebook service: what is served, what it asks, and whether a text would do."""

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Final

import grpc

from scorewright.accounts import Fleet
from scorewright.catalog import MAX_REFERENCE, Catalog
from scorewright.diagnostics import Diagnostic, Report, Span, Stopped, StoppedError
from scorewright.messages import filled
from scorewright.messages import rulebook_description as describe
from scorewright.messages.lazy_requests import decode
from scorewright.messages.refusals import InvalidRequest, OutOfTime, OverLimit, RefusedError
from scorewright.results import ENGINE_VERSION, InputError
from scorewright.rpc.error_boundary import Guard, out_of_time
from scorewright.rpc.lanes import Lanes
from scorewright.rpc.methods import Method, handler_of
from scorewright.rulebook import MAX_BYTES, Source
from scorewright.scoring import Loaded, load_source
from scorewright.storage.served_versions import why_not
from scorewright.v1 import scorewright_pb2 as pb

SERVICE: Final = pb.DESCRIPTOR.services_by_name["RulebookService"].full_name


class RulebookServicer:
    """Tell about rulebooks."""

    def __init__(self, store: Catalog, guard: Guard, lanes: Lanes, fleet: Fleet | None = None) -> None:
        self._store = store
        self._fleet = fleet
        self._guard = guard
        self._lanes = lanes
        self._described: dict[str, bytes] = {}

    def handler(self) -> grpc.GenericRpcHandler:
        """Return gRPC the methods."""
        methods = {
            "ListRulebooks": Method(self.list_rulebooks, self._lanes.calls),
            "GetRulebook": Method(self.get_rulebook, self._lanes.calls),
            "CheckRulebook": Method(self.check_rulebook, self._lanes.large),
            "GetStatus": Method(self.get_status, self._lanes.calls),
        }
        return handler_of("RulebookService", methods, self._guard)

    def list_rulebooks(self, data: bytes, _: grpc.ServicerContext) -> bytes:
        """List what is served."""
        decode(pb.ListRulebooksRequest, data)
        summaries = [describe.summary(book.program) for book in self._store]
        return pb.ListRulebooksResponse(rulebooks=summaries).SerializeToString()

    def get_rulebook(self, data: bytes, _: grpc.ServicerContext) -> bytes:
        """Describe one rulebook whole."""
        request = decode(pb.GetRulebookRequest, data)
        (book,) = self._store.find([request.rulebook], "rulebook")
        id = book.program.id
        if id not in self._described:
            found = pb.GetRulebookResponse(rulebook=describe.rulebook(book.loaded))
            self._described[id] = found.SerializeToString()
        return self._described[id]

    def check_rulebook(self, data: bytes, context: grpc.ServicerContext) -> bytes:
        """Check the text of a rulebook; nothing is stored, and nothing is checked that nobody waits for."""
        request = decode(pb.CheckRulebookRequest, data)
        text = request.text.encode()
        if len(text) > MAX_BYTES:
            raise RefusedError(OverLimit("bytes of a text", len(text), MAX_BYTES, "rulebooks are smaller"))
        if len(request.file) > MAX_REFERENCE:
            words = f"{len(request.file)} characters, at most {MAX_REFERENCE}"
            raise RefusedError(InvalidRequest((InputError("file", "too_long", words),)))
        try:
            loaded, report = _load(request.file or "rulebook.yaml", text, lambda: out_of_time(context))
        except StoppedError:
            raise RefusedError(OutOfTime()) from None
        ok = loaded is not None and not report.has_errors
        return pb.CheckRulebookResponse(
            findings=[_finding(diagnostic) for diagnostic in report.diagnostics],
            ok=ok,
            rulebook=describe.summary(loaded.program) if loaded is not None and ok else None,
        ).SerializeToString()

    def get_status(self, data: bytes, _: grpc.ServicerContext) -> bytes:
        """Return what serves since when."""
        decode(pb.GetStatusRequest, data)
        found = pb.GetStatusResponse(
            server_version=version("scorewright"), engine_version=ENGINE_VERSION, engine=self._store.engine
        )
        found.started_at.FromDatetime(self._store.started_at)
        for book in self._store:
            program = book.program
            item = found.rulebooks.add(id=program.id, version=program.version, digest=program.digest)
            item.loaded_at.FromDatetime(book.loaded_at)
            if self._fleet is not None and (other := self._fleet.instead(program.id)):
                item.not_settling = why_not(other, program.id)
        return found.SerializeToString()


def _load(name: str, text: bytes, stopped: Stopped) -> tuple[Loaded | None, Report]:
    source, report = Source.decode(name, text)
    if source is None:
        return None, report
    loaded, found = load_source(source, today=datetime.now(UTC).date(), stopped=stopped)
    return loaded, report + found


def _finding(diagnostic: Diagnostic) -> pb.Finding:
    return filled(
        pb.Finding,
        diagnostic,
        span=_span(diagnostic.span),
        labels=[filled(pb.Label, label, span=_span(label.span)) for label in diagnostic.labels],
    )


def _span(span: Span) -> pb.Span:
    return filled(pb.Span, span)
