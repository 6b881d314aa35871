"""Make synthetic subjects for the shipped rulebooks: those in rules/samples, or millions.

    python -m benchmarks.make_samples                                                # the shipped samples
    python -m benchmarks.make_samples bant_20 --rows 1000000 --to benchmarks/results   # a million deals

A sample is CSV, or JSON lines where an answer is a list or facts are asked; JSON lines bring their own
`as_of`. Each file starts with hand-written subjects: the least and the most possible, nothing known, and
values on and around every edge. The others are drawn so that the answers of one subject go together: a good
deal is good in most questions, a survey that was not sent leaves all its questions empty. An empty cell is a
missing answer, and so is what a line leaves out.

The same seed gives the same file on every machine, and a longer file starts with the subjects of a shorter
one: each rulebook has its own stream of chance, and only sums and products of it are used. The script knows
the inputs and facts of the rulebooks by heart and reads none of them, so a mistake there cannot hide in its
own sample.
"""

import argparse
from itertools import islice
from pathlib import Path

from benchmarks.samples import SAMPLES
from benchmarks.samples.sample import Lines, Table

SHIPPED = Path(__file__).resolve().parent.parent / "rules" / "samples"
ROWS = 240
SEED = 1


def write(sample: Table | Lines, folder: Path, rows: int, seed: int) -> Path:
    """Write one file of this many subjects and return its path."""
    path = folder / f"{sample.rulebook}.{sample.suffix}"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(islice(sample.lines(seed), sample.heading + rows))
    return path


def main() -> None:
    """Write the samples that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make synthetic subjects for the shipped rulebooks.")
    parser.add_argument("rulebooks", nargs="*", metavar="RULEBOOK", help="which ones (default: all)")
    parser.add_argument("--rows", type=int, default=ROWS, help="subjects in each file (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, other subjects")
    parser.add_argument("--to", type=Path, default=SHIPPED, help="folder (default: rules/samples)")
    options = parser.parse_args()
    by_name = {sample.rulebook: sample for sample in SAMPLES}
    unknown = [name for name in options.rulebooks if name not in by_name]
    if unknown:
        parser.error(f"no sample is called {', '.join(unknown)}; there are {', '.join(by_name)}")
    options.to.mkdir(parents=True, exist_ok=True)
    for name in options.rulebooks or by_name:
        print(write(by_name[name], options.to, options.rows, options.seed))


if __name__ == "__main__":
    main()
