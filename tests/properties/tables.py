"""Rule tables, plausible and nasty: values of every formula, lists, flags, and bands of both kinds."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from scorewright.program.program import Program
from tests.properties.conditions import Blocks, Declared, about_inputs, conditions, number_tests
from tests.properties.declared import NUMBERS, declarations, words_of
from tests.properties.strategies import EDGES, TEXTS, actions_of
from tests.written import Written, compiled

RECORDS: Written = {
    "type": "list",
    "max_items": Fraction(2),
    "fields": {
        "won": {"type": "integer", "min": Fraction(-1), "max": Fraction(1)},
        "plan": {"type": "integer", "min": Fraction(0), "max": Fraction(1)},
    },
}
LOOSE_RECORDS: Written = {
    **RECORDS,
    "fields": {
        "won": {"type": "integer", "min": Fraction(-1), "max": Fraction(1), "optional": True},
        "plan": {"type": "integer", "min": Fraction(0), "max": Fraction(1), "optional": True},
    },
}
TAGS: Written = {"type": "list", "of": "choice", "options": ["red", "green?"], "max_items": Fraction(2)}

FIXED = [Fraction(text) for text in ("0", "1", "-2", "0.5", "3", "100")]


@st.composite
def values_of(draw: st.DrawFn, declared: Declared) -> dict[str, Written]:
    """Write up to four values, each of inputs and of values before it."""
    found: dict[str, Written] = {}
    for name in ("v1", "v0", "v3", "v2")[: draw(st.integers(0, 4))]:
        found[name] = {**draw(_formulas(declared, list(found))), **draw(_ranges(declared))}
    return found


def _formulas(declared: Declared, earlier: list[str]) -> Blocks:
    numbers = [name for name in sorted(declared) if declared[name]["type"] in NUMBERS]
    operands: st.SearchStrategy[object] = st.sampled_from([*numbers, *earlier, *earlier, *FIXED])
    several = st.lists(operands, min_size=2, max_size=3)
    pair = st.lists(operands, min_size=2, max_size=2)
    ways = [_signed(("add", "subtract", "multiply"), several), _signed(("divide", "percent"), pair)]
    ways += [_lookups(n, words_of(declared[n])) for n in sorted(declared) if declared[n]["type"] == "choice"]
    if "tags" in declared:
        left_out: list[Written] = [{}, {"except": ["red"]}, {"except_ending": "?"}]
        ways.append(st.sampled_from([{"distinct": {"over": ["tags"], **more}} for more in left_out]))
    if "rows" in declared:
        fields = st.lists(st.sampled_from(["won", "plan"]), min_size=1, max_size=2)
        ways.append(fields.map(lambda names: {"sum": {"over": "rows", "of": names}}))
        ways.append(st.just({"trailing": {"over": "rows", "field": "won", "at_least": "plan"}}))
    return st.one_of(ways)


def _signed(signs: Sequence[str], operands: st.SearchStrategy[list[object]]) -> Blocks:
    return st.tuples(st.sampled_from(signs), operands).map(lambda both: {both[0]: both[1]})


def _lookups(name: str, options: list[str]) -> Blocks:
    table = st.dictionaries(st.sampled_from(options), st.sampled_from(FIXED), min_size=1)
    return table.map(lambda numbers: {"lookup": {"input": name, "options": numbers}})


def _ranges(declared: Declared) -> Blocks:
    several: list[Written] = [
        {"min": Fraction(-1)},
        {"max": Fraction(4)},
        {"min": Fraction(0), "max": Fraction(50)},
    ]
    nothing: Blocks = st.just({})
    blamed = st.sampled_from(sorted(declared))
    ranged: Blocks = st.builds(lambda ends, name: {**ends, "blame": name}, st.sampled_from(several), blamed)
    return st.one_of(nothing, nothing, nothing, ranged)


TESTED = [Fraction(text) for text in ("0", "1", "2", "-1", "0.5", "50")]


def about_table(declared: Declared, lefts: Sequence[Written]) -> Blocks:
    """Ask about answers, and about what was worked out from them."""
    plain = about_inputs({name: declared[name] for name in declared if name != "rows"})
    if not lefts:
        return plain
    test = st.one_of(number_tests(st.sampled_from(TESTED)), st.booleans().map(lambda known: {"known": known}))
    worked_out = st.tuples(st.sampled_from(lefts), test).map(lambda both: {**both[0], **both[1]})
    return st.one_of(plain, conditions(worked_out), conditions(st.one_of(worked_out, plain)))


@st.composite
def lists_of(draw: st.DrawFn, asked: Blocks, actions: Sequence[str]) -> list[Written]:
    """Write up to two lists."""
    some = st.lists(st.sampled_from(actions), min_size=1, max_size=2) if actions else st.just([])
    keys = {"actions": some, "shown": st.sampled_from(["This", "That"])}
    item = st.one_of(
        st.fixed_dictionaries({"when": asked}, optional={**keys, "unless": asked}),
        st.fixed_dictionaries({"unless": asked}, optional=keys),
    )
    several = st.lists(st.lists(item, min_size=1, max_size=3), max_size=2)
    return [
        {"id": f"l{number}", "items": [{"id": f"i{index}", **block} for index, block in enumerate(blocks)]}
        for number, blocks in enumerate(draw(several))
    ]


def methods(values: Sequence[str], lists: Sequence[Written], triggers: int) -> list[Written]:
    """Say what the total may be: nothing, a value, how many items or triggers."""
    ways: list[Written] = [{"method": "none"}]
    ways += [{"method": "value", "of": name} for name in values]
    ways += [
        {"method": "count", "of": named["id"], "out_of": Fraction(len(named["items"]))} for named in lists
    ]
    ways += [{"method": "count", "of": "triggers", "out_of": Fraction(triggers)}] if triggers else []
    return ways


@st.composite
def bands_of(draw: st.DrawFn, asked: Blocks, *, edges: bool) -> list[Written]:
    """Write up to three bands, by edge or by condition."""
    flags = st.fixed_dictionaries({}, optional={"flags": st.just(["watch"])})
    if edges and draw(st.booleans()):
        starts = draw(st.sets(st.sampled_from([*EDGES, Fraction(1), Fraction(2)]), min_size=1, max_size=3))
        return [{"id": f"b{n}", "from": start, **draw(flags)} for n, start in enumerate(sorted(starts)[::-1])]
    tests = draw(st.lists(asked, min_size=1, max_size=2))
    last: list[Written] = [{"id": "rest"}] if draw(st.booleans()) else []
    return [*({"id": f"b{n}", "when": test, **draw(flags)} for n, test in enumerate(tests)), *last]


@st.composite
def tables(draw: st.DrawFn, *, finite: bool = False, plain: bool = False) -> Written:
    """Write a rule table: of few possible answers only, or plain, counting what answers alone decide."""
    declared = {**draw(declarations(finite=finite)), **draw(_collections)}
    values = {} if plain else draw(values_of(declared))
    actions = [f"a{index}" for index in range(draw(st.integers(0, 3)))]
    worked_out: list[Written] = [{"value": name} for name in values]
    lists = draw(lists_of(about_table(declared, worked_out), actions))
    held: list[Written] = [] if plain else [{"list": str(named["id"])} for named in lists]
    fired = st.lists(about_table(declared, [*worked_out, *held]), max_size=2)
    triggers = [{"id": f"t{n}", "when": test, "reason": draw(TEXTS)} for n, test in enumerate(draw(fired))]
    ways = methods(list(values), lists, len(triggers))
    counts = [way for way in ways if way["method"] == "count"]
    assume(counts or not plain)
    score = draw(st.sampled_from(counts if plain else ways))
    total: list[Written] = [] if score["method"] == "none" else [{"score": "total"}]
    all_lefts = [
        *({"value": name} for name in values),
        *({"list": str(named["id"])} for named in lists),
        *total,
    ]
    judged = about_table(declared, all_lefts)
    return {
        "rulebook": {"id": "made_up", "name": "Made up", "version": "1.0.0", "owner": "tests"},
        "inputs": declared, "values": values, "score": score, "lists": lists, "triggers": triggers,
        "bands": draw(bands_of(judged, edges=score["method"] != "none")),
        "flags": [{"id": f"f{n}", "when": test} for n, test in enumerate(draw(st.lists(judged, max_size=2)))],
        "actions": draw(actions_of(judged, actions)),
    }  # fmt: skip


_collections = st.sampled_from(
    [
        {},
        {"tags": TAGS},
        {"rows": RECORDS},
        {"rows": LOOSE_RECORDS},
        {"tags": TAGS, "rows": RECORDS},
        {"tags": TAGS, "rows": LOOSE_RECORDS},
    ]
)


def table_programs(*, finite: bool = False, plain: bool = False) -> st.SearchStrategy[Program]:
    """Compile a rule table."""
    return tables(finite=finite, plain=plain).map(compiled)
