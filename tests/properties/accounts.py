"""Rulebooks over facts, whole: signals that lead to facts and actions, and answers that are measured."""

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.properties.histories import KINDS, MOODS, NUMBERS
from tests.properties.signals import LAYERS, MEASURED, lines, measured
from tests.written import HEADER, Written

ASSERTED: dict[str, st.SearchStrategy[Written]] = {
    "risk": st.builds(lambda mood: {"fact": "risk", "fields": {"mood": mood}}, st.sampled_from(MOODS)),
    "alarm": st.builds(lambda n: {"fact": "alarm", "fields": {"n": n}}, st.sampled_from(NUMBERS)),
}


@st.composite
def signals(draw: st.DrawFn, index: int) -> Written:
    """Write a signal: what it leads to is of a later layer than all that it reads."""
    layer = draw(st.integers(0, len(LAYERS) - 1))
    kinds = tuple(kind for layer in LAYERS[: layer + 1] for kind in layer)
    written = draw(lines(kinds))
    one = len(written) == 1 and draw(st.booleans())
    found: Written = {"id": f"s{index}", **({"when": written[0]} if one else {"all": written})}
    then = draw(_then([kind for layer in LAYERS[layer + 1 :] for kind in layer]))
    return {**found, "then": then} if then else found


@st.composite
def _then(draw: st.DrawFn, later: Sequence[str]) -> Written:
    found: Written = {}
    if draw(st.booleans()) and later:
        kinds: list[str] = draw(st.lists(st.sampled_from(later), max_size=2))
        found["facts"] = [draw(ASSERTED[kind]) for kind in kinds]
    if draw(st.integers(0, 3)) == 0:
        found["actions"] = ["second"]
    return {key: value for key, value in found.items() if value}


@st.composite
def accounts(draw: st.DrawFn) -> Written:
    """Write a rulebook: each signal earns points and has a trigger, and an action may assert an alarm."""
    found = [draw(signals(index)) for index in range(draw(st.integers(1, 5)))]
    names = draw(st.lists(st.sampled_from(sorted(MEASURED)), min_size=1, max_size=4, unique=True))
    # What reads alarms must not lead to them: only signals of the first layer trigger what asserts one.
    early = [signal["id"] for signal in found if not _reads(signal, "risk", "alarm")]
    action = {"do": "Act", "owner": "sales", "due": "2 days"}
    alarm = {"facts": [draw(ASSERTED["alarm"])], "actions": ["second"]} if early else {"actions": ["second"]}
    return {
        "rulebook": HEADER,
        "facts": KINDS,
        "signals": found,
        "inputs": {name: draw(measured(name)) for name in names},
        "score": {"method": "sum", "out_of": 10, "if_missing": "no_points"},
        "criteria": [
            {"id": f"c_{signal['id']}", "when": {"signal": signal["id"], "is": True}, "points": 1}
            for signal in found
        ],
        "bands": [{"id": "high", "from": 2}, {"id": "low", "from": -10}],
        "triggers": [
            {"id": f"t_{id}", "when": {"signal": id, "is": True}, "actions": ["first"]} for id in early
        ]
        + [{"id": f"known_{name}", "when": {"input": name, "known": True}} for name in names],
        "actions": {"first": {**action, "then": alarm}, "second": action},
    }


def _reads(signal: Written, *kinds: str) -> bool:
    written = signal.get("all", [signal.get("when")])
    keys = ("fact", "no", "count", "total", "streak")
    return any(line.get(key) in kinds for line in written for key in keys)
