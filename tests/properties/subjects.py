"""What subjects bring to a program: answers on its cuts and beside them, missing ones, and invalid ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from scorewright.program.condition import PercentChange, Ratio, Value
from scorewright.program.formula import Arithmetic, Sign
from scorewright.program.program import Input, Program, Type
from scorewright.results.outcome import Invalid
from scorewright.validation.inputs import check

Raw = dict[str, object]
Constants = list[object]

ODD = [Fraction(text) for text in ("0", "1", "2.8", "-0.5", "3.99", "1e-9", "17", "999999999999999", "1e14")]


@dataclass(frozen=True)
class Asked:
    """A program that is asked on a day, with the valid answers worth trying."""

    program: Program
    as_of: date
    valid: Mapping[str, st.SearchStrategy[Value]]
    divisors: frozenset[str]
    """What something is divided by, and can be 0."""


def asked(program: Program, as_of: date) -> Asked:
    """Prepare the answers of a program, once for all subjects."""
    known = list(dict.fromkeys(constants(program)))
    found = {item.name: values(known, item, as_of) for item in program.inputs}
    valid = {name: given for name, given in found.items() if not given.is_empty}
    zero = {i.name for i in program.inputs if i.type is Type.NUMBER and check(i, i.name, 0, as_of) == 0}
    return Asked(program, as_of, valid, frozenset(zero.intersection(divisors(program))))


def divisors(part: object) -> Iterator[str]:
    """List every divisor inside a program."""
    match part:
        case Ratio(_, name) | PercentChange(_, name) | Arithmetic(Sign.DIVIDE | Sign.PERCENT, (_, str(name))):
            yield name
        case tuple():
            for member in part:
                yield from divisors(member)
        case _ if is_dataclass(part):
            for field in fields(part):
                yield from divisors(getattr(part, field.name))


def constants(part: object) -> Iterator[object]:
    """List every number and day inside a program."""
    if is_dataclass(part):
        for field in fields(part):
            yield from constants(getattr(part, field.name))
    elif isinstance(part, tuple):
        for member in part:
            yield from constants(member)
    elif isinstance(part, Fraction | date):
        yield part


def values(known: Constants, item: Input, as_of: date) -> st.SearchStrategy[Value]:
    """Give valid answers to an input."""
    if item.item is not None:
        inner = values(known, item.item, as_of)
        return st.lists(inner, max_size=0 if inner.is_empty else min(3, item.max_items)).map(tuple)
    if item.fields:
        return st.tuples(*(_field(values(known, field, as_of), field) for field in item.fields))
    tried = dict.fromkeys(candidates(known, item, as_of))
    found = [
        v for v in tried if forms(v) and not isinstance(check(item, item.name, forms(v)[0], as_of), Invalid)
    ]
    return st.sampled_from(found) if found else st.nothing()


def _field(known: st.SearchStrategy[Value], field: Input) -> st.SearchStrategy[Value | None]:
    """Leave an optional field unset, one time in three."""
    return st.one_of(st.none(), known, known) if field.optional else known


def candidates(known: Constants, item: Input, as_of: date) -> Iterator[Value]:
    """Give answers worth trying, valid or not: on every cut, beside it, and at the ends."""
    match item.type:
        case Type.BOOLEAN:
            yield from (False, True)
        case Type.CHOICE:
            yield from item.options
        case Type.TEXT:
            yield from ("red", "other", " red ", "ré", "x" * 10_000)
        case Type.NUMBER:
            grid = Fraction(1, 10 ** (4 if item.decimals is None else item.decimals))
            for cut in (*(n for n in known if isinstance(n, Fraction)), *ODD):
                yield from (cut, cut - grid, cut + grid, cut - cut % grid, cut - 1, cut + 1)
        case _:
            days = {n for n in known if isinstance(n, date)} | {as_of}
            spans = [int(n) for n in known if isinstance(n, Fraction) and abs(n) < 9999]
            for day in sorted(days | {as_of - timedelta(days=span) for span in spans}):
                yield from (day, day - timedelta(days=1), day + timedelta(days=1))


def forms(value: Value | None) -> list[object]:
    """Give the ways in which a caller can write a value; none where no decimal of 15 digits is meant."""
    if value is None:
        return [*NOTHING[:4]]
    if isinstance(value, bool | str):
        return [value]
    if isinstance(value, date):
        return [value.isoformat(), value]
    if isinstance(value, tuple):
        return [[forms(part)[0] for part in value], tuple(forms(part)[-1] for part in value)]
    if value.denominator == 1:
        whole = value.numerator
        return [whole, float(whole), Decimal(whole), Decimal(f"{whole}.00")] if abs(whole) < 10**15 else []
    number = float(value)
    exact = Fraction(Decimal(repr(number))) == value and float(f"{number:.15g}") == number
    return [number, Decimal(repr(number))] if exact else []


BAD: tuple[object, ...] = (
    "yes", "3", "true", "2026-02-30", "2026-1-1", "2026-W05-6", "9999-12-31", "\u200b", "\ud800",
    "x" * 10_001, b"red", True, 1, -1, 2.5, 0.1 + 0.2, 1e300, 5e-324, 10**400, -(10**15), float("nan"),
    float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("1E+999999"),
    Decimal("1E-390"), Decimal("0.1234567890123456"), [], [None], [""], [["red"]], list(range(2_000)), {},
    {"a": 1}, object(), date.min,
)  # fmt: skip


NOTHING: tuple[object, ...] = (None, "", " ", "\t\n", "\u00a0", "\u3000\u2028", "\x85", " " * 10_001)
"""What is missing whatever was asked."""


@st.composite
def answers(draw: st.DrawFn, asked: Asked, *, gaps: bool = True) -> dict[str, Value]:
    """Answer a program's inputs validly; with gaps, some of them not at all."""
    found: dict[str, Value] = {}
    for item in asked.program.inputs:
        skip = gaps and not item.required and draw(st.integers(0, 3)) == 0
        if item.name in asked.valid and not skip:
            nothing = item.name in asked.divisors and draw(st.integers(0, 2)) == 0
            found[item.name] = Fraction(0) if nothing else draw(asked.valid[item.name])
    return found


@st.composite
def raws(draw: st.DrawFn, answered: Mapping[str, Value]) -> Raw:
    """Write answers as a caller may: any form of a number or day, in any order."""
    names = draw(st.permutations(sorted(answered)))
    return {name: draw(st.sampled_from(forms(answered[name]))) for name in names}


def subjects(program: Program, as_of: date) -> st.SearchStrategy[Raw]:
    """Bring any subject to a program."""
    return anyone(asked(program, as_of))


@st.composite
def anyone(draw: st.DrawFn, asked: Asked) -> Raw:
    """Bring any subject: valid or not, with nulls, and with names that the program does not declare."""
    raw = draw(raws(draw(answers(asked))))
    for item in asked.program.inputs:
        fate = draw(st.integers(0, 19))
        if fate == 0:
            raw[item.name] = draw(st.sampled_from(BAD))
        elif fate == 1 and item.name not in raw:
            raw[item.name] = draw(st.sampled_from(NOTHING))
        elif fate == 2:
            raw.pop(item.name, None)
    if draw(st.integers(0, 3)) == 0:
        raw[draw(st.sampled_from(["undeclared", "Alpha", ""]))] = draw(st.sampled_from(BAD))
    return raw
