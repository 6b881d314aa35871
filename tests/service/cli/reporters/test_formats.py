import json

import pytest

from scorewright.cli.reporters import REPORTERS
from scorewright.diagnostics.codes import finding
from scorewright.diagnostics.diagnostic import Label, Span
from scorewright.rulebook.source import Source

HERE = Span("rules/a,b:c.yaml", 3, 5, 3, 11)
SOURCES = {HERE.file: Source(HERE.file, "a\nb\n    weight: 1\n")}
FOUND = [
    finding(
        "key-twice",
        HERE,
        "100% `x`\nof",
        "delete one",
        ["n"],
        [Label(Span("b.yaml", 1, 2, 1, 3), "first written here")],
    ),
    finding("edge-not-attainable", Span("b.yaml", 1, 1, 4, 2), "no score is exactly 31"),
    finding("unused-input", Span("b.yaml", 1, 1, 1, 1), "unused"),
]


def report(name: str) -> str:
    return REPORTERS[name](FOUND, SOURCES, False)


def test_concise_writes_one_line_a_finding() -> None:
    assert report("concise") == (
        "rules/a,b:c.yaml:3:5: error[key-twice]: 100% `x`\\u{a}of\n"
        "b.yaml:1:1: note[edge-not-attainable]: no score is exactly 31\n"
        "b.yaml:1:1: warning[unused-input]: unused\n"
    )


def test_json_holds_every_part_of_a_finding() -> None:
    document = json.loads(report("json"))
    assert document[0] == {
        "code": "key-twice",
        "number": "Y007",
        "severity": "error",
        "file": "rules/a,b:c.yaml",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 11,
        "message": "100% `x`\nof",
        "help": "delete one",
        "notes": ["n"],
        "related": [
            {
                "file": "b.yaml",
                "line": 1,
                "column": 2,
                "end_line": 1,
                "end_column": 3,
                "message": "first written here",
            }
        ],
    }
    assert [each["severity"] for each in document] == ["error", "note", "warning"]


def test_github_escapes_what_its_commands_are_made_of() -> None:
    assert report("github").splitlines() == [
        "::error file=rules/a%2Cb%3Ac.yaml,line=3,endLine=3,col=5,title=key-twice,endColumn=10"
        "::100%25 `x`\\u{a}of%0Anote: n%0Ahelp: delete one",
        "::notice file=b.yaml,line=1,endLine=4,col=1,title=edge-not-attainable::no score is exactly 31",
        "::warning file=b.yaml,line=1,endLine=1,col=1,title=unused-input,endColumn=1::unused",
    ]


@pytest.mark.parametrize(
    ("name", "nothing"), [("human", ""), ("concise", ""), ("github", ""), ("json", "[]\n")]
)
def test_no_findings_are_written_as_nothing(name: str, nothing: str) -> None:
    assert REPORTERS[name]([], {}, False) == nothing


def test_every_format_writes_text_that_any_terminal_encoding_takes_or_is_utf8() -> None:
    odd = finding("tag", Span("\udcff.yaml", 1, 1, 1, 2), "\ud800")
    for write in REPORTERS.values():
        write([odd], {}, False).encode()
