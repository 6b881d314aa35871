"""Blocks as an analyst writes them: every comparison, nested `all`, `any` and `not`, ratios and changes."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from scorewright.program.operators import Op, Operand, Parting, suiting
from scorewright.program.value import Type
from scorewright.rulebook.model.input import Kind
from scorewright.rulebook.types import TYPES
from tests.properties.declared import NUMBERS, WORDS, day, words_of
from tests.written import Written

PIECES = ("r", "re", "red", "e", "n", "no", "one", "1", "x")
"""What texts start with, end with and contain."""

Declared = Mapping[str, Written]
Blocks = st.SearchStrategy[Written]


def numbers_for(block: Written) -> st.SearchStrategy[Fraction]:
    """Give numbers to compare an input with: its ends, beside them, and on and off its grid between."""
    low, high = (block.get(end) for end in ("min", "max"))
    low = low if isinstance(low, int | Fraction) else (0 if block["type"] == "count" else 1)
    high = high if isinstance(high, int | Fraction) else low + 9
    span = Fraction(high) - low
    between = st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)]).map(
        lambda part: round(low + part * span, 4)
    )
    whole = st.integers(0, min(9, int(span) + 1)).map(lambda steps: low + Fraction(steps))
    odd = st.sampled_from(["0.5", "0.1", "-1", "2.75", "0.0001"]).map(lambda text: low + Fraction(text))
    return st.one_of(between, whole, odd)


def item_kind(block: Written) -> object:
    """Give the kind of an input's single values."""
    return block.get("of", "text") if block["type"] == "list" else block["type"]


def values_for(block: Written) -> st.SearchStrategy[object]:
    """Give values to compare an input, or an item of a list, with."""
    kind = item_kind(block)
    if kind == "boolean":
        return st.booleans()
    if kind == "choice":
        return st.sampled_from(words_of(block))
    if kind == "date":
        return days
    return numbers_for(block) if kind in NUMBERS else st.sampled_from(WORDS)


days: st.SearchStrategy[object] = st.one_of(
    st.integers(-5, 2).map(day), st.sampled_from(["2024-02-29", "2026-12-31", "1999-01-01"])
)


@st.composite
def comparisons(draw: st.DrawFn, declared: Declared) -> Written:
    """Compare one input."""
    name = draw(st.sampled_from(sorted(declared)))
    block = declared[name]
    kind = block["type"]
    if draw(st.integers(0, 9)) == 0:
        return {"input": name, "known": draw(st.booleans())}
    if kind in NUMBERS:
        return {"input": name, **draw(number_tests(numbers_for(block)))}
    op = draw(st.sampled_from(words_for(TYPES[Kind(str(kind))])))
    return {"input": name, op.value: draw(operands(op, values_for(block)))}


def words_for(kind: Type) -> tuple[Op, ...]:
    """List the comparisons of known answers of a type, straight from the table."""
    return tuple(op for op in suiting(kind) if op is not Op.KNOWN)


def operands(op: Op, values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Give what may stand after a word; a word that needs something new fails here until it is told."""
    several = st.lists(values, min_size=1, max_size=3)
    return {
        Operand.VALUE: values,
        Operand.VALUES: several,
        Operand.NUMBER: values if Type.NUMBER in op.row.types else _sizes,
        Operand.PAIR: st.lists(values, min_size=2, max_size=2).map(lambda two: sorted(two, key=_order)),
        Operand.YES: st.booleans(),
        Operand.DAY: _bounds,
        Operand.DAYS: _counts,
        Operand.SPAN: _counts.map(abs),
        Operand.TEXT: st.sampled_from(PIECES),
    }[op.row.operand]


def _order(value: object) -> Fraction:
    assert isinstance(value, Fraction)
    return value


def _key(name: str, values: st.SearchStrategy[object]) -> Blocks:
    return values.map(lambda value: {name: value})


def number_tests(numbers: st.SearchStrategy[Fraction]) -> Blocks:
    """Compare a number, without its left side."""
    ops = words_for(Type.NUMBER)
    ordered = [op for op in ops if op.row.parts in (Parting.FROM, Parting.UP_TO)]
    return st.sampled_from([*ops, *ordered, *ordered]).flatmap(
        lambda op: _key(op.value, operands(op, numbers))
    )


_bounds = st.one_of(st.just("as_of"), days)
_sizes: st.SearchStrategy[object] = st.integers(0, 9).map(Fraction)
_counts = st.sampled_from([Fraction(n) for n in (0, 1, 2, 30, -1, 365)] + [Fraction(5, 2)])


@st.composite
def pairs(draw: st.DrawFn, declared: Declared) -> Written:
    """Compare the ratio or the change of two numbers; often the divisor can be 0."""
    numbers = [name for name in sorted(declared) if declared[name]["type"] in NUMBERS]
    second = draw(st.sampled_from(numbers))
    first = draw(st.sampled_from([name for name in numbers if name != second]))
    ratio = draw(st.booleans())
    numbers = ["0.5", "1", "2", "0.3", "0.375"] if ratio else ["-30", "0", "50", "-100", "12.5"]
    by_number = number_tests(st.sampled_from([Fraction(text) for text in numbers]))
    test = draw(st.one_of(by_number, by_number, by_number, _key("known", st.booleans())))
    return {"ratio" if ratio else "change": [first, second], **test}


def can_pair(declared: Declared) -> bool:
    """Tell whether two of the inputs can be divided."""
    return sum(block["type"] in NUMBERS for block in declared.values()) > 1


def conditions(leaves: Blocks) -> Blocks:
    """Combine conditions by `all`, `any` and `not`, at most two levels deep."""
    inner = st.one_of(leaves, leaves, _combined(leaves))
    return st.one_of(leaves, leaves, _combined(inner))


def _combined(parts: Blocks) -> Blocks:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(_key("all", several), _key("any", several), _key("not", parts))


def about_inputs(declared: Declared, *, pairs_too: bool = True) -> Blocks:
    """Ask about answers only, as criteria must."""
    single = comparisons(declared)
    if pairs_too and can_pair(declared):
        return conditions(st.one_of(single, single, single, pairs(declared)))
    return conditions(single)


POINTS = [Fraction(text) for text in ("0", "5", "10", "2.5", "-5", "20")]


def about_points(declared: Declared, criteria: list[str], groups: list[str], *, total: bool) -> Blocks:
    """Ask about answers, and about what was earned."""
    lefts: list[Written] = []
    lefts += [{"criterion": id} for id in criteria]
    lefts += [{"group": id} for id in groups]
    if total:
        lefts += [{"score": "total"}, {"score": "total"}]
    test = st.one_of(number_tests(st.sampled_from(POINTS)), _key("known", st.booleans()))
    earned = st.tuples(st.sampled_from(lefts), test).map(lambda both: {**both[0], **both[1]})
    return st.one_of(about_inputs(declared), conditions(st.one_of(comparisons(declared), earned)))
