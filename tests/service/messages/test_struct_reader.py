"""Inputs read from the wire: the same as protobuf's own parser reads, one bad input at a time."""

import math
from typing import Any

import pytest
from google.protobuf.message import DecodeError
from google.protobuf.struct_pb2 import ListValue, Struct, Value
from hypothesis import example, given
from hypothesis import strategies as st

from scorewright.messages.refusals import OverLimit, RefusedError
from scorewright.messages.struct_reader import MAX_DEPTH, MAX_NAME, MAX_PARTS, UNREADABLE, StructReader
from scorewright.messages.wire_format import framed
from scorewright.results.outcome import InputCode
from tests.service.wires import structs

UNKNOWN_IN_ENTRY = bytes.fromhex("0a070a016352020800")
"""One entry `c`, with a field 10 that entries do not have."""

LIMIT = 1_000

SCALARS = (
    st.none()
    | st.booleans()
    | st.text(max_size=200)
    | st.floats(allow_nan=False)
    | st.integers(-(2**53), 2**53)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.text(max_size=MAX_NAME)


def struct(inputs: dict[str, Any]) -> Struct:
    found = Struct()
    found.update(inputs)
    return found


def by_protobuf(value: Value) -> object:
    kind = value.WhichOneof("kind")
    if kind is None or kind == "null_value":
        return None
    if kind == "list_value":
        return [by_protobuf(part) for part in value.list_value.values]
    if kind == "struct_value":
        return {name: by_protobuf(part) for name, part in value.struct_value.fields.items()}
    return getattr(value, kind)


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=8), max_size=4))
def test_inputs_are_what_protobuf_reads(subjects: list[dict[str, Any]]) -> None:
    reader = StructReader(LIMIT)
    for inputs in subjects * 2:  # the second time around entries are known
        raw = struct(inputs).SerializeToString()
        expected = {name: by_protobuf(value) for name, value in Struct.FromString(raw).fields.items()}
        assert reader.read(raw) == (expected, [])


@given(st.binary(max_size=60))
def test_garbage_is_never_a_crash(raw: bytes) -> None:
    inputs, errors = StructReader(LIMIT).read(raw)
    assert inputs is not None
    assert all(error.message for error in errors)


@given(st.lists(structs(), min_size=1, max_size=3))
@example([UNKNOWN_IN_ENTRY])
@example([bytes.fromhex("0a0712021a01780a01" + "62"), b"\x0a\x00"])
def test_whatever_a_sender_writes_is_read_as_protobuf_reads_it(raws: list[bytes]) -> None:
    reader = StructReader(LIMIT)
    for raw in raws * 2:
        found, errors = reader.read(raw)
        try:
            expected = {name: by_protobuf(value) for name, value in Struct.FromString(raw).fields.items()}
        except DecodeError:
            assert errors
        else:
            assert (found, errors) == (expected, [])


def test_an_entry_with_an_unknown_field_costs_no_other_entry() -> None:
    known = struct({"a": 1, "c": True}).SerializeToString()
    assert StructReader(LIMIT).read(known + UNKNOWN_IN_ENTRY) == ({"a": 1, "c": True}, [])
    assert StructReader(LIMIT).read(UNKNOWN_IN_ENTRY + known) == ({"a": 1, "c": True}, [])


@given(st.dictionaries(NAMES, SCALARS, min_size=1, max_size=5), st.data())
def test_a_cut_struct_is_read_as_protobuf_reads_it(inputs: dict[str, Any], data: st.DataObject) -> None:
    reader, raw = StructReader(LIMIT), struct(inputs).SerializeToString()
    reader.read(raw)
    cut = raw[: data.draw(st.integers(1, len(raw) - 1))]
    found, errors = reader.read(cut)
    try:
        expected = {name: by_protobuf(value) for name, value in Struct.FromString(cut).fields.items()}
    except Exception:
        assert errors
    else:
        assert found == expected


def test_whole_numbers_are_whole() -> None:
    inputs, _ = StructReader(LIMIT).read(
        struct({"a": 3.0, "b": 2.5, "c": 1e15, "d": -0.0}).SerializeToString()
    )
    assert [type(value) for value in inputs.values()].count(int) == 2
    assert inputs["b"] == 2.5
    assert isinstance(inputs["c"], float)


