from pathlib import Path

import pytest

from scorewright.diagnostics.diagnostic import Report, Span
from scorewright.rulebook.source import MAX_BYTES, MAX_PLACES, Source, check_text


def codes(report: Report) -> list[str]:
    return [d.code for d in report.diagnostics]


def test_lines_and_columns_count_from_one_whatever_the_line_break() -> None:
    source = Source("a.yaml", "a\r\nbb\rccc\n\nd")
    assert [source.excerpt(line) for line in range(7)] == ["", "a", "bb", "ccc", "", "d", ""]
    assert [source.position(offset) for offset in (0, 1, 3, 4, 6, 11)] == [
        (1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (5, 1),
    ]  # fmt: skip


def test_positions_and_offsets_are_each_others_inverse() -> None:
    source = Source("a.yaml", "ab\n\ncd\r\ne")
    for offset in range(len(source.text) + 1):
        assert source.offset(*source.position(offset)) == offset


def test_a_place_outside_the_text_is_kept_within_it() -> None:
    source = Source("a.yaml", "ab\n")
    assert source.position(99) == (2, 1)
    assert source.position(-1) == (1, 1)
    assert source.offset(9, 9) == 3
    assert source.span(1, 0) == Span("a.yaml", 1, 2, 1, 2)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source, report = Source.decode("a.yaml", b"\xef\xbb\xbfa: 1")
    assert source == Source("a.yaml", "a: 1")
    assert not report.diagnostics


def test_a_byte_that_is_not_utf8_is_refused_with_its_place() -> None:
    source, report = Source.decode("a.yaml", b"a: 1\nb: \xff\n")
    assert source is None
    assert codes(report) == ["not-utf8"]
    assert report.diagnostics[0].span == Span("a.yaml", 2, 4, 2, 4)


@pytest.mark.parametrize("data", ["a: 1".encode("utf-16"), b"\xff", b"\xc3"])
def test_other_encodings_are_refused(data: bytes) -> None:
    assert codes(Source.decode("a.yaml", data)[1]) == ["not-utf8"]


def test_a_file_over_the_limit_is_refused() -> None:
    assert Source.decode("a.yaml", b"#" * MAX_BYTES)[0] is not None
    assert codes(Source.decode("a.yaml", b"#" * (MAX_BYTES + 1))[1]) == ["file-too-large"]
    assert codes(check_text(Source("a.yaml", "#" * (MAX_BYTES + 1)))) == ["file-too-large"]


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\n")
    assert Source.read(path) == (Source(str(path), "a: 1\n"), Report())


@pytest.mark.parametrize("name", ["missing.yaml", ".", "nul\0.yaml"])
def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path, name: str) -> None:
    source, report = Source.read(tmp_path / name)
    assert source is None
    assert codes(report) == ["file-unreadable"]


@pytest.mark.parametrize(
    "char", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff", "\ud800", "\uffff"]
)
def test_a_character_that_cannot_be_seen_is_refused_with_its_place(char: str) -> None:
    report = check_text(Source("a.yaml", f"a: 1\nb: {char}x"))
    assert codes(report) == ["control-character"]
    assert report.diagnostics[0].span == Span("a.yaml", 2, 4, 2, 5)


@pytest.mark.parametrize("char", ["\t", "\r", "é", "顧", "👋", "\u200d", "\xa0"])
def test_other_characters_are_text(char: str) -> None:
    assert not check_text(Source("a.yaml", f"a: {char}")).diagnostics


def test_a_file_full_of_them_is_told_of_some() -> None:
    assert len(check_text(Source("a.yaml", "\0" * 1000)).diagnostics) == MAX_PLACES
