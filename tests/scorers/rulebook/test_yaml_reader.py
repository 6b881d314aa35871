from fractions import Fraction

import pytest

from scorewright.diagnostics.diagnostic import Diagnostic
from scorewright.rulebook.nodes import Mapping, Plain, Scalar, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import MAX_DEPTH, MAX_NODES, read_tree


def values(text: str) -> Plain:
    node, report = read_tree(Source("a.yaml", text))
    assert not report.diagnostics
    assert node is not None
    return plain(node)


def findings(text: str) -> tuple[Diagnostic, ...]:
    return read_tree(Source("a.yaml", text))[1].diagnostics


def codes(text: str) -> list[str]:
    return [d.code for d in findings(text)]


def lines(text: str) -> list[tuple[str, int, int]]:
    return [(d.code, d.span.line, d.span.column) for d in findings(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\nb: [x, 'y', \"z\"]\n", {"a": Fraction(1), "b": ["x", "y", "z"]}),
        ("- {a: true, b: }\n- ~\n-\n", [{"a": True, "b": None}, None, None]),
        ("yes: no\nNO: on\n1: y\ntrue: z\n", {"yes": "no", "NO": "on", "1": "y", "true": "z"}),
        ("'5': x\n\"quoted\": '7'\n", {"5": "x", "quoted": "7"}),
        ("a: |\n  one\n  two\nb: >-\n  one\n  two\n", {"a": "one\ntwo\n", "b": "one two"}),
        ("a: one\n  two\n", {"a": "one two"}),
        ("---\na: 1\n...\n# the end\n", {"a": Fraction(1)}),
        ("{\"a\":1,'b':[]}", {"a": Fraction(1), "b": []}),
        ("just text", "just text"),
        ("a: \"tab\\tnew\\nline\"", {"a": "tab\tnew\nline"}),
        ("a: 2025-01-01\r\nb: 1.2.3\r\n", {"a": "2025-01-01", "b": "1.2.3"}),
        ("a: x#y\nb: x # y\nc: x  #y\nd: 5 #y\n# ---\n", {"a": "x#y", "b": "x", "c": "x", "d": Fraction(5)}),
    ],
)  # fmt: skip
def test_yaml_is_read_as_version_1_2_with_exact_numbers(text: str, value: Plain) -> None:
    assert values(text) == value


def test_a_scalar_keeps_its_text_and_how_it_was_written() -> None:
    node, _ = read_tree(Source("a.yaml", "a: 1.10\nb: '1.10'\n"))
    assert isinstance(node, Mapping)
    one, two = (entry.value for entry in node.entries)
    assert isinstance(one, Scalar)
    assert isinstance(two, Scalar)
    assert (one.text, one.value, one.plain) == ("1.10", Fraction(11, 10), True)
    assert (two.text, two.value, two.plain) == ("1.10", "1.10", False)
    assert (one.span.line, one.span.column, one.span.end_column) == (1, 4, 8)
    assert (two.span.line, two.span.column, two.span.end_column) == (2, 4, 10)


def test_a_block_ends_with_its_last_value_and_not_with_the_comments_below() -> None:
    node, _ = read_tree(Source("a.yaml", "a:\n  b: 1\n  c: |\n    text\n\n# about d\n\nd: 2\n"))
    assert isinstance(node, Mapping)
    span = node.entries[0].value.span
    assert (span.line, span.column, span.end_line, span.end_column) == (2, 3, 4, 9)


def test_wide_characters_count_as_one_column() -> None:
    assert lines("顧客: { x: 0777 }") == [("odd-number", 1, 10)]


def test_all_mistakes_of_a_file_are_reported_at_once() -> None:
    text = "a: 0777\nb: &x 1\nc: *x\nd: !t 1\nd: 2\ne: { f: Resolve, send note }\ng: 1: 2\n"
    assert lines(text) == [
        ("odd-number", 1, 4),
        ("anchor", 2, 4),
        ("anchor", 3, 4),
        ("tag", 4, 4),
        ("key-twice", 5, 1),
        ("text-cut-by-comma", 6, 18),
        ("not-yaml", 7, 5),
    ]


def test_no_node_comes_back_with_an_error() -> None:
    node, report = read_tree(Source("a.yaml", "a: 0777"))
    assert node is None
    assert report.has_errors


def test_equal_keys_are_told_with_both_places() -> None:
    (found,) = findings("a: 1\nb: 2\na: 3\n")
    assert (found.code, found.span.line) == ("key-twice", 3)
    assert [(label.span.line, label.text) for label in found.labels] == [(1, "first written here")]
    assert found.notes[0].endswith("so this would be `3` where a reviewer reads `1`")


def test_keys_are_equal_by_their_text() -> None:
    assert codes("1: a\n'1': b\n") == ["key-twice"]
    assert codes("1: a\ntrue: b\n'yes': c\n") == []


def test_the_limit_of_levels_is_exact() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["too-deep"]


def test_the_limit_of_keys_and_values_is_exact() -> None:
    assert codes("[" + "1," * (MAX_NODES - 1) + "]") == []
    assert codes("[" + "1," * MAX_NODES + "]") == ["too-many-values"]


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}]\n" for p, n in zip("abcdef", "bcdefg", strict=True)
    )
    assert set(codes(bomb)) == {"anchor"}


def test_a_merge_key_is_one_finding() -> None:
    assert codes("a: { <<: *base }") == ["anchor"]


def test_a_quoted_merge_key_is_a_key() -> None:
    assert values("'<<': 1") == {"<<": Fraction(1)}


def test_text_after_the_document_is_refused() -> None:
    assert codes("a: 1\n---\nb: 1\n") == ["several-documents"]
    assert codes("a: 1\n...\nb: 1\n") == ["not-yaml"]
    assert codes("'a' 'b'") == ["not-yaml"]


def test_a_comma_tells_only_of_its_first_word() -> None:
    assert (
        codes("{ do: Call, ask, and listen, owner: sales, note: Wait, then go }") == ["text-cut-by-comma"] * 2
    )


def test_a_text_is_cut_only_by_a_hash_that_looks_like_part_of_it() -> None:
    assert codes("a: Team #1\n") == ["text-cut-by-comment"]
    assert codes("a: Team # one\nb: Team  #one\nc: 5 #five\nd: 'Team' #one\ne: #nothing\n") == []


def test_an_error_in_a_line_is_not_echoed_by_the_parser() -> None:
    assert codes("a: {score} points") == ["not-yaml"]
    assert codes("a: &b *c") == ["anchor"]


def test_tabs_are_one_finding_and_the_rest_is_still_read() -> None:
    assert codes("a:\n\tb: 1\n\tb: 2\n\tc: [\n") == ["tab", "key-twice"]
    assert findings("a:\n\tb: 1\n\tc: 2\n")[0].notes == ("2 lines have tabs",)


def test_an_empty_file_is_refused() -> None:
    for text in ("", "\n\n", "# only\n", "---\n", "---\n...\n"):
        assert codes(text) == ["file-empty"], text


def test_an_escape_cannot_put_a_control_character_into_a_text() -> None:
    assert codes('a: "\\e[31m"\nb: "\\0"\n"\\a": 1\n') == ["control-character"] * 3


def test_reading_stops_after_a_hundred_errors() -> None:
    assert len(codes("- 0777\n" * 5_000)) == 100


def test_warnings_do_not_stop_the_reading() -> None:
    found = codes("- a #b\n" * 150 + "- 0777\n")
    assert found.count("text-cut-by-comment") == 100
    assert found[-1] == "odd-number"
