"""From answers to bytes, and why a call is refused."""

from scorewright.messages.answer_encoder import Encoder
from scorewright.messages.message_filler import filled
from scorewright.messages.refusal_status import message, slot_error, status
from scorewright.messages.struct_reader import Inputs, StructReader
from scorewright.messages.wire_format import framed, framed_each, framed_parts, tag

__all__ = (
    "Encoder",
    "Inputs",
    "StructReader",
    "filled",
    "framed",
    "framed_each",
    "framed_parts",
    "message",
    "slot_error",
    "status",
    "tag",
)
