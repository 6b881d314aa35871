"""Criteria as an analyst writes them: every way to earn points, in and outside groups."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from hypothesis import strategies as st

from scorewright.rulebook.model.earnings import WAYS
from scorewright.rulebook.model.input import Kind
from scorewright.rulebook.types import TYPES
from tests.properties.conditions import Blocks, Declared, about_inputs, numbers_for
from tests.properties.declared import POLICIES, words_of
from tests.written import Written

points: st.SearchStrategy[Fraction] = st.one_of(
    st.integers(1, 30).map(Fraction),
    st.sampled_from(
        [Fraction(text) for text in ("2.8", "0.1", "0.00005", "12.345678", "1000", "-5", "-7.5")]
    ),
)

ONLY: dict[str, Callable[[Written], bool]] = {
    "decay": lambda block: block.get("max") == "as_of",
    "rating": lambda block: bool(block["type"] == "rating"),
    "value": lambda block: has_ends(block, ("min", "max")),
    "each": lambda block: has_ends(block, ("min",)),
}
"""What inputs of the right type need besides; a way of which nothing is said here is tried by all of them."""


def has_ends(block: Written, ends: Sequence[str]) -> bool:
    """Tell whether an input has these ends of its range, written or its kind's own."""
    own = {"rating": ("min", "max"), "count": ("min",)}.get(str(block["type"]), ())
    return all(end in block or end in own for end in ends)


def suits(way: str, block: Written) -> bool:
    """Tell whether an input can earn in this way."""
    right = TYPES[Kind(str(block["type"]))] is WAYS[way].needs
    return right and (way not in ONLY or ONLY[way](block))


@st.composite
def earnings(draw: st.DrawFn, declared: Declared) -> Written:
    """Earn points in one of the ways that suit an input."""
    name = draw(st.sampled_from(sorted(declared)))
    ways = [way for way in WAYS if suits(way, declared[name])]
    rating = ["rating", "rating"] if "rating" in ways else []  # three ways in one
    way = draw(st.sampled_from([*ways, *rating, "when"]))
    if way == "when":
        others = draw(st.sets(st.sampled_from(sorted(declared)), max_size=1))
        asked = {other: declared[other] for other in sorted(others | {name})}
        return {"when": draw(about_inputs(asked)), "points": draw(points)}
    return {"input": name, **draw(WRITTEN[way](declared[name]))}


def _steps(block: Written) -> Blocks:
    step = st.builds(lambda at, worth: {"from": at, "points": worth}, numbers_for(block), points)
    rows = st.lists(step, min_size=1, max_size=4, unique_by=lambda row: row["from"])
    return rows.map(lambda steps: {"steps": steps})


def _options(block: Written) -> Blocks:
    options = st.sampled_from(words_of(block))
    return st.dictionaries(options, points, min_size=1).map(lambda table: {"options": table})


def _rating(block: Written) -> Blocks:
    table = st.dictionaries(st.integers(1, 5).map(str), points, min_size=1)
    return st.one_of(table, st.just("as_is"), st.just("reversed")).map(lambda how: {"rating": how})


def _each(block: Written) -> Blocks:
    each = st.sampled_from([Fraction(text) for text in ("5", "0.3", "-2", "7")])
    most = st.sampled_from([Fraction(n, 2) for n in range(1, 9)])
    return st.builds(lambda one, times: {"each": one, "up_to": one * times}, each, most)


def _decay(block: Written) -> Blocks:
    half_life = st.sampled_from(["1 day", "3 days", "30 days", "2 weeks"])
    return st.builds(lambda p, h: {"decay": {"points": p, "half_life": h}}, points, half_life)


WRITTEN: dict[str, Callable[[Written], Blocks]] = {
    "steps": _steps,
    "options": _options,
    "rating": _rating,
    "value": lambda _: st.just({"value": "as_is"}),
    "each": _each,
    "decay": _decay,
}
"""What stands after each way to earn, and beside it."""


@st.composite
def criteria(
    draw: st.DrawFn, declared: Declared, groups: Sequence[str | None], actions: Sequence[str]
) -> list[Written]:
    """Write some criteria; a date decays once at most."""
    found: list[Written] = []
    decaying: set[object] = set()
    for index in range(draw(st.integers(1, 5))):
        earning = draw(earnings(declared))
        if "decay" in earning:
            if earning["input"] in decaying:
                continue
            decaying.add(earning["input"])
        own = draw(st.fixed_dictionaries({}, optional=_keys(actions)))
        group = draw(st.sampled_from(groups)) if groups else None
        found.append({"id": f"c{index}", **earning, **own, **({"group": group} if group else {})})
    return found


def _keys(actions: Sequence[str]) -> dict[str, st.SearchStrategy[object]]:
    keys: dict[str, st.SearchStrategy[object]] = {
        "if_missing": st.sampled_from(POLICIES),
        "actionable": st.booleans(),
        "label": st.sampled_from(["One", "Two"]),
    }
    return keys | ({"recommend": st.lists(_recommendation(actions), max_size=2)} if actions else {})


def _recommendation(actions: Sequence[str]) -> Blocks:
    test = st.sampled_from(["at_least", "at_most", "more_than", "less_than", "equals"])
    number = st.sampled_from([Fraction(0), Fraction(2), Fraction(5), Fraction(14, 5)])
    return st.builds(lambda key, value, ids: {key: value, "actions": ids}, test, number, some_of(actions))


def some_of(ids: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """Pick one or two ids."""
    return st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)
