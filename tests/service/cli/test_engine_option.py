"""`--engine` on the command line: every engine prints the same, and what one cannot do is told in words."""

import sys
from pathlib import Path

import pytest

from scorewright.cli.arguments import ENGINES
from scorewright.scoring.scorer import ENGINES as TABLE
from tests.docs.test_diagnostics import RULEBOOK, page
from tests.engines import EVERY
from tests.service.cli.calling import DAY, call

SAMPLE = "rules/samples/lead_points_100.csv"


def test_the_words_for_engines_are_those_of_their_table() -> None:
    assert tuple(TABLE) == ENGINES


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("engine", EVERY)
def test_every_engine_passes_the_shipped_suites(engine: str) -> None:
    called = call("test", "--strict", "--engine", engine)
    assert called.code == 0, called.out


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("engine", EVERY)
def test_every_engine_prints_the_same(engine: str, tmp_path: Path) -> None:
    some = tmp_path / "some.csv"
    some.write_text("".join(Path(SAMPLE).read_text().splitlines(keepends=True)[:60]))
    arguments = ("lead_points_100", some, "--as-of", DAY, "--format", "csv")
    assert call("score", *arguments, "--engine", engine) == call("score", *arguments)
    explained = ("bant_20", "--input", "budget=3", "--input", "need=4.5", "--as-of", DAY)
    assert call("explain", *explained, "--engine", engine) == call("explain", *explained)


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """Write a rulebook that the engine `durable` cannot express."""
    path = tmp_path / RULEBOOK
    path.write_bytes(page("durable-cannot-express").example[RULEBOOK])
    return path


def test_what_an_engine_cannot_express_is_told_at_its_place(wide: Path, tmp_path: Path) -> None:
    subjects = tmp_path / "subjects.csv"
    subjects.write_text("week,day\n1,1\n")
    for command in (("score", wide, subjects), ("test", wide), ("explain", wide, "--input", "week=1")):
        called = call(*command, "--engine", "durable")
        assert called.code > 0
        told = called.out + called.err
        assert f"{wide}:12:7: error[durable-cannot-express]: the engine `durable` cannot express" in told
        assert "help: split it into several, or score with the engine `compiled`" in told
    assert call("check", wide).code == 0


@pytest.mark.usefixtures("at_root")
def test_an_engine_that_is_not_installed_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    monkeypatch.delitem(sys.modules, "scorewright.engines.durable.native", raising=False)
    for command in (("score", "lead_points_100", SAMPLE), ("test",), ("explain", "lead_points_100")):
        called = call(*command, "--engine", "durable")
        assert called.code == 2
        assert called.err.endswith(
            "error: the engine `durable` needs the extra: pip install 'scorewright[durable]'\n"
        )
