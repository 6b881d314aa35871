"""The shipped rulebooks as programs."""

from pathlib import Path

from scorers.compiler.lower import compile_rulebook
from scorers.program import Program
from scorers.rulebook.model import Rulebook
from scorers.rulebook.nodes import plain
from scorers.rulebook.source import Source
from scorers.rulebook.tree import read_tree

RULES = Path(__file__).resolve().parent.parent / "rules"


def program(rulebook: str) -> Program:
    """Read and compile one of the shipped rulebooks, which `scorewright check` holds to be right."""
    source, _ = Source.read(RULES / f"{rulebook}.yaml")
    assert source is not None, rulebook
    tree, report = read_tree(source)
    assert tree is not None, report
    return compile_rulebook(Rulebook.model_validate(plain(tree)))
