"""Fuzz the YAML reader for as long as you like; the test suite runs only Hypothesis.

Needs atheris (`pip install atheris`) and writes what breaks the reader to `fuzz-findings/`:

    python -m benchmarks.fuzz_reader                    # until Ctrl-C
    python -m benchmarks.fuzz_reader -max_total_time=600
    python -m benchmarks.fuzz_reader fuzz-findings/crash-...   # one finding again

Every input must be read or refused: no exception, no place outside the text, no more than 2 s (`-timeout`)
and no more than 1 GiB (`-rss_limit_mb`). The corpus starts from the shipped rulebooks.
"""

import sys
from pathlib import Path

from scorewright.diagnostics.diagnostic import Span
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

ROOT = Path(__file__).resolve().parent.parent
FINDINGS = ROOT / "fuzz-findings"
OPTIONS = ("-timeout=2", "-rss_limit_mb=1024", "-max_len=524288", f"-artifact_prefix={FINDINGS}/")


def one_input(data: bytes) -> None:
    """Read one input and hold what must be true of every reading."""
    source, report = Source.decode("fuzz.yaml", data)
    if source is None:
        assert report.has_errors
        return
    node, report = read_tree(source)
    assert (node is None) == report.has_errors
    for diagnostic in report.diagnostics:
        assert_within(diagnostic.span, source)
        for label in diagnostic.labels:
            assert_within(label.span, source)
    if node:
        assert_within(node.span, source)


def assert_within(span: Span, source: Source) -> None:
    """Hold that a place lies in the text."""
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    assert span.end_line <= len(source.line_starts)
    assert span.end_column <= len(source.excerpt(span.end_line)) + 1


def main() -> None:
    """Run atheris on the reader."""
    import atheris

    FINDINGS.mkdir(exist_ok=True)
    corpus = FINDINGS / "corpus"
    corpus.mkdir(exist_ok=True)
    seeds = [str(path) for path in (ROOT / "rules", ROOT / "tests/golden/text") if path.is_dir()]
    given = sys.argv[1:]
    files = [] if any(not argument.startswith("-") for argument in given) else [str(corpus), *seeds]
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *OPTIONS, *given, *files], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
