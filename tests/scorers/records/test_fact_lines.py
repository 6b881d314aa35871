"""Facts of one account from a file, and what is said about those that cannot be read."""

import pytest

from scorewright.records import fact_lines
from scorewright.records.fact_lines import read_fact_lines
from scorewright.records.record import UnreadableCell


def told(data: bytes) -> list[tuple[str, str, str]]:
    facts, refused = read_fact_lines(data)
    unread = ((f"facts[{i}]", fact) for i, fact in enumerate(facts) if isinstance(fact, UnreadableCell))
    return [
        *((place, fact.code, fact.message) for place, fact in unread),
        *((refusal.input, refusal.code, refusal.message) for refusal in refused),
    ]


def test_facts_are_read_as_they_were_sent() -> None:
    assert read_fact_lines(b'{"a": 1}\n\n3\n') == ([{"a": 1}, 3], ())
    assert read_fact_lines(b'[{"a": 1}, 3]') == ([{"a": 1}, 3], ())
    assert read_fact_lines(b"") == ([], ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"a": 1}\n\n{"a"', [("facts[1]", "not_json", "line 3: this line is not a JSON object: "
                               "expecting ':' delimiter in column 5")]),
        (b'{"a": 1, "a": 2}\n', [("facts[0].a", "inconsistent", "line 1: `a` is given twice")]),
        (b'[{"a": 1, "a": 2}]', [("facts", "inconsistent", "`a` is given twice")]),
        (b"[{", [("facts", "not_json", "this line is not a JSON object: "
                  "expecting property name enclosed in double quotes in column 3")]),
        (b'{}\n"\xff"', [("facts[1]", "not_json", "line 2: this line is not a JSON object: "
                         "not UTF-8 text: byte 0xFF in column 2")]),
        (b"{}\n{}\n{}", [("facts", "too_many_facts", "3 facts; at most 2 are read")]),
        (b"[{}, {}, {}]", [("facts", "too_many_facts", "3 facts; at most 2 are read")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(
    data: bytes, said: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fact_lines, "MAX_FACTS", 2)
    assert told(data) == said


def test_what_can_be_read_keeps_its_place_beside_what_cannot() -> None:
    facts, refused = read_fact_lines(b'{"a": 1}\n{"a"\n3\n{"a": 1, "a": 2}\n')
    assert (facts[0], facts[2:]) == ({"a": 1}, [3, {"a": 2}])
    assert isinstance(facts[1], UnreadableCell)
    assert [refusal.input for refusal in refused] == ["facts[3].a"]
