"""Rulebooks over facts, whole: signals that lead to facts and actions, and answers that are measured.

They come from a seed, for what is drawn part by part hardly ever fits together; fewer signals of one seed are
its first ones.
"""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from tests.properties.histories import KINDS, MOODS, NUMBERS
from tests.properties.signals import LAYERS, MEASURED, lines, measured
from tests.written import HEADER, Written


def _asserted(chance: Random, kind: str) -> Written:
    fields = {"mood": chance.choice(MOODS)} if kind == "risk" else {"n": chance.choice(NUMBERS)}
    return {"fact": kind, "fields": fields}


def _signal(chance: Random, index: int) -> Written:
    """Write a signal: what it leads to is of a later layer than all that it reads."""
    layer = chance.choice([0, 0, 0, 1, 2])
    written = lines(chance, [kind for layer in LAYERS[: layer + 1] for kind in layer])
    one = len(written) == 1 and chance.random() < 0.5
    found: Written = {"id": f"s{index}", **({"when": written[0]} if one else {"all": written})}
    then = _then(chance, [kind for layer in LAYERS[layer + 1 :] for kind in layer])
    return {**found, "then": then} if then else found


def _then(chance: Random, later: Sequence[str]) -> Written:
    found: Written = {}
    if later and chance.random() < 0.5:
        found["facts"] = [_asserted(chance, kind) for kind in chance.choices(later, k=chance.randint(1, 2))]
    if chance.random() < 0.25:
        found["actions"] = ["second"]
    return found


def _account(seed: int, size: int, measures: int) -> Written:
    found = [_signal(Random(f"{seed} {index}"), index) for index in range(size)]
    chance = Random(seed)
    names = chance.sample(sorted(MEASURED), measures)
    inputs = {name: measured(chance, name) for name in names}
    # What reads alarms must not lead to them: only signals of the first layer trigger what asserts one.
    early = [signal["id"] for signal in found if not _reads(signal, "risk", "alarm")]
    action = {"do": "Act", "owner": "sales", "due": "2 days"}
    then = {"actions": ["second"], **({"facts": [_asserted(chance, "alarm")]} if early else {})}
    criteria = [{"id": f"c_{s['id']}", "when": {"signal": s["id"], "is": True}, "points": 1} for s in found]
    fired = [{"id": f"t_{id}", "when": {"signal": id, "is": True}, "actions": ["first"]} for id in early]
    known = [{"id": f"known_{name}", "when": {"input": name, "known": True}} for name in names]
    return {
        "rulebook": HEADER,
        "facts": KINDS,
        "signals": found,
        "inputs": inputs,
        "score": {"method": "sum", "out_of": 10, "if_missing": "no_points"},
        "criteria": criteria,
        "bands": [{"id": "high", "from": 2}, {"id": "low", "from": -10}],
        "triggers": [*fired, *known],
        "actions": {"first": {**action, "then": then}, "second": action},
    }


def _reads(signal: Written, *kinds: str) -> bool:
    written = signal.get("all", [signal.get("when")])
    keys = ("fact", "no", "count", "total", "streak")
    return any(line.get(key) in kinds for line in written for key in keys)


def accounts() -> st.SearchStrategy[Written]:
    """Write a rulebook: each signal earns a point and has a trigger, and an action may assert an alarm."""
    seeds = st.integers(0, 1_000_000)
    return st.builds(_account, seeds, st.sampled_from([5, 4, 3, 2, 1]), st.sampled_from([3, 2, 1]))
