"""`--demo`: the rulebooks that ship, with their samples, from any folder."""

from pathlib import Path

import pytest

from scorewright.cli.find_rulebook import rulebook_ids
from tests.service.cli.calling import DAY, RULES, call


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work where there is nothing."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("rulebook", rulebook_ids(RULES))
def test_score_takes_the_sample_that_ships(rulebook: str) -> None:
    [sample] = (RULES / "samples").glob(f"{rulebook}.*")
    demo = call("score", "--demo", rulebook, "--as-of", DAY, "--format", "jsonl")
    assert demo.code == 0
    assert demo.out.count("\n") == 240
    assert demo == call("score", "--rules", RULES, rulebook, sample, "--as-of", DAY, "--format", "jsonl")


def test_score_takes_a_file_that_is_named_instead() -> None:
    Path("mine.csv").write_text("subject_id,budget\nd-1,5\n")
    assert call("score", "--demo", "bant_20", "mine.csv").out.count("d-1") == 1
    piped = call("score", "--demo", "bant_20", "-", stdin=b"subject_id,budget\nd-2,5\n")
    assert piped.out.count("d-2") == 1


@pytest.mark.parametrize("rulebook", rulebook_ids(RULES))
def test_explain_takes_the_first_subject_of_the_sample(rulebook: str) -> None:
    called = call("explain", "--demo", rulebook)
    assert (called.code, called.err) == (0, "")


def test_explain_takes_the_subject_that_is_named() -> None:
    called = call("explain", "--demo", "bant_20", "--subject", "deal-000238", "--as-of", DAY)
    assert "deal-000238, as of 2026-01-31\n\n  14 of 20 (70 %)   Medium priority" in called.out
    unknown = call("explain", "--demo", "bant_20", "--subject", "nobody")
    assert unknown.code == 2
    assert unknown.err.startswith("error: no subject of the sample that ships is called `nobody`\nhelp: see ")


def test_explain_takes_answers_that_are_given_instead() -> None:
    called = call("explain", "--demo", "bant_20", "--input", "budget=5", "--subject", "mine")
    assert "mine, as of" in called.out
    assert "authority" in called.out.partition("Missing")[2]


def test_a_rulebook_of_one_s_own_has_no_sample(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    call("new", "own", "--blank", "--rules", tmp_path)
    called = call("explain", "--demo", own)
    assert (called.code, called.err) == (
        2,
        "error: no sample ships with `own`\nhelp: answer it with --input or --file\n",
    )
