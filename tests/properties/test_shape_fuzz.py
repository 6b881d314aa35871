"""Whatever values a rulebook holds, they are read or refused in plain words and with a place."""

import copy
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.diagnostics.codes import CODES
from scorewright.rulebook.document import read_model
from scorewright.rulebook.model.fields import Block
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import Plain, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from scorewright.suites.suite import Suite
from tests.properties.strategies import whole_rulebooks
from tests.properties.test_reader_fuzz import assert_within, one_line
from tests.scorers.rulebook.test_document import ROOT

EVERYTHING = ROOT / "tests" / "data" / "everything.yaml"
BOOKS: dict[str, tuple[type[Block], bool]] = {
    "rules/lead_points_100.yaml": (Rulebook, False),
    "tests/data/everything.yaml": (Rulebook, False),
    "tests/data/everything.tests.yaml": (Suite, True),
}
PYTHON_WORDS = re.compile(
    r"\b(str|int|bool|dict|tuple|NoneType|Fraction|Input should|Field required|pydantic|Extra inputs|class)\b"
)
WRONG: st.SearchStrategy[Plain] = st.sampled_from(
    [None, True, Fraction(5), Fraction(-1, 2), "", "yes", "text", "5", "as_is", "a" * 5_000]
) | st.sampled_from([[], {}, [[]], ["a"], [Fraction(1)], {"id": "a"}, {"input": "x"}, {"a": {"b": None}}])


def tree_of(name: str) -> Plain:
    node, _ = read_tree(Source(name, (ROOT / name).read_text()))
    assert node is not None
    return plain(node)


TREES = {name: tree_of(name) for name in BOOKS}


def places(tree: Plain, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, value in inner:
        found += places(value, (*path, step))
    return found


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> str:
    """Put wrong values, wrong keys and gaps into a rulebook."""
    tree = copy.deepcopy(TREES[name])
    for _ in range(draw(st.integers(1, 5))):
        here = places(tree)
        *above, last = draw(st.sampled_from(here))
        block: Plain = tree
        for step in above:
            block = inside(block, step)
        spoil(draw, block, last)
    return one_line(tree)


def inside(block: Plain, step: str | int) -> Plain:
    if isinstance(block, dict):
        return block[str(step)]
    assert isinstance(block, list)
    assert isinstance(step, int)
    return block[step]


def spoil(draw: st.DrawFn, block: Plain, step: str | int) -> None:
    deed = draw(st.sampled_from(["value", "key", "gone"]))
    if isinstance(block, dict) and isinstance(step, str):
        value = block.pop(step)
        if deed == "value":
            block[step] = copy.deepcopy(draw(WRONG))
        elif deed == "key":
            block[draw(st.sampled_from([step[:-1], f"{step}s", "colour", "id", ""]))] = value
    elif isinstance(block, list) and isinstance(step, int):
        block[step : step + 1] = [] if deed == "gone" else [copy.deepcopy(draw(WRONG))]


@whole_rulebooks
@pytest.mark.parametrize("name", BOOKS)
@given(data=st.data())
def test_a_spoilt_file_is_read_or_refused_in_plain_words(name: str, data: st.DataObject) -> None:
    source = Source(name, data.draw(spoilt(name)))
    model, nulls = BOOKS[name]
    read, report = read_model(source, model, nulls=nulls)
    assert (read is None) == report.has_errors
    for diagnostic in report.diagnostics:
        assert_within(diagnostic.span, source)
        assert CODES[diagnostic.code].number[0] in "YMT"
        words = " ".join((diagnostic.message, diagnostic.help or "", *diagnostic.notes))
        assert not PYTHON_WORDS.search(words), words
        assert len(diagnostic.message) < 300
