"""Whatever a file holds, `score` ends with 0, 1 or 2, and answers every JSON line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.service.cli.calling import DAY, RULES, call

HEADER = b"subject_id,budget,authority,need,timeline\n"
CELLS = st.one_of(
    st.sampled_from(
        [b"", b"5", b"1.5", b"x", b'"', b'""', b",", b"\n", b"\r", b"\x00", b"\xff", b"1e5", b"-"]
    ),
    st.binary(max_size=6),
)


def score(data: bytes, *more: str) -> tuple[int, str]:
    called = call("score", RULES / "bant_20.yaml", "-", "--as-of", DAY, *more, stdin=data)
    assert "a bug in scorewright" not in called.err
    return called.code, called.out


@given(st.lists(CELLS, max_size=30))
def test_any_csv(cells: list[bytes]) -> None:
    code, out = score(HEADER + b",".join(cells), "--input-format", "csv", "--format", "jsonl")
    assert code in (0, 1)
    for line in out.splitlines():
        assert json.loads(line).keys() & {"answer", "invalid"}


@given(st.binary(max_size=80), st.sampled_from(["csv", "jsonl"]), st.sampled_from(["table", "csv", "jsonl"]))
def test_any_bytes(data: bytes, kind: str, form: str) -> None:
    assert score(data, "--input-format", kind, "--format", form)[0] in (0, 1, 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["budget", "authority", "need", "timeline", "subject_id", "inputs", "as_of", "other"])


@given(st.lists(st.dictionaries(NAMES, JSON, max_size=6), max_size=4))
def test_every_json_line_gives_one_line(subjects: list[dict[str, object]]) -> None:
    data = "".join(f"{json.dumps(subject)}\n" for subject in subjects).encode()
    code, out = score(data, "--input-format", "jsonl", "--format", "jsonl")
    lines = out.splitlines()
    assert len(lines) == len(subjects)
    assert code == (2 if not subjects else int(any("invalid" in json.loads(line) for line in lines)))


@pytest.mark.parametrize("text", ['"\\ud800"', '"\\u0000"', '"\\u001b[31m"'])
def test_a_subject_never_drives_the_terminal(text: str) -> None:
    for form in ("table", "csv", "jsonl"):
        _, out = score(f'{{"subject_id": {text}}}'.encode(), "--input-format", "jsonl", "--format", form)
        assert "\x1b" not in out
