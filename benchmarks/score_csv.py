"""`scorewright score` of large files: rows a second and peak memory, by format.

In the first file, CSV, subjects share some hundred outcomes, as in life; in the second hardly two answer
alike. The third is JSON lines: accounts by what happened to them, some 24 facts each.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.make_samples import SEED, write
from benchmarks.processes import run
from benchmarks.samples.accounts import WATCHED

FORMATS = ("jsonl", "csv", "table")
SHARED, APART, ACCOUNTS = 1_000_000, 50_000, 20_000


def main() -> None:
    print("score of a file, whole process\n")
    print(f"  {'':16} {'rows':>9}  {'format':6} {'rows/s':>9} {'seconds':>8} {'peak MiB':>9}")
    with TemporaryDirectory() as folder:
        for rulebook, rows, subjects in (("lead_points_100", SHARED, _leads), ("bant_20", APART, _deals)):
            file = Path(folder, f"{rulebook}.csv")
            with file.open("w", newline="") as out:
                csv.writer(out).writerows(subjects(rows))
            _measure(rulebook, file, rows)
        _measure("account_watch", write(WATCHED, Path(folder), ACCOUNTS, SEED), ACCOUNTS)


def _measure(rulebook: str, file: Path, rows: int) -> None:
    for form in FORMATS:
        ran = run(["score", rulebook, str(file), "--format", form, "--as-of", "2026-01-31"])
        speed = f"{rows / ran.seconds:9,.0f} {ran.seconds:8.1f} {ran.peak:9.0f}"
        print(f"  {rulebook:16} {rows:9,}  {form:6} {speed}")


def _leads(rows: int) -> Iterator[list[object]]:
    chance = Random(1)
    yes_no = ("true", "false", "true", "false", "")
    yield [
        "subject_id", "budget_confirmed", "decision_maker", "timeline_days", "source", "industry_match",
        "team_size", "previous_agency_experience",
    ]  # fmt: skip
    for number in range(rows):
        booleans = chance.choices(yes_no, k=4)
        days, size = chance.randint(0, 400), int(chance.expovariate(0.05)) + 1
        source = chance.choice(("inbound", "outbound", "referral"))
        yield [f"lead-{number:07}", *booleans[:2], days, source, booleans[2], size, booleans[3]]


def _deals(rows: int) -> Iterator[list[object]]:
    chance = Random(2)
    yield ["subject_id", "budget", "authority", "need", "timeline"]
    for number in range(rows):
        yield [f"deal-{number:07}", *(chance.randint(10, 50) / 10 for _ in range(4))]


if __name__ == "__main__":
    main()
