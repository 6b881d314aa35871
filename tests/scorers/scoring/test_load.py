from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_paths, load_source
from tests.scorers.checks.books import BASE, edited


def codes(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in load_source(Source("example.yaml", text))[1].diagnostics]


def test_a_sound_rulebook_comes_back_with_its_source_model_and_program() -> None:
    source = Source("example.yaml", BASE)
    loaded, report = load_source(source)
    assert loaded is not None
    assert report.diagnostics == ()
    assert loaded.source is source
    assert loaded.document.rulebook.rulebook.id == loaded.program.id == "example"


def test_what_is_loaded_does_not_change() -> None:
    loaded, _ = load_source(Source("example.yaml", BASE))
    assert loaded is not None
    with pytest.raises(FrozenInstanceError):
        loaded.source = Source("other.yaml", "")  # type: ignore[misc]  # what the test is about


def test_a_warning_does_not_keep_a_rulebook_from_scoring() -> None:
    loaded, report = load_source(Source("other.yaml", BASE))
    assert loaded is not None
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["file-name-differs-from-id"]


STAGES = {
    "text": {"owner: sales": "owner: 'sales"},
    "shape": {"points: 20": "pionts: 20"},
    "references": {"input: team_size": "input: teamsize"},
    "criteria": {"at_least: 5": "at_least: 5000"},
    "totals": {"out_of: 30": "out_of: 31"},
    "bands": {"from: 30": "from: 31"},
}


def test_a_stage_with_errors_stops_the_ones_after_it() -> None:
    found = [codes(edited(edits)) for edits in STAGES.values()]
    assert found == [
        ["not-yaml"], ["unknown-key"], ["undeclared-input"], ["condition-never-true"], ["out-of-differs"],
        ["threshold-out-of-reach"],
    ]  # fmt: skip
    together = BASE
    for edits, alone in zip(reversed(STAGES.values()), reversed(found), strict=True):
        together = edited(edits, together)
        assert codes(together) == alone


def test_a_folder_stands_for_its_rulebooks_and_not_for_their_tests(tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(BASE)
    (tmp_path / "second.yaml").write_text(BASE.replace("id: example", "id: second"))
    (tmp_path / "example.tests.yaml").write_text("tests_for: example\n")
    loaded, report = load_paths([tmp_path])
    assert [item.program.id for item in loaded] == ["example", "second"]
    assert report.diagnostics == ()


def test_a_broken_rulebook_does_not_keep_others_from_loading(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("rulebook: [")
    (tmp_path / "example.yaml").write_text(BASE)
    loaded, report = load_paths([tmp_path])
    assert [item.program.id for item in loaded] == ["example"]
    assert {diagnostic.span.file for diagnostic in report.diagnostics} == {str(tmp_path / "broken.yaml")}


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    loaded, report = load_paths([tmp_path / "none.yaml"])
    assert loaded == ()
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["file-unreadable"]