def test_not_a_number_arrives_as_such() -> None:
    inputs, errors = StructReader(LIMIT).read(struct({"a": math.nan, "b": -math.inf}).SerializeToString())
    assert math.isnan(inputs["a"])  # type: ignore[arg-type]  # a float, as was sent
    assert inputs["b"] == -math.inf
    assert not errors


def nested(depth: int) -> Value:
    value = Value(number_value=1)
    for _ in range(depth):
        value = Value(list_value=ListValue(values=[value]))
    return value


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 30, 100, 1_000])
def test_an_input_nested_too_deep_is_one_invalid_input(depth: int) -> None:
    entry = framed(b"\x0a", b"deep") + framed(b"\x12", wire_value(depth))
    raw = struct({"flat": 1}).SerializeToString() + framed(b"\x0a", entry)
    inputs, errors = StructReader(LIMIT).read(raw)
    assert inputs == {"flat": 1, "deep": UNREADABLE}
    assert [(error.input, error.code) for error in errors] == [("deep", InputCode.WRONG_TYPE)]
    assert f"{MAX_DEPTH} levels" in errors[0].message


def wire_value(depth: int) -> bytes:
    """Write a value inside so many lists; protobuf's own writer stops at 100."""
    value = b"\x20\x01"
    for _ in range(depth):
        value = framed(b"\x32", framed(b"\x0a", value))
    return value


def test_as_many_levels_as_are_allowed_are_read() -> None:
    raw = Struct(fields={"deep": nested(MAX_DEPTH)}).SerializeToString()
    inputs, errors = StructReader(LIMIT).read(raw)
    assert not errors
    assert inputs["deep"] == eval("[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH)  # noqa: S307 -- brackets only


def test_a_text_that_is_not_utf8_is_one_invalid_input() -> None:
    entry = framed(b"\x0a", b"name") + framed(b"\x12", framed(b"\x1a", b"\xff\xfe"))
    inputs, errors = StructReader(LIMIT).read(framed(b"\x0a", entry))
    assert inputs == {"name": UNREADABLE}
    assert errors[0].input == "name"


def test_a_list_with_too_many_values_is_refused() -> None:
    raw = struct({"list": [1] * (MAX_PARTS + 1)}).SerializeToString()
    inputs, errors = StructReader(LIMIT).read(raw)
    assert inputs == {"list": UNREADABLE}
    assert "values" in errors[0].message


def test_a_long_name_is_refused_without_being_repeated() -> None:
    inputs, errors = StructReader(LIMIT).read(struct({"n" * 100_000: 1}).SerializeToString())
    assert [error.code for error in errors] == [InputCode.UNKNOWN_INPUT]
    assert len(errors[0].input) < 100
    assert list(inputs) == [errors[0].input]


@pytest.mark.parametrize("count", [LIMIT + 1, 100_000])
def test_too_many_inputs_are_refused(count: int) -> None:
    raw = struct({f"input_{index}": 1 for index in range(count)}).SerializeToString()
    with pytest.raises(RefusedError) as caught:
        StructReader(LIMIT).read(raw)
    assert isinstance(caught.value.refusal, OverLimit)
    assert (caught.value.refusal.came, caught.value.refusal.allowed) == (count, LIMIT)


def test_unusual_writing_is_read_by_protobuf() -> None:
    odd = (
        b"\x0a\x87\x00" + framed(b"\x0a", b"x") + b"\x12\x02\x20\x01"
    )  # a length in more bytes than it needs
    unknown = b"\x50\x01"  # a field that a Struct does not have
    assert StructReader(LIMIT).read(odd + unknown) == ({"x": True}, [])


def test_what_is_no_struct_at_all_is_one_error() -> None:
    inputs, errors = StructReader(LIMIT).read(b"\x0a\x7fabc")
    assert inputs == {}
    assert [(error.input, error.code) for error in errors] == [("", InputCode.WRONG_TYPE)]


def test_entries_that_are_kept_are_bounded() -> None:
    reader = StructReader(LIMIT)
    for number in range(20_000):
        reader.read(struct({"n": number + 0.5}).SerializeToString())
    assert len(reader._known) <= 16_384
