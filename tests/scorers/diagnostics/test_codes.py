import re

import pytest

from scorewright.diagnostics.codes import CODES, Family, finding
from scorewright.diagnostics.diagnostic import Label, Severity, Span

HERE = Span("a.yaml", 1, 1, 1, 2)


def test_names_and_numbers_are_unique_and_well_formed() -> None:
    numbers = [code.number for code in CODES.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"[A-Z]\d{3}", number) for number in numbers)
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) for name in CODES)


def test_the_register_is_in_the_order_of_families_and_numbers() -> None:
    families = list(Family)
    order = [(families.index(code.family), code.number) for code in CODES.values()]
    assert order == sorted(order)


def test_titles_are_lower_case_and_one_line_without_a_full_stop() -> None:
    for code in CODES.values():
        assert code.title[0].islower() or code.title[0] == "`", code
        assert not code.title.endswith(".")
        assert "\n" not in code.title


def test_a_finding_takes_its_severity_from_the_register() -> None:
    label = Label(HERE, "there")
    made = finding("edge-not-attainable", HERE, "no score is exactly 31", "move it", ["n"], [label])
    assert made.severity is Severity.NOTE
    assert (made.code, made.help, made.notes, made.labels) == (
        "edge-not-attainable",
        "move it",
        ("n",),
        (label,),
    )


def test_an_unregistered_code_fails_loudly() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code", HERE, "x")
