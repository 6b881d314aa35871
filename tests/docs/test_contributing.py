"""CONTRIBUTING leads where it says: each path that it names is there, and what is looked for stands in it."""

import re

import pytest

from tests.architecture.source import ROOT, parse

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
DRILL = {int(number): (where, what) for number, _, where, what in ROW.findall(TEXT)}
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")


def names(path: str) -> set[str]:
    """List the functions, classes and constants at the top of a module."""
    tree = parse(ROOT / path).tree
    found = {getattr(node, "name", "") for node in tree.body}
    for node in tree.body:
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            found.add(getattr(target, "id", ""))
    return found - {""}


def test_the_twelve_questions_are_answered() -> None:
    assert list(DRILL) == list(range(1, 13))


@pytest.mark.parametrize("number", DRILL)
def test_an_answer_is_a_file_that_holds_what_is_asked_for(number: int) -> None:
    where, what = DRILL[number]
    # The first name is in the file of its row; a name before `of` is in the file that follows.
    first = re.match(r"`(\w+)`", what)
    assert first, what
    files = PATH.findall(where)
    assert files
    assert first[1] in names(files[0])
    for name, path in re.findall(r"`(\w+)` of `([^`]+)`", what):
        assert name in names(path)


def test_every_path_of_the_page_is_there() -> None:
    gone = sorted({path for path in PATH.findall(TEXT) if "*" not in path and not (ROOT / path).exists()})
    assert gone == []


def test_recipes_of_the_drill_stand_below() -> None:
    for title in ("A colour for bands", "A field for actions"):
        assert f"\n### {title}: " in TEXT
