"""The shipped rulebooks as programs."""

from pathlib import Path

from scorewright.compiler.lower import compile_rulebook
from scorewright.program.program import Program
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.nodes import plain
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

RULES = Path(__file__).resolve().parent.parent / "rules"


def program(rulebook: str) -> Program:
    """Read and compile one of the shipped rulebooks, which `scorewright check` holds to be right."""
    source, _ = Source.read(RULES / f"{rulebook}.yaml")
    assert source is not None, rulebook
    tree, report = read_tree(source)
    assert tree is not None, report
    return compile_rulebook(Rulebook.model_validate(plain(tree)))
