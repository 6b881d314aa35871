"""What shipped rulebooks answer for shipped subjects, as recorded: no change of the code may change it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.service.cli.calling import DAY, RULES, call

SAMPLES = sorted(file for file in (RULES / "samples").iterdir() if file.suffix in {".csv", ".jsonl"})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_every_answer_is_the_one_that_was_recorded(sample: Path, golden: Callable[[str, str], None]) -> None:
    rulebook = RULES / f"{sample.stem}.yaml"
    found = call("score", rulebook, sample, "--as-of", DAY, "--format", "jsonl", "--no-summary")
    assert found.code == 0, found.err
    golden(f"recorded/{sample.stem}.txt", "".join(summaries(found.out)))


def summaries(lines: str) -> Iterator[str]:
    """Yield a line a subject: what people look at, and a digest that stands for the whole answer."""
    for line in lines.splitlines():
        row = json.loads(line)
        answer = row["answer"]
        band = (answer.get("band") or {}).get("id", "-")
        whole = hashlib.sha256(line.encode()).hexdigest()[:12]
        yield f"{row['subject_id']} {answer['status']} {answer.get('total', '-')} {band} {whole}\n"
    yield f"answered by sha256:{answer['receipt']['digest']}\n"


def test_every_rulebook_has_recorded_answers() -> None:
    assert {sample.stem for sample in SAMPLES} == {
        file.stem for file in RULES.glob("*.yaml") if not file.stem.endswith(".tests")
    }
