"""What a reader of findings sees, for every mistake that text can hold."""

from collections.abc import Callable

import pytest

from scorewright.cli.reporters.human import render
from scorewright.diagnostics.diagnostic import Report
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree
from tests.conftest import GOLDEN_DIR

TEXTS = sorted((GOLDEN_DIR / "text").glob("*.yaml"))


@pytest.mark.parametrize("name", [path.stem for path in TEXTS])
def test_a_mistake_is_told_in_full(name: str, golden: Callable[[str, str], None]) -> None:
    data = (GOLDEN_DIR / "text" / f"{name}.yaml").read_bytes()
    source, report = Source.decode(f"text/{name}.yaml", data)
    if source:
        report = read_tree(source)[1]
    sources = {source.name: source} if source else {}
    golden(f"text/{name}.out", told(report, sources))


def told(report: Report, sources: dict[str, Source]) -> str:
    return render(report.diagnostics, sources, color=False)
