"""The order of values, and what each is worked out from."""

from scorewright.rulebook.value_graph import below, ordered


def names(**uses: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(use.split()) for name, use in uses.items()}


def test_values_stand_after_those_they_name() -> None:
    assert ordered(names(a="b c", b="c x", c="y", d="")) == (["c", "d", "b", "a"], [])


def test_names_decide_where_nothing_else_does() -> None:
    assert ordered(names(z="", m="", a="z"))[0] == ["m", "z", "a"]


def test_circles_and_what_needs_them_come_apart() -> None:
    assert ordered(names(a="a", b="c", c="b", d="b", e="x")) == (["e"], ["a", "b", "c", "d"])


def test_everything_below_a_value_is_found() -> None:
    found = below(names(a="b x", b="c", c="y"))
    assert found == names(a="b c x y", b="c y", c="y")


def test_what_goes_round_is_below_itself() -> None:
    found = below(names(a="a", b="c", c="b z", d="b"))
    assert [name for name, uses in found.items() if name in uses] == ["a", "b", "c"]
    assert found["d"] == {"b", "c", "z"}


def test_a_long_chain_takes_no_depth() -> None:
    chain = {f"v{n}": frozenset([f"v{n - 1}"]) for n in range(1, 3_000)}
    assert len(below(chain)["v2999"]) == 2_999
