"""An empty text is no answer, whatever was asked: of inputs, and of the fields of records and facts."""

import sys
from collections.abc import Mapping

import pytest

from scorewright.validation.blank_answers import blank, missing
from scorewright.validation.facts import kinds_of, read_fact
from scorewright.validation.inputs import Answers, validate
from tests.properties.subjects import NOTHING
from tests.written import AS_OF, Written, errors, outcome, rulebook

DECLARED: Mapping[str, Written] = {
    "boolean": {"type": "boolean"},
    "number": {"type": "number", "min": 0, "max": 9},
    "choice": {"type": "choice", "options": ["a", "b"]},
    "text": {"type": "text"},
    "date": {"type": "date"},
    "list": {"type": "list", "of": "text"},
    "records": {"type": "list", "fields": {"size": {"type": "number", "min": 0, "max": 9}}},
}


FACTS: Written = {
    "api_call": {"fields": {"calls": {"type": "number", "min": 0, "max": 9}, "page": {"type": "text"}}}
}
KINDS = kinds_of(rulebook({"it": {"type": "boolean"}}, [], facts=FACTS).kinds)


def test_white_space_is_what_unicode_calls_so_and_what_cells_are_stripped_of() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        assert blank(character) == (character.strip() == ""), hex(code)
    assert blank("")
    assert not blank("\u200b")
    assert not missing(False)
    assert not missing(0)


@pytest.mark.parametrize("kind", DECLARED)
@pytest.mark.parametrize("nothing", NOTHING, ids=lambda nothing: ascii(nothing)[:20])
def test_nothing_is_missing_whatever_the_type(kind: str, nothing: object) -> None:
    known = {"id": "c", "when": {"input": "it", "known": True}, "points": 5}
    asked = rulebook({"it": DECLARED[kind]}, [known])
    assert outcome(asked, {"it": nothing}) == outcome(asked, {})
    assert outcome(asked, {"it": nothing}).missing == ("it",)
    needed = rulebook({"it": {**DECLARED[kind], "required": True}}, [known])
    assert errors(needed, {"it": nothing}) == [("it", "required")]


@pytest.mark.parametrize("when", [{"is": "red"}, {"not_one_of": ["red"]}, {"one_of": ["red", "blue"]}])
def test_an_empty_text_is_no_other_text(when: Written) -> None:
    asked = rulebook({"it": {"type": "text"}}, [{"id": "c", "when": {"input": "it", **when}, "points": 5}])
    found = outcome(asked, {"it": " "})
    assert found.missing == ("it",)
    assert found.total == 0


def test_an_empty_text_is_assumed_for_like_any_missing_answer() -> None:
    declared: Written = {"type": "text", "if_missing": {"assume": "red"}}
    asked = rulebook({"it": declared}, [{"id": "c", "when": {"input": "it", "is": "red"}, "points": 5}])
    found = outcome(asked, {"it": ""})
    assert [each.input for each in found.assumed] == ["it"]
    assert found.total == 5


@pytest.mark.parametrize("of", ["text", "choice", "integer", "date"])
def test_an_empty_item_of_a_list_stays_invalid(of: str) -> None:
    declared: Written = {"type": "list", "of": of, **({"options": ["a"]} if of == "choice" else {})}
    asked = rulebook({"it": declared}, [])
    assert errors(asked, {"it": ["", "\u00a0"]}) == [("it[0]", "wrong_type"), ("it[1]", "wrong_type")]


@pytest.mark.parametrize("nothing", NOTHING, ids=lambda nothing: ascii(nothing)[:20])
def test_an_empty_field_of_a_record_is_one_that_is_not_there(nothing: object) -> None:
    fields = {"size": {"type": "number", "min": 0, "max": 9}, "name": {"type": "text"}}
    asked = rulebook({"it": {"type": "list", "fields": fields}}, [])
    assert errors(asked, {"it": [{"size": nothing, "name": nothing}]}) == errors(asked, {"it": [{}]})


@pytest.mark.parametrize("nothing", NOTHING, ids=lambda nothing: ascii(nothing)[:20])
def test_an_empty_field_of_a_fact_is_one_that_is_not_there(nothing: object) -> None:
    sent = {"fact": "api_call", "at": "2026-01-30"}
    assert read_fact(KINDS, {**sent, "calls": nothing, "page": nothing}) == read_fact(KINDS, sent)
    whole = {**sent, "calls": 3, "page": "a"}
    assert read_fact(KINDS, {**whole, "id": nothing}) == read_fact(KINDS, whole)
    for key in ("fact", "at"):
        without = {name: value for name, value in whole.items() if name != key}
        assert read_fact(KINDS, {**whole, key: nothing}) == read_fact(KINDS, without)


def test_spaces_around_a_text_stay_part_of_it() -> None:
    found = validate(rulebook({"it": {"type": "text"}}, []), {"it": " red "}, AS_OF)
    assert isinstance(found, Answers)
    assert found.known == {"it": " red "}
