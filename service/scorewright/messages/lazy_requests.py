"""Requests as they travel: the same messages with each subject and each event left unread.

What a subject or an event consists of stays bytes, so that one that cannot be read (nested too deep, not
UTF-8) is an error of its own and not of the whole message. The messages are derived from the generated ones,
field by field, and live in a pool of their own. A message inside may come in several parts, which protobuf
merges: they are kept one by one, and `joined` is what they mean together.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final, Literal, Protocol, TypeVar

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message

from scorewright.messages.refusals import InvalidRequest, RefusedError
from scorewright.messages.wire_format import marks, tag
from scorewright.results import InputError
from scorewright.v1 import scorewright_pb2 as pb


class WireSubject(Protocol):
    """A subject, unread."""

    id: bytes
    inputs: Sequence[bytes]


class WireOne(Protocol):
    """A ScoreRequest or ScoreStreamRequest; only the latter has a `request_id`."""

    rulebooks: Sequence[str]
    subject: WireSubject
    as_of: str
    detail: int
    strict: bool
    request_id: str

    def HasField(self, field: Literal["subject"]) -> bool:  # noqa: N802 -- named by protobuf
        """Return whether the request carries a subject at all."""


class WireBatch(Protocol):
    """A ScoreBatchRequest."""

    rulebooks: Sequence[str]
    subjects: Sequence[WireSubject]
    as_of: str
    detail: int
    strict: bool


class WireEvent(Protocol):
    """An event, unread."""

    id: bytes
    account: bytes
    kind: bytes
    at: Sequence[bytes]  # none is no time at all; that of 1970 is one of no bytes
    fields: Sequence[bytes]


class WireEvents(Protocol):
    """A RecordEventsRequest or a RecordEventBatchRequest."""

    events: Sequence[WireEvent]


class WireAccount(Protocol):
    """An EvaluateAccountRequest."""

    account: str
    rulebooks: Sequence[str]
    as_of: str
    inputs: Sequence[bytes]
    detail: int
    strict: bool
    record: bool


_UNREAD = {
    "Subject": ("id", "inputs"),
    "Event": ("id", "account", "kind", "at", "fields"),
    "EvaluateAccountRequest": ("inputs",),
}
_REQUESTS = (
    "ScoreRequest",
    "ScoreBatchRequest",
    "ScoreStreamRequest",
    "RecordEventsRequest",
    "RecordEventBatchRequest",
    "EvaluateAccountRequest",
)


def _messages() -> dict[str, type[Message]]:
    file = descriptor_pb2.FileDescriptorProto()
    pb.DESCRIPTOR.CopyToProto(file)
    kept = [message for message in file.message_type if message.name in (*_REQUESTS, *_UNREAD)]
    for message in kept:
        for field in message.field:
            if field.name in _UNREAD.get(message.name, ()):
                if field.type == descriptor_pb2.FieldDescriptorProto.TYPE_MESSAGE:
                    field.label = descriptor_pb2.FieldDescriptorProto.LABEL_REPEATED
                field.type = descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
                field.ClearField("type_name")
    wire = descriptor_pb2.FileDescriptorProto(
        name=file.name, package=file.package, syntax=file.syntax, message_type=kept, enum_type=file.enum_type
    )
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wire.SerializeToString())
    named = {name: pool.FindMessageTypeByName(f"{file.package}.{name}") for name in _REQUESTS}
    return {name: message_factory.GetMessageClass(found) for name, found in named.items()}


def joined(parts: Sequence[bytes]) -> bytes:
    """Return the bytes of a message that came in parts: one after the other they are what protobuf merges."""
    return parts[0] if len(parts) == 1 else b"".join(parts)


R_co = TypeVar("R_co", covariant=True)


class Readable(Protocol[R_co]):
    """A kind of request: the class of a message."""

    def FromString(self, data: bytes, /) -> R_co:  # noqa: N802 -- named by protobuf
        """Read a message from its bytes."""


_MESSAGES: Final[Mapping[str, Any]] = _messages()
SCORE: Final[Readable[WireOne]] = _MESSAGES["ScoreRequest"]
BATCH: Final[Readable[WireBatch]] = _MESSAGES["ScoreBatchRequest"]
STREAM: Final[Readable[WireOne]] = _MESSAGES["ScoreStreamRequest"]
EVENTS: Final[Readable[WireEvents]] = _MESSAGES["RecordEventsRequest"]
EVENT_BATCH: Final[Readable[WireEvents]] = _MESSAGES["RecordEventBatchRequest"]
ACCOUNT: Final[Readable[WireAccount]] = _MESSAGES["EvaluateAccountRequest"]

_RULEBOOK, _SUBJECT = (tag(pb.ScoreBatchRequest, field) for field in ("rulebooks", "subjects"))

LARGE: Final = 64
"""Batches that ask for more answers than this are large."""


def is_large(batch: bytes) -> bool:
    """Return whether a ScoreBatchRequest asks for many answers, by a look at its beginning."""
    rulebooks = subjects = 0
    for mark in islice(marks(batch), 2 * LARGE):
        rulebooks += mark == _RULEBOOK
        subjects += mark == _SUBJECT
    return max(1, rulebooks) * subjects > LARGE or rulebooks + subjects == 2 * LARGE


def decode(kind: Readable[R_co], data: bytes) -> R_co:
    """Read a request of a kind, or refuse what is none."""
    try:
        return kind.FromString(data)
    except DecodeError:
        message: Any = kind
        words = f"not a {message.DESCRIPTOR.full_name}"
        raise RefusedError(InvalidRequest((InputError("", "malformed", words),))) from None
