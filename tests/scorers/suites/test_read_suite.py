from pathlib import Path

import pytest

from scorewright.rulebook.read_files import suite_path
from scorewright.rulebook.source import Source
from scorewright.suites.read_suite import read_suite
from tests.scorers.rulebook.test_document import RULES


@pytest.mark.parametrize("path", [suite_path(path) for path in RULES], ids=lambda path: path.name)
def test_a_shipped_suite_is_read_without_findings(path: Path) -> None:
    source, _ = Source.read(path)
    assert source is not None
    document, report = read_suite(source)
    assert document is not None
    assert not report.diagnostics
    assert f"{document.suite.tests_for}.tests.yaml" == path.name


def test_nothing_after_a_key_says_missing_or_none() -> None:
    text = (
        "tests_for: small\ncases:\n  - { name: None, inputs: { team_size: null }, expect: { band: null } }\n"
    )
    document, report = read_suite(Source("small.tests.yaml", text))
    assert document is not None
    assert not report.diagnostics
    assert document.suite.cases[0].inputs == {"team_size": None}
    assert document.suite.cases[0].expect.given("band") == ["band"]
