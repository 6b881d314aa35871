"""Rulebooks of one folder mean the same by a kind of fact, or are told where they differ."""

from pathlib import Path

import pytest

from scorewright.diagnostics.diagnostic import Span
from scorewright.scoring.load import load_paths

BOOK = """\
rulebook: {{ id: {id}, name: A, version: 1.0.0, owner: sales }}
facts:
  volume:
    key: [month]
    fields:
      month: {{ type: integer, min: 0, max: 9 }}
      kind: {{ type: choice, options: [a, b] }}
signals: [{{ id: x, when: {{ count: volume, where: {{ month: {{ at_least: 5 }} }}, at_least: 1 }} }}]
score: {{ method: none }}
bands: [{{ id: y, when: {{ signal: x, is: true }} }}, {{ id: z }}]
"""


def told(folder: Path, old: str, new: str) -> list[str]:
    first, second = BOOK.format(id="one"), BOOK.format(id="two")
    assert old in second
    (folder / "one.yaml").write_text(first)
    (folder / "two.yaml").write_text(second.replace(old, new))
    loaded, report = load_paths([folder])
    assert len(loaded) == 2
    return [f"{_place(d.span)} {d.code} {d.message}; {_place(d.labels[0].span)}" for d in report.diagnostics]


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("key: [month]", "key: [month, kind]", "4:5 kinds-differ the `key` of `volume` differs; 4:5"),
        ("    key: [month]\n", "", "3:3 kinds-differ the `key` of `volume` differs; 4:5"),
        ("max: 9", "max: 8", "6:39 kinds-differ the `max` of `month` differs; 6:39"),
        ("type: integer", "type: number", "6:7 kinds-differ the `decimals` of `month` differs; 6:7"),
        (
            "type: choice, options: [a, b]",
            "type: text",
            "7:15 kinds-differ the `type` of `kind` differs; 7:15",
        ),
        ("[a, b]", "[a, c]", "7:29 kinds-differ the `options` of `kind` differs; 7:29"),
    ],
)
def test_another_key_or_field_is_told(old: str, new: str, words: str, tmp_path: Path) -> None:
    (found,) = told(tmp_path, old, new)
    assert found.replace(" from that in another rulebook", "") == words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key: [month]", "label: Volumes\n    key: [month]"),
        ("month: { type: integer, min: 0, max: 9 }", "month: { type: count, max: 9, label: Month }"),
        ("      kind: { type: choice, options: [a, b] }\n", ""),
        ("kind: { type: choice, options: [a, b] }", "size: { type: count }"),
    ],
)
def test_other_words_and_further_fields_are_none_of_its_business(old: str, new: str, tmp_path: Path) -> None:
    assert told(tmp_path, old, new) == []
