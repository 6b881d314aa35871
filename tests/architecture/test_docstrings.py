"""The first line of a docstring says plainly what is done: no public function tells, says or gives."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import PACKAGES, Module, modules

RIDDLES = {"Tell", "Say", "Give"}
"""Verbs that hide what is done; the plain ones are Return, Yield, Raise, Read, Write, Build ..."""


def unplain(module: Module) -> Iterator[str]:
    """Yield a line for each public function whose docstring begins with a riddle."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        first = (ast.get_docstring(node) or "").partition(" ")[0]
        if first in RIDDLES:
            yield f"{module.path}:{node.lineno}: `{node.name}` begins with {first}"


@pytest.mark.parametrize("root", PACKAGES)
def test_docstrings_of_public_functions_begin_with_a_plain_verb(root: str) -> None:
    found = [line for module in modules(root) for line in unplain(module)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("docstring", "complaints"),
    [
        ("Tell whether it is.", 1),
        ("Give the points.", 1),
        ("Return the points.", 0),
        ("Given points, add.", 0),
    ],
)
def test_a_riddle_is_found(docstring: str, complaints: int) -> None:
    text = f'def f():\n    """{docstring}"""\n'
    module = Module("example", "example.py", text, ast.parse(text), is_package=False)
    assert len(list(unplain(module))) == complaints
