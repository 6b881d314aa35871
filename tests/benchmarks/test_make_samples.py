"""The synthetic subjects: made again byte for byte, and good for what samples are for."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.make_samples import ROWS, SEED, SHIPPED, write
from benchmarks.samples import SAMPLES
from benchmarks.samples.sample import AS_OF, Account, Lines, Table
from scorewright.program.fact import end_of
from scorewright.records.csv_records import CsvRecords, open_csv
from scorewright.records.json_records import JsonRecords
from scorewright.records.record import Record
from scorewright.results.outcome import Invalid, Score
from scorewright.scoring import account
from scorewright.scoring.account import Evaluation
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from scorewright.validation.facts import kinds_of, read_facts
from tests.engines import EVERY

RULES = SHIPPED.parent
DAY = date.fromisoformat(AS_OF)

Sample = Table | Lines
ACCOUNTS = [one for one in SAMPLES if isinstance(one, Lines) and isinstance(one.first[0], Account)]
every_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rulebook)
every_sample_of_accounts = pytest.mark.parametrize("sample", ACCOUNTS, ids=lambda sample: sample.rulebook)


def path_of(sample: Sample) -> Path:
    return SHIPPED / f"{sample.rulebook}.{sample.suffix}"


def scorer_of(sample: Sample, engine: str = "compiled") -> Scorer:
    loaded, _ = load_paths([RULES / f"{sample.rulebook}.yaml"])
    return Scorer(loaded[0].program, engine)


def records(sample: Sample, scorer: Scorer) -> Iterator[Record]:
    file = io.BytesIO(path_of(sample).read_bytes())
    if isinstance(sample, Lines):
        return iter(JsonRecords(file, scorer.program))
    found = open_csv(file, scorer.program, strict=True)
    assert isinstance(found, CsvRecords)
    return iter(found)


def scores(sample: Sample) -> Iterator[Score]:
    if sample in ACCOUNTS:
        yield from (score_of(found) for found in evaluations(sample))
        return
    scorer = scorer_of(sample)
    for record in records(sample, scorer):
        assert record.inputs is not None
        assert not record.refused
        found = scorer.score(record.inputs, as_of=record.as_of or DAY, strict=True)
        assert isinstance(found, Score), (record.subject, found)
        yield found


def evaluations(sample: Sample, engine: str = "compiled") -> Iterator[Evaluation]:
    scorer = scorer_of(sample, engine)
    for record in records(sample, scorer):
        assert record.inputs is not None
        assert record.facts is not None
        assert not record.refused
        facts = read_facts(kinds_of(scorer.program.kinds), record.facts)
        assert not isinstance(facts, Invalid), (record.subject, facts)
        about = account.Account(facts, end_of(record.as_of or DAY), record.inputs)
        yield account.evaluate(scorer, about, strict=True)


def score_of(evaluation: Evaluation) -> Score:
    assert isinstance(evaluation.answer, Score), evaluation.answer
    return evaluation.answer


def test_every_shipped_rulebook_has_a_sample_and_every_sample_a_rulebook() -> None:
    loaded, _ = load_paths([RULES])
    assert {sample.rulebook for sample in SAMPLES} == {one.program.id for one in loaded}
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
    # Signals are told by facts: whether they hold, see below.
    for item in [item for item in scorer.program.inputs if item.kind != "signal"]:
        answers = [inputs.get(item.name) for inputs in given]
        assert len({str(one) for one in answers}) > 2, item.name
        assert (None in answers) is not item.required, item.name


@every_sample
def test_every_subject_has_a_name_of_its_own_and_a_json_line_its_day(sample: Sample) -> None:
    found = list(records(sample, scorer_of(sample)))
    assert [record.subject for record in found] == [f"{sample.subject}-{n:06d}" for n in range(1, ROWS + 1)]
    assert {record.as_of for record in found} == {DAY if isinstance(sample, Lines) else None}


@every_sample_of_accounts
def test_every_signal_and_trigger_holds_for_some_accounts_and_not_for_others(sample: Sample) -> None:
    program, found = scorer_of(sample).program, list(evaluations(sample))
    held = Counter(signal for one in found for signal in one.measured.signals)
    fired = Counter(trigger.id for one in found for trigger in score_of(one).outcome.triggers)
    assert all(0 < held[signal.id] < ROWS for signal in program.signals), held
    assert all(0 < fired[trigger.id] < ROWS for trigger in program.triggers), fired


@every_sample_of_accounts
def test_every_kind_of_fact_happens_or_follows(sample: Sample) -> None:
    seen = {fact.kind for one in evaluations(sample) for fact in (*one.facts, *one.asserted)}
    assert seen == {kind.name for kind in scorer_of(sample).program.kinds}


@every_sample_of_accounts
@pytest.mark.parametrize("engine", EVERY)
def test_every_engine_says_the_same_of_every_account(sample: Sample, engine: str) -> None:
    for found, wanted in zip(evaluations(sample, engine), evaluations(sample), strict=True):
        assert score_of(found).outcome == score_of(wanted).outcome
        assert (found.measured, found.asserted) == (wanted.measured, wanted.asserted)
