"""Whole rulebooks, plausible and nasty, as the reader gives them to the model.

What the checks refuse stays out where the law has no answer to it: a number without a range that is worth
points, a date in the future that decays, a group of a weighted rulebook that cannot earn anything.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from scorewright.program.program import Program
from tests.properties.conditions import Blocks, Declared, about_points
from tests.properties.criteria import criteria, some_of
from tests.properties.declared import NUMBERS, POLICIES, declarations
from tests.written import Written, compiled

whole_rulebooks = settings(
    max_examples=max(1, settings().max_examples // 2),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""How to run a test that draws whole rulebooks: half the examples of the profile, for each is large."""

TEXTS = st.sampled_from(
    [
        "plain",
        "{score}/{out_of}: {top_reasons}.",
        "{band} from {band_from}, {points_to_next_band} to {next_band}; weak: {weak_reasons}",
        "{inputs.alpha} and {inputs.beta}",
        "{groups.fit}|{groups.intent}",
    ]
)


def numbers(*texts: str) -> st.SearchStrategy[object]:
    return st.sampled_from([Fraction(text) for text in texts])


@st.composite
def groups_of(draw: st.DrawFn, *, weighted: bool) -> list[Written]:
    """Write up to three groups."""
    edges = {"cap": numbers("5", "10", "30"), "floor": numbers("-2", "0", "4")}
    blocks = draw(
        st.lists(st.fixed_dictionaries({}, optional=edges), min_size=1 if weighted else 0, max_size=3)
    )
    weights = (Fraction(50), Fraction(100, 3), Fraction(50, 3))
    named = zip(("fit", "intent", "usage"), weights, blocks, strict=False)
    return [{"id": id, **({"weight": weight} if weighted else {}), **block} for id, weight, block in named]


@st.composite
def scores(draw: st.DrawFn, declared: Declared, *, weighted: bool) -> Written:
    """Write the `score:` block."""
    optional = {
        "minimum_coverage": numbers("10", "50", "60", "100"),
        "minimum_known": st.integers(1, 3),
        "cap": numbers("10", "25", "50"),
        "floor": numbers("-5", "0", "9"),
    }
    fixed = {
        "method": st.just("weighted" if weighted else "sum"),
        "out_of": numbers("1", "20", "100", "155", "0.125"),
        "if_missing": st.sampled_from(POLICIES),
    }
    found = draw(st.fixed_dictionaries(fixed, optional=optional))
    countable = [name for name in sorted(declared) if declared[name]["type"] in NUMBERS]
    if countable and draw(st.integers(0, 4)) == 0:
        found["band_on"] = draw(st.sampled_from(countable))
        found["band_unknown"] = {"flags": ["band_unknown"]}
    return found


EDGES = [Fraction(text) for text in ("-20", "0", "4", "5.5", "12", "16", "31", "60", "80")]


@st.composite
def bands_of(draw: st.DrawFn, actions: Sequence[str]) -> list[Written]:
    """Write one to four bands; the lowest may start above what can be scored."""
    edges = draw(st.sets(st.sampled_from(EDGES), min_size=1, max_size=4))
    keys = _with_actions({"flags": st.just(["watch"])}, actions)
    return [
        {"id": f"band{index}", "from": edge, **draw(st.fixed_dictionaries({}, optional=keys))}
        for index, edge in enumerate(sorted(edges, reverse=True))
    ]


def _with_actions(
    keys: dict[str, st.SearchStrategy[object]], actions: Sequence[str]
) -> dict[str, st.SearchStrategy[object]]:
    return keys | ({"actions": some_of(actions)} if actions else {})


def disqualifiers_of(
    asked: Blocks, actions: Sequence[str], bands: Sequence[str]
) -> st.SearchStrategy[list[Written]]:
    """Write up to three disqualifiers."""
    keys = _with_actions({"reason": TEXTS, "band": st.sampled_from(bands)}, actions)
    block = st.fixed_dictionaries({"when": asked}, optional=keys)
    return st.lists(block, max_size=3).map(_numbered("d"))


