"""Whatever leads to whatever: a rulebook that the checks let through gives one answer, and gives it soon."""

from hypothesis import event, given
from hypothesis import strategies as st

from scorewright.program.fact import DAY, Fact
from scorewright.rulebook.source import Source
from scorewright.scoring.account import Account, evaluate
from scorewright.scoring.load import load_source
from scorewright.scoring.scorer import Scorer

COUNT = 4
NUMBERS = st.integers(0, COUNT - 1)
KINDS = tuple(f"k{n}" for n in range(2 * COUNT))


@st.composite
def condition(draw: st.DrawFn, points: bool = False) -> str:
    """Ask for a signal or an input, or where there are points already for some of these."""
    asked = [
        f"signal: s{draw(NUMBERS)}, is: {draw(st.sampled_from(['true', 'false']))}",
        "input: i0, at_least: 1",
    ]
    asked += ["input: i1, at_least: 1", "input: i2, at_most: 9"]
    asked += (
        ["score: total, at_least: 2", "group: g, at_least: 1", "criterion: c0, at_least: 1"] if points else []
    )
    return f"{{ {draw(st.sampled_from(asked))} }}"


@st.composite
def then(draw: st.DrawFn) -> str:
    """Let facts or actions follow, or nothing."""
    if draw(st.integers(0, 2)):
        return ""
    facts = draw(st.lists(st.sampled_from(KINDS), max_size=1))
    actions = draw(st.lists(NUMBERS, max_size=1))
    parts = [f"facts: [{{ fact: {facts[0]} }}]"] if facts else []
    parts += [f"actions: [a{actions[0]}]"] if actions else []
    return f", then: {{ {', '.join(parts)} }}" if parts else ""


@st.composite
def signal(draw: st.DrawFn, number: int) -> str:
    kind = draw(st.sampled_from(KINDS))
    line = draw(st.sampled_from([f"fact: {kind}", f"no: {kind}"]))
    line = f"fact: {kind}" if number == 0 else line
    return f"  - {{ id: s{number}, when: {{ {line} }}{draw(then())} }}\n"


@st.composite
def measured(draw: st.DrawFn, number: int) -> str:
    kind = draw(st.sampled_from(KINDS))
    how = draw(st.sampled_from([f"count: {kind}", f"days_since: {kind}", "days_of: s0"]))
    ends = draw(st.sampled_from(["", ", max: 1", ", min: 1, max: 99", ", required: true"]))
    low = "" if "min" in ends else ", min: 0"
    return f"  i{number}: {{ type: number{low}{ends}, measured: {{ {how} }} }}\n"


@st.composite
def action(draw: st.DrawFn, number: int) -> str:
    guard = f", only_if: {draw(condition(points=True))}" if draw(st.booleans()) else ""
    other = f", otherwise: a{number + 1}" if guard and number + 1 < COUNT and draw(st.booleans()) else ""
    return f"  a{number}: {{ do: Act, owner: me, due: same day{guard}{other}{draw(then())} }}\n"


@st.composite
def rulebooks(draw: st.DrawFn) -> str:
    every = range(COUNT)
    signals = "".join(draw(signal(n)) for n in every)
    inputs = "".join(draw(measured(n)) for n in every)
    actions = "".join(draw(action(n)) for n in every)
    named = [f"actions: [a{draw(NUMBERS)}]" for _ in range(6)]
    return f"""\
rulebook: {{ id: example, name: Example, version: 1.0.0, owner: me }}
facts: {{ {", ".join(f"{kind}: {{}}" for kind in KINDS)} }}
signals:
{signals}inputs:
{inputs}values:
  v: {{ add: [i0, i1]{draw(st.sampled_from(["", ", max: 2, blame: i0"]))} }}
score: {{ out_of: 2, if_missing: no_points }}
groups: [{{ id: g }}]
criteria:
  - {{ id: c0, group: g, when: {draw(condition())}, points: 1 }}
  - {{ id: c1, group: g, when: {draw(condition())}, points: 1, recommend: [{{ equals: 1, {named[0]} }}] }}
lists:
  - {{ id: l, items: [{{ id: x, when: {{ value: v, at_least: 2 }}, {named[1]} }}] }}
bands:
  - {{ id: high, from: 1, {named[2]} }}
  - {{ id: low, from: 0, {named[3]} }}
disqualifiers: [{{ id: d, when: {draw(condition())}, band: low, {named[4]} }}]
triggers: [{{ id: t, when: {draw(condition(points=True))}, {named[5]} }}]
actions:
{actions}"""


@given(rulebooks(), st.lists(st.lists(st.sampled_from(KINDS), max_size=3), min_size=1, max_size=4))
def test_what_the_checks_let_through_ends(text: str, accounts: list[list[str]]) -> None:
    loaded, report = load_source(Source("example.yaml", text))
    event("loaded" if loaded else next(d.code for d in report.diagnostics if d.severity == "error"))
    if loaded is not None:
        scorer = Scorer(loaded.program)
        for kinds in accounts:
            facts = [Fact(kind, place * DAY, {}) for place, kind in enumerate(kinds)]
            # It raises where facts go on following.
            evaluation = evaluate(scorer, Account(facts, 5 * DAY, {}))
            event(f"{len(evaluation.asserted)} facts followed")
