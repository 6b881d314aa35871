"""What nobody declared is named: inputs, and the fields of records, each once."""

from datetime import date

import pytest

from scorewright.engines.compiled.compiled_engine import CompiledEngine
from scorewright.program.program import Program
from scorewright.results.outcome import Invalid, Score
from scorewright.scoring.scorer import Scorer
from scorewright.validation.undeclared import HINTS, MOST, Declared
from tests.written import Written, table

DAY = date(2026, 1, 31)
NUMBER: Written = {"type": "number", "min": 0, "max": 9}
DEALS: Written = {"type": "list", "fields": {"value": NUMBER, "share": NUMBER}}


def program(**inputs: Written) -> Program:
    values = {"v": {"sum": {"over": "deals", "of": ["value", "share"]}}}
    return table("value", "v", {"deals": DEALS, **inputs}, values=values)


def deal(**more: object) -> dict[str, object]:
    return {"value": 1, "share": 1, **more}


def unknown(raw: dict[str, object]) -> tuple[str, ...]:
    found = Scorer(program()).score(raw, as_of=DAY)
    assert isinstance(found, Score)
    return found.unknown_inputs


def test_undeclared_fields_are_named_once_each_beside_undeclared_inputs() -> None:
    deals = [deal(owner="Ann"), deal(), deal(owner="Bob", age=3)]
    assert unknown({"deals": deals, "region": "EU"}) == ("deals[].age", "deals[].owner", "region")


def test_declared_fields_are_not_named() -> None:
    assert unknown({"deals": [deal(), deal()]}) == ()
    assert unknown({"deals": []}) == ()


def test_a_null_in_an_undeclared_field_is_named_like_one_in_an_undeclared_input() -> None:
    assert unknown({"deals": [deal(owner=None)], "region": None}) == ("deals[].owner", "region")


def test_undeclared_fields_are_errors_in_strict_mode() -> None:
    scorer = Scorer(program())
    raw = {"deals": [deal(shares=1), deal(shares=2)], "deal": 1}
    for found in (scorer.score(raw, as_of=DAY, strict=True), scorer.summary(raw, as_of=DAY, strict=True)):
        assert isinstance(found, Invalid)
        assert [(error.input, str(error.code), error.message) for error in found.errors] == [
            ("deal", "unknown_input", "`deal` is not declared; did you mean `deals`?"),
            ("deals[].shares", "unknown_input", "`shares` is not a field of `deals`; did you mean `share`?"),
        ]


def test_in_strict_mode_they_are_named_beside_what_is_invalid() -> None:
    found = Scorer(program()).score({"deals": [{"value": 10, "owner": "Ann"}]}, as_of=DAY, strict=True)
    assert isinstance(found, Invalid)
    assert [(error.input, str(error.code)) for error in found.errors] == [
        ("deals[0].share", "required"),
        ("deals[0].value", "out_of_range"),
        ("deals[].owner", "unknown_input"),
    ]


@pytest.mark.parametrize("value", [None, 3, "deals", {}, {"owner": 1}, [None, 3, "x", [deal(owner=1)]]])
def test_what_is_no_list_of_records_has_no_fields(value: object) -> None:
    assert Declared.by(program()).missed_by({"deals": value}) == ()


def test_a_program_without_records_looks_at_names_only() -> None:
    declared = Declared.by(table("none", None, {"a": NUMBER}, [{"id": "any"}]))
    assert not declared.records
    assert declared.missed_by({"a": [{"owner": 1}]}) == ()
    assert declared.missed_by({"a": 1, "z": 1, "b": 1}) == ("b", "z")


def test_what_any_of_several_programs_declares_is_declared() -> None:
    other = table(
        "none", None, {"deals": {"type": "list", "fields": {"owner": {"type": "text"}}}}, [{"id": "x"}]
    )
    assert Declared.by(program(), other).missed_by({"deals": [deal(owner="Ann", age=3)]}) == ("deals[].age",)


def test_only_the_first_names_get_a_hint_and_not_all_fields_are_named() -> None:
    declared = Declared.by(program())
    names = declared.missed_by({"deals": [deal(**{f"{n}": 1}) for n in range(5_000)]})
    assert len(names) == MOST
    messages = [error.message for error in declared.errors(names)]
    assert sum("one of share, value" in message for message in messages) == HINTS


def test_answers_are_shared_whatever_is_undeclared() -> None:
    engine = CompiledEngine(program())
    first = engine.outcome({"deals": [deal(owner="Ann")]}, DAY)
    assert engine.outcome({"deals": [deal(owner="Bob")]}, DAY) is first
