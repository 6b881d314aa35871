"""Run the benchmarks: all of them, or those named on the command line."""

import argparse
from importlib import import_module

BENCHMARKS = {
    "engines": "full and short answers against hand-written Python and other engines",
    "serve_throughput": "calls and batches over gRPC against a constant handler",
    "steady": "nothing that one caller does stops the others: stops, overload, large batches",
    "score_csv": "`scorewright score` of large files, CSV and JSON lines: rows a second and peak memory",
    "durable_engine": "the Rete engine against the others, and what a firing costs",
    "durable_memory": "the Rete engine's memory over 200,000 firings and 500 reloads",
    "accounts": "100,000 accounts of 100 events each: one evaluation, a sweep, recording",
    "signals": "signals over the facts of one account: each engine, and a worker",
    "durable_drools": "the Rete engine against Drools, where that is installed",
    "check": "`check` of texts made to take long, of every construct: CPU time of each",
    "check_time": "`scorewright check` and `test`, the whole process",
}
"""One module each, with a `main` that takes nothing and prints its tables."""


def main() -> None:
    listing = "\n".join(f"  {name:16} {what}" for name, what in BENCHMARKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=f"{__doc__}\n\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which ones (default: all)")
    names = parser.parse_args().names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    for name in names:
        import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
