"""Write answers as bytes of `scorewright.v1.Answer` from parts that were prepared before.

What an outcome says is written once and kept as long as the engine shares the outcome. An answer is these
bytes followed by what belongs to one subject and day: protobuf messages may be concatenated field by field.
"""

from binascii import hexlify
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Value

from scorewright.messages.wire_format import framed, tag, varint
from scorewright.program import Program
from scorewright.results import InputCode, Outcome, Recommended, Score, ShortScore, Summary
from scorewright.results.outcome_json import Json, action_answer, fixed_answer, receipt
from scorewright.v1 import scorewright_pb2 as pb

KEPT: Final = 4096
"""The most outcomes whose bytes are kept for one rulebook; then they are all let go."""

_DAYS_KEPT = 256
_KEY_DIGITS = 32


_ACTION = tag(pb.Answer, "actions")
_KEY = tag(pb.Action, "idempotency_key") + varint(_KEY_DIGITS)
_UNKNOWN = tag(pb.Answer, "unknown_inputs")
_FLAG = tag(pb.Answer, "flags")


@dataclass(frozen=True, slots=True)
class PreparedAction:
    """An action up to its idempotency key, and what that key is made of around subject and day."""

    head: bytes
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class PreparedAnswer:
    """What is the same in every answer with this outcome or summary."""

    outcome: Outcome | Summary
    fixed: bytes
    actions: tuple[PreparedAction, ...]


class Encoder:
    """Write the answers of one rulebook; safe to share between threads."""

    def __init__(self, program: Program) -> None:
        self._program = program
        # By identity: engines share outcomes, and `Prepared.outcome` keeps each alive as long as its bytes.
        self._prepared: dict[int, PreparedAnswer] = {}
        self._receipts: dict[date, tuple[bytes, bytes]] = {}

    def answer(self, score: Score | ShortScore) -> bytes:
        """Write a whole or short answer for one subject."""
        _, outcome, subject, as_of, unknown, no_inputs = score
        prepared = self._prepared.get(id(outcome)) or self._prepare(outcome)
        receipt, day = self._receipts.get(as_of) or self._write_receipt(as_of)
        if not prepared.actions and not unknown and not no_inputs:
            return prepared.fixed + receipt
        parts = [prepared.fixed]
        if no_inputs:
            parts.append(framed(_FLAG, InputCode.NO_INPUTS.encode()))
        who = f"{len(subject)}:{subject}".encode("utf-8", "surrogatepass") + day
        for action in prepared.actions:
            key = sha256(action.before + who + action.after).digest()
            parts += (action.head, hexlify(key[: _KEY_DIGITS // 2]))
        for name in unknown:
            parts.append(framed(_UNKNOWN, name.encode()))
            if isinstance(outcome, Outcome):
                parts.append(framed(_FLAG, f"unknown_input:{name}".encode()))
        parts.append(receipt)
        return b"".join(parts)

    def _prepare(self, outcome: Outcome | Summary) -> PreparedAnswer:
        found = fixed_answer(self._program, outcome)
        found.pop("actions", None)
        actions = tuple(map(self._action, outcome.actions))
        prepared = PreparedAnswer(outcome, message(found).SerializeToString(), actions)
        if len(self._prepared) >= KEPT:
            self._prepared.clear()
        self._prepared[id(outcome)] = prepared
        return prepared

    def _action(self, action: Recommended) -> PreparedAction:
        body = pb.Action(**action_answer(action)).SerializeToString()  # type: ignore[arg-type]  # as in the proto
        head = _ACTION + varint(len(body) + len(_KEY) + _KEY_DIGITS) + body + _KEY
        before = _frame(self._program.id) + _frame(action.id)
        return PreparedAction(head, before, b"".join(map(_frame, action.causes)))

    def _write_receipt(self, as_of: date) -> tuple[bytes, bytes]:
        flags = list(self._program.effective.flags(as_of))
        body = message({"flags": flags, "receipt": receipt(self._program, as_of)}).SerializeToString()
        written = body, _frame(as_of.isoformat())
        if len(self._receipts) >= _DAYS_KEPT:
            self._receipts.clear()
        self._receipts[as_of] = written
        return written


def message(found: Json) -> pb.Answer:
    """Make the message of an answer in its JSON form."""
    parts = dict(found)
    if "assumed" in parts:
        assumed: list[Json] = parts["assumed"]  # type: ignore[assignment]  # made by `scorewright.results.outcome_json`
        parts["assumed"] = [{**item, "value": json_message(item["value"])} for item in assumed]
    return pb.Answer(**parts)  # type: ignore[arg-type]  # the names and shapes of the proto


def json_message(value: object) -> Value:
    """Make the message of any JSON value."""
    return ParseDict(value, Value())  # type: ignore[arg-type]  # any JSON, where a Value is wanted


def _frame(part: str) -> bytes:
    """Frame a part of an idempotency key, as `result.idempotency_key` does."""
    return f"{len(part)}:{part}".encode("utf-8", "surrogatepass")
