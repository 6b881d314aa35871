from fractions import Fraction

import pytest

from scorewright.diagnostics.diagnostic import Span
from scorewright.rulebook.nodes import Mapping, Node, Scalar, Step, locate, node_at, plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

TEXT = """\
inputs:
  team_size: { type: integer, min: 1 }
criteria:
  - id: size
    steps:
      - { from: 1, points: 0 }
      - { from: 5, points: 15 }
"""


@pytest.fixture
def root() -> Node:
    node, report = read_tree(Source("a.yaml", TEXT))
    assert not report.diagnostics
    assert node is not None
    return node


def at(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("criteria", 0, "steps", 1, "points"), False, (7, 28, 7, 30)),
        (("criteria", 0, "steps", 1, "points"), True, (7, 20, 7, 26)),
        (("criteria", 0, "steps", 1), True, (7, 9, 7, 32)),
        (("inputs", "team_size", "min"), False, (2, 36, 2, 37)),
        (("criteria", 0), False, (4, 5, 7, 32)),
        ((), False, (1, 1, 7, 32)),
    ],
)
def test_a_path_leads_to_its_value_or_key(
    root: Node, path: tuple[Step, ...], key: bool, place: tuple[int, int, int, int]
) -> None:
    assert at(locate(root, path, key)) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("inputs", "team_size", "max"), (2, 3, 2, 12)),
        (("inputs", "budget", "type"), (1, 1, 1, 7)),
        (("criteria", 0, "points"), (4, 5, 7, 32)),
        (("criteria", 7), (3, 1, 3, 9)),
        (("bands", 0), (1, 1, 7, 32)),
        (("inputs", "team_size", "min", "deeper"), (2, 31, 2, 34)),
        (("inputs", 0), (1, 1, 1, 7)),
        (("criteria", "id"), (3, 1, 3, 9)),
    ],
)
def test_a_step_that_is_not_there_leads_to_the_block_that_lacks_it(
    root: Node, path: tuple[Step, ...], place: tuple[int, int, int, int]
) -> None:
    assert at(locate(root, path)) == place
    assert at(locate(root, path, key=True)) == place


def test_plain_values_are_python_values(root: Node) -> None:
    assert plain(root) == {
        "inputs": {"team_size": {"type": "integer", "min": Fraction(1)}},
        "criteria": [
            {
                "id": "size",
                "steps": [
                    {"from": Fraction(1), "points": Fraction(0)},
                    {"from": Fraction(5), "points": Fraction(15)},
                ],
            }
        ],
    }


def test_a_block_gives_its_entries_by_key(root: Node) -> None:
    assert isinstance(root, Mapping)
    entry = root.get("inputs")
    assert entry is not None
    assert entry.key.text == "inputs"
    assert root.get("bands") is None


def test_a_node_is_found_only_where_the_file_has_it(root: Node) -> None:
    found = node_at(root, ("criteria", 0, "id"))
    assert isinstance(found, Scalar)
    assert found.text == "size"
    assert node_at(root, ("criteria", 1)) is None
