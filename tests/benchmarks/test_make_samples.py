"""The synthetic subjects: made again byte for byte, and good for what samples are for."""

import io
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.make_samples import ROWS, SEED, SHIPPED, write
from benchmarks.samples import SAMPLES
from benchmarks.samples.sample import AS_OF, Lines, Table
from scorers.load import load_paths
from scorers.records.csv_records import CsvRecords, open_csv
from scorers.records.json_records import JsonRecords
from scorers.records.record import Record
from scorers.result import Score
from scorers.scorer import Scorer

RULES = SHIPPED.parent
DAY = date.fromisoformat(AS_OF)

Sample = Table | Lines
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)


def path_of(sample: Sample) -> Path:
    return SHIPPED / f"{sample.rulebook}.{sample.suffix}"


def scorer_of(sample: Sample) -> Scorer:
    loaded, _ = load_paths([RULES / f"{sample.rulebook}.yaml"])
    return Scorer(loaded[0].program)


def records(sample: Sample, scorer: Scorer) -> Iterator[Record]:
    file = io.BytesIO(path_of(sample).read_bytes())
    if isinstance(sample, Lines):
        return iter(JsonRecords(file, scorer.program))
    found = open_csv(file, scorer.program, strict=True)
    assert isinstance(found, CsvRecords)
    return iter(found)


def scores(sample: Sample) -> Iterator[Score]:
    scorer = scorer_of(sample)
    for record in records(sample, scorer):
        assert record.inputs is not None
        assert not record.refused
        found = scorer.score(record.inputs, as_of=record.as_of or DAY, strict=True)
        assert isinstance(found, Score), (record.subject, found)
        yield found


def test_every_shipped_rulebook_that_takes_answers_has_a_sample_and_every_sample_a_rulebook() -> None:
    loaded, _ = load_paths([RULES])
    programs = [one.program for one in loaded]
    answered = {p.id for p in programs if any(item.kind != "signal" for item in p.inputs)}
    assert {sample.rulebook for sample in SAMPLES} == answered
    assert {path_of(sample) for sample in SAMPLES} == set(SHIPPED.iterdir())


@every_sample
def test_a_shipped_sample_is_what_the_script_writes(sample: Sample, tmp_path: Path) -> None:
    assert write(sample, tmp_path, ROWS, SEED).read_bytes() == path_of(sample).read_bytes()


@every_sample
def test_a_longer_file_starts_with_a_shorter_one(sample: Sample, tmp_path: Path) -> None:
    longer = write(sample, tmp_path, 2 * ROWS, SEED).read_text(encoding="utf-8")
    assert longer.startswith(path_of(sample).read_text(encoding="utf-8"))
    assert len(longer.splitlines()) == 2 * ROWS + sample.heading


@every_sample
def test_another_seed_draws_others_behind_the_same_edges(sample: Sample) -> None:
    first = sample.written + sample.heading
    ours, others = (list(islice(sample.lines(seed), ROWS)) for seed in (SEED, SEED + 1))
    assert ours[:first] == others[:first]
    assert ours[first:] != others[first:]


@every_sample
def test_every_subject_is_valid_and_every_band_item_trigger_and_flag_occurs(sample: Sample) -> None:
    program = scorer_of(sample).program
    outcomes = [score.outcome for score in scores(sample)]
    assert len(outcomes) == ROWS >= 200
    items = {(one.id, item.id) for found in outcomes for one in found.lists for item in one.items}
    fired = {trigger.id for found in outcomes for trigger in found.triggers}
    flags = {flag for found in outcomes for flag in found.flags}
    assert {band.id for band in program.bands} <= {found.band for found in outcomes}
    assert {(one.id, item.id) for one in program.lists for item in one.items} <= items
    assert {trigger.id for trigger in program.triggers} <= fired
    assert {flag.id for flag in program.flags} <= flags


@every_sample
def test_every_input_varies_and_is_sometimes_missing_where_it_may_be(sample: Sample) -> None:
    scorer = scorer_of(sample)
    given = [record.inputs or {} for record in records(sample, scorer)]
    for item in scorer.program.inputs:
        answers = [inputs.get(item.name) for inputs in given]
        assert len({str(one) for one in answers}) > 2, item.name
        assert (None in answers) is not item.required, item.name


@every_sample
def test_every_subject_has_a_name_of_its_own_and_a_json_line_its_day(sample: Sample) -> None:
    found = list(records(sample, scorer_of(sample)))
    assert [record.subject for record in found] == [f"{sample.subject}-{n:06d}" for n in range(1, ROWS + 1)]
    assert {record.as_of for record in found} == {DAY if isinstance(sample, Lines) else None}
