"""The reader takes anything: it never raises, it points into the text, and it reads back what was written."""

import json
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorewright.cli.reporters import REPORTERS
from scorewright.diagnostics.diagnostic import Report, Span
from scorewright.rulebook.nodes import Mapping, Node, Plain, Scalar, plain
from scorewright.rulebook.source import MAX_BYTES, UNWANTED, Source
from scorewright.rulebook.yaml_reader import read_tree

RULEBOOK = """\
rulebook: { id: one, name: "One: a rulebook", version: 1.0.0, owner: sales }
inputs:
  team_size: { type: integer, min: 1, max: 100000 }  # people
  role:
    type: choice
    options: [hr_leader, other]
criteria:
  - id: size
    input: team_size
    steps:
      - { from: 1, points: 0 }
      - { from: 5.5, points: 15, label: 'five # up' }
  - { id: role, when: { input: role, is: hr_leader }, points: -15 }
notes: |
  Two lines
  of text
"""
PIECES = (
    "\n", "  ", " ", "- ", ": ", "? ", "{", "}", "[", "]", ",", "#", " #x", "&a ", "*a", "!t ", "<<: ", '"',
    "'", "|", ">", "%", "@", "`", "\\", "\t", "---\n", "...\n", "\r\n", "\r", "\0", "\ufeff", "\u2028",
    "0777", "1e3", "1,000", "é", "顧",
)  # fmt: skip


def check_reading(source: Source) -> tuple[Node | None, Report]:
    """Read a source and hold what must be true of every reading."""
    node, report = read_tree(source)
    assert (node is None) == report.has_errors
    for diagnostic in report.diagnostics:
        for span in (diagnostic.span, *(label.span for label in diagnostic.labels)):
            assert_within(span, source)
        words = (diagnostic.message, diagnostic.help or "ok", *diagnostic.notes)
        assert all("\n" not in text and len(text) < 400 for text in words)
    for part in walk(node) if node else ():
        assert_within(part.span, source)
    for write in REPORTERS.values():
        write(report.diagnostics, {source.name: source}, False).encode()
    return node, report


def assert_within(span: Span, source: Source) -> None:
    assert span.file == source.name
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert 1 <= span.line <= span.end_line <= len(source.line_starts)
    assert 1 <= span.column <= len(source.excerpt(span.line)) + 1
    assert 1 <= span.end_column <= len(source.excerpt(span.end_line)) + 1


def walk(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from walk(entry.value)
    elif not isinstance(node, Scalar):
        for item in node.items:
            yield from walk(item)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    source, report = Source.decode("a.yaml", data)
    assert (source is None) == report.has_errors
    if source:
        check_reading(source)


@given(st.text(max_size=200))
@example("\ud800")
@example("a: \\")
@example("'a': 'b\n' c")
def test_any_text_is_read_or_refused(text: str) -> None:
    check_reading(Source("a.yaml", text))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join))
def test_any_pieces_of_yaml_are_read_or_refused(text: str) -> None:
    check_reading(Source("a.yaml", text))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Take a rulebook and put in, take out or double pieces of it."""
    text = RULEBOOK
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        to = draw(st.integers(at, min(len(text), at + 20)))
        piece = draw(st.sampled_from((*PIECES, text[at:to])))
        text = text[:at] + piece + text[draw(st.sampled_from((at, to))) :]
    return text


@given(damaged())
def test_a_damaged_rulebook_is_read_or_refused(text: str) -> None:
    check_reading(Source("a.yaml", text))


@given(st.integers(0, len(RULEBOOK)))
def test_a_cut_off_rulebook_is_read_or_refused(length: int) -> None:
    check_reading(Source("a.yaml", RULEBOOK[:length]))


NUMBERS = st.builds(
    lambda digits, power: Fraction(digits, 10**power), st.integers(-(10**11), 10**11), st.integers(0, 3)
)
TEXTS = st.text(max_size=12).filter(lambda text: not UNWANTED.search(text))
TREES: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


def decimal(number: Fraction) -> str:
    whole, part = divmod(abs(number.numerator) * (1000 // number.denominator), 1000)
    return f"{'-' if number < 0 else ''}{whole}.{part:03}"


def one_line(tree: Plain) -> str:
    """Write a tree with brackets, as JSON does."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{one_line(key)}: {one_line(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(one_line, tree)) + "]"
    return decimal(tree) if isinstance(tree, Fraction) else json.dumps(tree, ensure_ascii=False)


