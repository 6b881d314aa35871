"""Criteria as an analyst writes them: every way to earn points, in and outside groups."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from tests.properties.conditions import Blocks, Declared, about_inputs, numbers_for
from tests.properties.declared import NUMBERS, POLICIES, words_of
from tests.written import Written

points: st.SearchStrategy[Fraction] = st.one_of(
    st.integers(1, 30).map(Fraction),
    st.sampled_from(
        [Fraction(text) for text in ("2.8", "0.1", "0.00005", "12.345678", "1000", "-5", "-7.5")]
    ),
)

WAYS = ("steps", "options", "table", "each", "decay", "value", "as_is", "reversed", "when")


def suits(way: str, block: Written) -> bool:
    """Tell whether an input of this kind can earn in this way."""
    kind = block["type"]
    has_range = kind == "rating" or ("max" in block and ("min" in block or kind == "count"))
    match way:
        case "when":
            return True
        case "steps":
            return kind in NUMBERS
        case "options":
            return bool(kind == "choice")
        case "decay":
            return bool(kind == "date" and block.get("max") == "as_of")
        case "each":
            return kind == "count" or (kind in NUMBERS and has_range)
        case "value":
            return kind in NUMBERS and has_range
        case _:
            return bool(kind == "rating")


@st.composite
def earnings(draw: st.DrawFn, declared: Declared) -> Written:
    """Earn points in one of the ways that suit an input."""
    name = draw(st.sampled_from(sorted(declared)))
    ways = [way for way in WAYS if suits(way, declared[name])]
    way = draw(st.sampled_from([*ways, "when"]))
    if way == "when":
        others = draw(st.sets(st.sampled_from(sorted(declared)), max_size=1))
        asked = {other: declared[other] for other in sorted(others | {name})}
        return {"when": draw(about_inputs(asked)), "points": draw(points)}
    return {"input": name, **draw(_by_value(way, declared[name]))}


def _by_value(way: str, block: Written) -> Blocks:
    match way:
        case "steps":
            step = st.builds(lambda at, worth: {"from": at, "points": worth}, numbers_for(block), points)
            rows = st.lists(step, min_size=1, max_size=4, unique_by=lambda row: row["from"])
            return rows.map(lambda steps: {"steps": steps})
        case "options":
            options = st.sampled_from(words_of(block))
            return st.dictionaries(options, points, min_size=1).map(lambda table: {"options": table})
        case "table":
            scale = st.integers(1, 5).map(str)
            return st.dictionaries(scale, points, min_size=1).map(lambda table: {"rating": table})
        case "each":
            each = st.sampled_from([Fraction(text) for text in ("5", "0.3", "-2", "7")])
            most = st.sampled_from([Fraction(n, 2) for n in range(1, 9)])
            return st.builds(lambda one, times: {"each": one, "up_to": one * times}, each, most)
        case "decay":
            half_life = st.sampled_from(["1 day", "3 days", "30 days", "2 weeks"])
            return st.builds(lambda p, h: {"decay": {"points": p, "half_life": h}}, points, half_life)
        case "value":
            return st.just({"value": "as_is"})
        case _:
            return st.just({"rating": way})


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