def triggers_of(asked: Blocks, actions: Sequence[str]) -> st.SearchStrategy[list[Written]]:
    """Write up to two triggers."""
    keys = _with_actions({"reason": TEXTS, "severity": st.sampled_from(["info", "urgent"])}, actions)
    block = st.fixed_dictionaries({"when": asked}, optional=keys)
    return st.lists(block, max_size=2).map(_numbered("t"))


def _numbered(letter: str) -> Callable[[list[Written]], list[Written]]:
    return lambda blocks: [{"id": f"{letter}{index}", **block} for index, block in enumerate(blocks)]


@st.composite
def actions_of(draw: st.DrawFn, asked: Blocks, names: Sequence[str]) -> Mapping[str, Written]:
    """Write the actions; `otherwise` leads only onwards, so that there is no loop."""
    found: dict[str, Written] = {}
    keys = {"priority": st.integers(1, 3), "only_if": asked, "reason": TEXTS}
    for index, name in enumerate(names):
        block = draw(st.fixed_dictionaries({}, optional=keys))
        later = names[index + 1 :]
        if later and "only_if" in block and draw(st.booleans()):
            block["otherwise"] = draw(st.sampled_from(later))
        found[name] = {"do": "Act", "owner": "sales", "due": "2 business days", **block}
    return found


def matrix_of(groups: Sequence[str]) -> st.SearchStrategy[Written]:
    """Write a grid of two groups; some cells are not written."""

    def side(group: str) -> Written:
        levels = [{"id": "much", "from": 10}, {"id": "some", "from": Fraction(5, 2)}, {"id": "no", "from": 0}]
        return {"group": group, "levels": levels}

    cells = {"much": {"much": "A", "some": "B", "no": "C"}, "some": {"much": "D", "no": "E"}}
    return st.builds(
        lambda row, column: {"id": "grid", "rows": side(row), "columns": side(column), "cells": cells},
        st.sampled_from(groups),
        st.sampled_from(groups),
    )


@st.composite
def rulebooks(draw: st.DrawFn, *, finite: bool = False, overrides: bool = True) -> Written:
    """Write a rulebook: of few possible answers only, or without anything but criteria and bands."""
    declared = draw(declarations(finite=finite))
    weighted = draw(st.booleans())
    groups = draw(groups_of(weighted=weighted))
    ids = [str(group["id"]) for group in groups]
    actions = [f"a{index}" for index in range(draw(st.integers(0, 4)))] if overrides else []
    score = draw(scores(declared, weighted=weighted))
    asked = draw(criteria(declared, ids if weighted else [*ids, None], actions))
    if "minimum_known" in score:
        score["minimum_known"] = draw(st.integers(1, len(asked)))
    bands = draw(bands_of(actions))
    found: Written = {
        "rulebook": {"id": "made_up", "name": "Made up", "version": "1.0.0", "owner": "tests"},
        "inputs": declared, "score": score, "groups": groups, "criteria": asked, "bands": bands,
    }  # fmt: skip
    if overrides:
        earned = [str(criterion["id"]) for criterion in asked], ids
        told = about_points(declared, *earned, total=False)
        all_told = about_points(declared, *earned, total=True)
        found["disqualifiers"] = draw(disqualifiers_of(told, actions, [str(band["id"]) for band in bands]))
        found["triggers"] = draw(triggers_of(all_told, actions))
        found["actions"] = draw(actions_of(all_told, actions))
        if draw(st.booleans()) and ids:
            found["matrix"] = draw(matrix_of(ids))
    return found


@st.composite
def programs(draw: st.DrawFn, *, finite: bool = False, overrides: bool = True) -> Program:
    """Compile a rulebook that the law has an answer to."""
    program = compiled(draw(rulebooks(finite=finite, overrides=overrides)))
    assume(worth_scoring(program))
    return program


def worth_scoring(program: Program) -> bool:
    """Tell whether every group that has a weight can earn it."""
    return not program.weighted or all(group.possible > 0 for group in program.groups)