def many_lines(tree: Plain, indent: str = "") -> str:
    """Write a tree as indented blocks."""
    if isinstance(tree, dict) and tree:
        return "".join(
            f"\n{indent}{one_line(key)}: {many_lines(value, indent + '  ')}" for key, value in tree.items()
        )
    if isinstance(tree, list) and tree:
        return "".join(f"\n{indent}- {many_lines(value, indent + '  ')}" for value in tree)
    return one_line(tree)


@pytest.mark.parametrize("write", [one_line, many_lines])
@given(tree=TREES)
def test_a_tree_reads_back_as_it_was_written(write: Callable[[Plain], str], tree: Plain) -> None:
    node, report = check_reading(Source("a.yaml", write(tree)))
    assert not report.diagnostics
    assert node is not None
    assert plain(node) == tree


def filled(piece: str) -> str:
    return piece * (MAX_BYTES // len(piece.encode()))


HOSTILE = {
    "opening brackets": filled("["),
    "opening braces": filled("{"),
    "braces as keys": filled("{a: "),
    "dashes": filled("- "),
    "question marks": filled("? "),
    "colons": filled(": "),
    "double quotes": filled('"'),
    "single quotes": filled("'"),
    "one open quote": '"' + "x\n" * (MAX_BYTES // 2 - 1),
    "escapes": '"' + "\\n" * (MAX_BYTES // 2 - 1) + '"',
    "line breaks": filled("\n"),
    "spaces": filled(" "),
    "tabs": filled("\t\n"),
    "comments": filled("#\n"),
    "hashes": "- x" + " #" * (MAX_BYTES // 2 - 2),
    "one long text": "a: " + "x" * (MAX_BYTES - 3),
    "one long text of many lines": filled("a\n"),
    "one long key": "k" * (MAX_BYTES - 3) + ": 1",
    "a huge integer": "9" * MAX_BYTES,
    "a tiny number": "0." + "0" * (MAX_BYTES - 2),
    "thousands separators": "- " + "1_" * (MAX_BYTES // 2 - 1),
    "base sixty": "- " + "1:1" * (MAX_BYTES // 3 - 1),
    "list items": filled("- 1\n"),
    "flow items": "[" + "1," * (MAX_BYTES // 2 - 1) + "]",
    "distinct keys": "".join(f"k{n}: 1\n" for n in range(49_000)),
    "equal keys": filled("k: 1\n"),
    "documents": filled("---\n"),
    "directives": filled("%TAG !a! x\n"),
    "distinct directives": "".join(f"%TAG !a{n}! x\n" for n in range(MAX_BYTES // 20)),
    "directives after a document": "a\n...\n" + "".join(f"%TAG !a{n}! x\n" for n in range(MAX_BYTES // 20)),
    "tags": filled("- !a b\n"),
    "one long tag": "!" * MAX_BYTES,
    "anchors": filled("- &a b\n"),
    "aliases": filled("- *a\n"),
    "merge keys": filled("- <<: *a\n"),
    "complex keys": filled("? [a]\n: b\n"),
    "one line of many keys": "{" + ", ".join(f"k{n}: 1" for n in range(24_000)) + "}",
    "flow keys": "{" + "[a]: 1, " * (MAX_BYTES // 8 - 1) + "}",
    "odd numbers": filled("- 0777\n"),
    "commas in text": "{a: b" + ", c" * (MAX_BYTES // 3 - 3) + "}",
    "texts cut by comments": filled("- a #b\n"),
    "nothing that can be seen": filled("\u202e"),
    "nul": filled("\0"),
    "a lone block text": "a: |\n" + " x\n" * (MAX_BYTES // 3 - 2),
    "an alias bomb": "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(9)),
    "a merge bomb": "".join(f"- &k{n} {{ <<: [*k{n}, *k{n}] }}\n" for n in range(20)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused(name: str) -> None:
    source, report = Source.decode("a.yaml", HOSTILE[name].encode())
    assert source is not None
    assert not report.diagnostics
    check_reading(source)
