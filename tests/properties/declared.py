"""Inputs as an analyst declares them, plausible and nasty: every kind, every range, every missing policy."""

from datetime import timedelta
from fractions import Fraction

from hypothesis import strategies as st

from tests.written import AS_OF, Written

WORDS = ("red", "Red", "green", "no", "none", "1", "")
NUMBERS = ("integer", "number", "percent", "money", "count", "rating")


def number(text: str | int) -> Fraction:
    return Fraction(text)


def _small(kind: str, decimals: int | None = None) -> st.SearchStrategy[Written]:
    """Declare a number of a few possible values."""
    grid = Fraction(1, 10 ** (decimals or 0))

    def declare(lowest: int, count: int) -> Written:
        low = Fraction(lowest) if kind != "count" else Fraction(abs(lowest))
        found: Written = {"type": kind, "min": low, "max": low + count * grid}
        return found if decimals is None else {**found, "decimals": decimals}

    return st.builds(declare, st.integers(-3, 3), st.integers(1, 4))


small_numbers: st.SearchStrategy[Written] = st.one_of(
    _small("integer"),
    _small("count"),
    _small("number", 1),
    st.just({"type": "rating"}),
    st.just({"type": "rating", "min": number(0), "max": number("0.5"), "decimals": 1}),
)

wide_numbers: st.SearchStrategy[Written] = st.sampled_from(
    [
        {"type": "integer", "min": number(1), "max": number(1_000_000)},
        {"type": "integer"},
        {"type": "integer", "min": number(-100)},
        {"type": "number", "min": number("-2.5"), "max": number("7.25")},
        {"type": "number", "min": number(0), "max": number("0.001")},
        {"type": "number", "max": number(30)},
        {"type": "number"},
        {"type": "number", "min": number(0), "max": number(999_999_999_999_999), "decimals": 0},
        {"type": "percent", "min": number(0), "max": number(100)},
        {"type": "percent", "min": number(-100), "max": number("33.3"), "decimals": 1},
        {"type": "money", "min": number(0), "max": number(1_000_000), "decimals": 2},
        {"type": "money", "min": number("-999.99"), "max": number("999.99"), "decimals": 2},
        {"type": "count"},
        {"type": "count", "max": number(40)},
        {"type": "rating", "decimals": 1},
        {"type": "rating", "min": number(0), "max": number(10), "decimals": 3},
    ]
)


def day(offset: int) -> str:
    return (AS_OF + timedelta(days=offset)).isoformat()


small_dates: st.SearchStrategy[Written] = st.builds(
    lambda before: {"type": "date", "min": day(-before), "max": "as_of"}, st.integers(1, 5)
)

wide_dates: st.SearchStrategy[Written] = st.sampled_from(
    [
        {"type": "date", "max": "as_of"},
        {"type": "date", "min": "2020-01-01", "max": "as_of"},
        {"type": "date", "min": "as_of"},
        {"type": "date", "min": "2025-06-30", "max": "2027-02-28"},
        {"type": "date"},
    ]
)

booleans: st.SearchStrategy[Written] = st.just({"type": "boolean"})
choices: st.SearchStrategy[Written] = st.lists(
    st.sampled_from(WORDS[:-1]), min_size=1, max_size=4, unique=True
).map(lambda options: {"type": "choice", "options": options})
texts: st.SearchStrategy[Written] = st.just({"type": "text"})

small_lists: st.SearchStrategy[Written] = st.builds(
    lambda options, most: {"type": "list", "of": "choice", "options": options, "max_items": most},
    st.sampled_from([["red"], ["red", "green"], ["no", "none", "1"]]),
    st.sampled_from([number(1), number(2)]),
) | st.builds(
    lambda first: {"type": "list", "of": "date", "min": day(first), "max": "as_of", "max_items": number(2)},
    st.sampled_from([-1, 0, -3]),
)
wide_lists: st.SearchStrategy[Written] = st.sampled_from(
    [
        {"type": "list"},
        {"type": "list", "of": "text", "max_items": number(3)},
        {"type": "list", "of": "boolean", "max_items": number(2)},
        {"type": "list", "of": "integer", "min": number(0), "max": number(9)},
        {"type": "list", "of": "number", "decimals": number(1)},
        {"type": "list", "of": "date", "max": "as_of"},
        {"type": "list", "of": "rating"},
    ]
)

finite_blocks = st.one_of(booleans, small_numbers, choices, small_dates, small_lists)
all_blocks = st.one_of(finite_blocks, wide_numbers, wide_numbers, wide_dates, texts, wide_lists)

POLICIES = ("no_points", "incomplete", "leave_out")


@st.composite
def missing(draw: st.DrawFn, block: Written) -> Written:
    """Say what a missing answer means, for some inputs, in every way there is."""
    ways = ["silent", "silent", "silent", "policy", "required"]
    assumed = _assumable(block)
    way = draw(st.sampled_from([*ways, "assume"] if assumed else ways))
    if way == "policy":
        return {**block, "if_missing": draw(st.sampled_from(POLICIES))}
    if way == "required":
        return {**block, "required": True}
    if way == "assume":
        return {**block, "if_missing": {"assume": draw(st.sampled_from(assumed))}}
    return block


def words_of(block: Written) -> list[str]:
    """List the options of a choice."""
    options = block["options"]
    assert isinstance(options, list)
    return options


def _assumable(block: Written) -> list[object]:
    match block["type"]:
        case "boolean":
            return [True, False]
        case "choice":
            return [*words_of(block)]
        case "text":
            return ["red", ""]
        case "date":
            return [value for value in (block.get("min"),) if value not in (None, "as_of")]
        case "list":
            return []
        case _:
            return [value for value in (block.get("min"), block.get("max")) if value is not None]


def declarations(*, finite: bool = False) -> st.SearchStrategy[dict[str, Written]]:
    """Declare some inputs by name."""
    block = (finite_blocks if finite else all_blocks).flatmap(missing)
    names = ("alpha", "beta", "gamma", "delta", "kappa", "omega", "sigma", "zeta")
    return st.lists(block, min_size=2, max_size=6).map(lambda blocks: dict(zip(names, blocks, strict=False)))
