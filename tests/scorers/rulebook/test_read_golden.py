"""What a reader of findings sees, for every wrong shape of a rulebook or suite."""

from collections.abc import Callable

import pytest

from scorewright.cli.reporters.human import render
from scorewright.rulebook.document import read_rulebook
from scorewright.rulebook.source import Source
from scorewright.suites.read_suite import read_suite
from tests.conftest import GOLDEN_DIR

TEXTS = sorted((GOLDEN_DIR / "shape").glob("*.yaml"))


@pytest.mark.parametrize("name", [path.stem for path in TEXTS])
def test_a_wrong_shape_is_told_in_full(name: str, golden: Callable[[str, str], None]) -> None:
    text = (GOLDEN_DIR / "shape" / f"{name}.yaml").read_text()
    source = Source(f"shape/{name}.yaml", text)
    read = read_suite if name.endswith(".tests") else read_rulebook
    document, report = read(source)
    assert document is None
    golden(f"shape/{name}.out", render(report.diagnostics, {source.name: source}, color=False))


def test_each_slip_about_facts_and_signals_is_one_finding() -> None:
    name = "facts_and_signals"
    report = read_rulebook(Source(name, (GOLDEN_DIR / "shape" / f"{name}.yaml").read_text()))[1]
    of_signals = [found.span.line for found in report.diagnostics if 9 <= found.span.line <= 50]
    assert of_signals == [line for line in range(9, 50) if line != 41]
