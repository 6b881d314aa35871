"""Small rulebooks with something wrong, and what the checks tell about them."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from scorewright.diagnostics.diagnostic import Report
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source

CASES = Path(__file__).parent / "cases"

BASE = dedent(
    """\
    rulebook: { id: example, name: Example, version: 1.0.0, owner: sales }
    inputs:
      budget: { type: boolean }
      team_size: { type: integer, min: 1, max: 1000 }
    score: { out_of: 30, if_missing: no_points }
    criteria:
      - { id: budget, when: { input: budget, is: true }, points: 20 }
      - { id: team, when: { input: team_size, at_least: 5 }, points: 10 }
    bands:
      - { id: hot, from: 30, actions: [call] }
      - { id: cold, from: 0, actions: [mail] }
    actions:
      call: { do: Call, owner: sales, due: same day }
      mail: { do: Send mail, owner: sales, due: 1 week }
    """
)

Edits = Mapping[str, str]
"""What stands in a rulebook, and what shall stand in its place."""


def edited(edits: Edits, base: str = BASE) -> str:
    """Change parts of a rulebook, each of which must be there."""
    for old, new in edits.items():
        assert old in base, old
        base = base.replace(old, new)
    return base


def base(name: str) -> str:
    """Read a rulebook that cases change, of the folder `cases`."""
    return (CASES / f"{name}.yaml").read_text()


def cases(name: str) -> dict[str, Edits]:
    """Read cases: each has its name, and under it what stands in a rulebook after `-` and then after `+`.

    A new line within an edit is written as a backslash and n.
    """
    found: dict[str, dict[str, str]] = {}
    old = ""
    for line in (CASES / f"{name}.txt").read_text().splitlines():
        sign, text = line[:1], line[2:].replace("\\n", "\n")
        if sign == "-":
            old = text
        elif sign == "+":
            found[next(reversed(found))][old] = text
        elif line:
            found[line] = {}
    return dict(found.items())


def report_of(text: str) -> Report:
    """Load a text as `example.yaml`."""
    return load_source(Source("example.yaml", text))[1]


def told(text: str) -> list[str]:
    """Write each finding in one line: its place, what it is, its help, notes and labels."""
    return [
        "; ".join(
            [
                f"{d.span.line}:{d.span.column}-{d.span.end_column} {d.severity.value}[{d.code}] {d.message}",
                *([f"help: {d.help}"] if d.help else []),
                *(f"note: {note}" for note in d.notes),
                *(f"{label.span.line}:{label.span.column} {label.text}" for label in d.labels),
            ]
        )
        for d in report_of(text).diagnostics
    ]


def told_of_each(cases: Mapping[str, Edits], base: str = BASE) -> str:
    """Write what is told about each case, under its name."""
    lines: list[str] = []
    for name, edits in cases.items():
        lines += [name, *(f"  {line}" for line in told(edited(edits, base)))]
    return "".join(f"{line}\n" for line in lines)
