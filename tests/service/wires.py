"""Bytes as a sender may write a google.protobuf.Struct: whole, odd, with fields that nobody declared."""

import struct as packing

from hypothesis import strategies as st

from scorewright.messages.wire_format import framed, varint

# Wire types: a number of any length, 8 bytes, a length and its bytes, a group, 4 bytes.
_NUMBER, _EIGHT, _BYTES, _GROUP, _END, _FOUR = 0, 1, 2, 3, 4, 5


def unknown(numbers: st.SearchStrategy[int], depth: int = 2) -> st.SearchStrategy[bytes]:
    """Draw a field of any wire type, under one of these numbers."""
    kinds = [
        st.tuples(numbers, st.integers(0, 2**64 - 1)).map(
            lambda drawn: varint(drawn[0] << 3 | _NUMBER) + varint(drawn[1])
        ),
        st.tuples(numbers, st.binary(min_size=8, max_size=8)).map(
            lambda drawn: varint(drawn[0] << 3 | _EIGHT) + drawn[1]
        ),
        st.tuples(numbers, st.binary(max_size=6)).map(
            lambda drawn: framed(varint(drawn[0] << 3 | _BYTES), drawn[1])
        ),
        st.tuples(numbers, st.binary(min_size=4, max_size=4)).map(
            lambda drawn: varint(drawn[0] << 3 | _FOUR) + drawn[1]
        ),
    ]
    if depth:
        inner = st.lists(unknown(st.integers(1, 40), depth - 1), max_size=2).map(b"".join)
        kinds.append(
            st.tuples(numbers, inner).map(
                lambda drawn: varint(drawn[0] << 3 | _GROUP) + drawn[1] + varint(drawn[0] << 3 | _END)
            )
        )
    return st.one_of(kinds)


def _around(parts: st.SearchStrategy[bytes], declared: int) -> st.SearchStrategy[bytes]:
    """Put several parts in a row, now and then with what is not declared among them."""
    strange = unknown(st.integers(declared + 1, 40))
    return st.lists(st.one_of(parts, parts, parts, parts, strange), max_size=3).map(b"".join)


_TEXTS = st.text(max_size=4).map(str.encode) | st.binary(max_size=3)

SCALARS = st.one_of(
    st.just(b"\x08\x00"),
    st.floats(allow_nan=False).map(lambda number: b"\x11" + packing.pack("<d", number)),
    _TEXTS.map(lambda text: framed(b"\x1a", text)),
    st.sampled_from([b"\x20\x00", b"\x20\x01", b"\x20\x07"]),
)


def values(depth: int = 2) -> st.SearchStrategy[bytes]:
    """Draw the bytes of a Value: of no kind, of one, of several one after the other."""
    kinds = SCALARS
    if depth:
        inner = values(depth - 1).map(lambda value: framed(b"\x0a", value))
        kinds |= _around(inner, 1).map(lambda items: framed(b"\x32", items))
        kinds |= structs(depth - 1).map(lambda fields: framed(b"\x2a", fields))
    return _around(kinds, 6)


def structs(depth: int = 2) -> st.SearchStrategy[bytes]:
    """Draw the bytes of a Struct; names come back, so that entries replace each other."""
    names = (st.sampled_from([b"a", b"b", b""]) | _TEXTS).map(lambda name: framed(b"\x0a", name))
    parts = names | values(depth).map(lambda value: framed(b"\x12", value))
    # A name and a value in any order, either of them twice or not at all.
    entries = (st.tuples(names, values(depth).map(lambda v: framed(b"\x12", v))).map(b"".join)) | _around(
        parts, 2
    )
    return _around(entries.map(lambda entry: framed(b"\x0a", entry)), 1)
