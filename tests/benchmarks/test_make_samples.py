"""The synthetic subjects: made again byte for byte, and good for what samples are for."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.make_samples import ROWS, SAMPLES, SEED, SHIPPED, Sample, write
from scorers.load import load_paths
from scorers.records.csv_records import CsvRecords, open_csv
from scorers.result import Invalid, Score
from scorers.scorer import Scorer

RULES = SHIPPED.parent


def path_of(sample: Sample) -> Path:
    return SHIPPED / f"{sample.rulebook}.csv"


def scorer_of(sample: Sample) -> Scorer:
    loaded, _ = load_paths([RULES / f"{sample.rulebook}.yaml"])
    return Scorer(loaded[0].program)


def answers(sample: Sample) -> Iterator[Score | Invalid]:
    scorer = scorer_of(sample)
    records = open_csv(io.BytesIO(path_of(sample).read_bytes()), scorer.program, strict=True)
    assert isinstance(records, CsvRecords)
    for record in records:
        assert record.inputs is not None
        assert not record.refused
        yield scorer.score(record.inputs, as_of=date(2026, 1, 31), strict=True)


def test_every_shipped_sample_belongs_to_a_rulebook_and_is_made_here() -> None:
    assert {path.stem for path in SHIPPED.glob("*.csv")} == {sample.rulebook for sample in SAMPLES}
    assert all((RULES / f"{sample.rulebook}.yaml").is_file() for sample in SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)
def test_a_shipped_sample_is_what_the_script_writes(sample: Sample, tmp_path: Path) -> None:
    assert write(sample, tmp_path, ROWS, SEED).read_bytes() == path_of(sample).read_bytes()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)
def test_a_longer_file_starts_with_a_shorter_one(sample: Sample, tmp_path: Path) -> None:
    longer = write(sample, tmp_path, 2 * ROWS, SEED).read_text()
    assert longer.startswith(path_of(sample).read_text())
    assert len(longer.splitlines()) == 2 * ROWS + 1


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)
def test_another_seed_draws_others_behind_the_same_edges(sample: Sample) -> None:
    written = len(sample.table.split())
    ours, others = (list(islice(sample.rows(seed), ROWS)) for seed in (SEED, SEED + 1))
    assert ours[:written] == others[:written]
    assert ours[written:] != others[written:]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)
def test_every_subject_is_valid_and_every_band_is_reached(sample: Sample) -> None:
    scores = [answer for answer in answers(sample) if isinstance(answer, Score)]
    bands = Counter(score.outcome.band for score in scores)
    assert len(scores) == ROWS
    assert {band.id for band in scorer_of(sample).program.bands} <= set(bands)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)
def test_every_input_is_sometimes_missing_and_otherwise_varies(sample: Sample) -> None:
    rows = list(csv.DictReader(path_of(sample).read_text().splitlines()))
    assert list(rows[0]) == ["subject_id", *(item.name for item in scorer_of(sample).program.inputs)]
    for name in rows[0]:
        values = {row[name] for row in rows}
        assert len(values) > 2
        assert ("" in values) is (name != "subject_id")
