"""Chains: what follows from signals and actions never leads back to itself, and ends soon."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from scorewright.checks.analysis.dependency_graph import ANSWER, Lead, Node, leads
from scorewright.checks.check import Check, Finder, Findings
from scorewright.diagnostics import Diagnostic
from scorewright.program.signal import MAX_ROUNDS
from scorewright.rulebook import Document

_SHOWN: Final = 12
"""The most steps of a chain that a message names."""

Web: TypeAlias = Mapping[Node, Mapping[Node, Lead]]
"""The steps from each cause, by what is caused."""


def _web(steps: Iterator[Lead]) -> Web:
    found: dict[Node, dict[Node, Lead]] = {}
    for step in steps:
        found.setdefault(step.effect, {})
        ways = found.setdefault(step.cause, {})
        if ways.get(step.effect) is None or ways[step.effect].path is None:
            ways[step.effect] = step
    return found


def _turned(web: Web) -> Web:
    """Return the steps to each effect, by what causes it."""
    found: dict[Node, dict[Node, Lead]] = {node: {} for node in web}
    for cause, ways in web.items():
        for effect, step in ways.items():
            found[effect][cause] = step
    return found


def _sorted(web: Web) -> tuple[list[Node], set[Node]]:
    """Sort what leads to what; what lies on a circle, or behind one, comes apart."""
    waiting = dict.fromkeys(web, 0)
    for ways in web.values():
        for effect in ways:
            waiting[effect] += 1
    ready = [node for node, count in waiting.items() if count == 0]
    for node in ready:
        for effect in web[node]:
            waiting[effect] -= 1
            if waiting[effect] == 0:
                ready.append(effect)
    return ready, {node for node, count in waiting.items() if count > 0}


def _shortest(web: Web, start: Node, end: Node, among: set[Node]) -> list[Lead]:
    """Return the shortest way from one node to another; none where there is none, or they are one."""
    before: dict[Node, Lead] = {}
    waiting = [start]
    for node in waiting:
        for effect, step in web[node].items():
            if effect in among and effect != start and effect not in before:
                before[effect] = step
                waiting.append(effect)
        if end in before:
            break
    return _back(end, before)


def _back(node: Node, before: Mapping[Node, Lead]) -> list[Lead]:
    """Return the steps that lead to a node, the first one first."""
    found: list[Lead] = []
    while node in before:
        found.append(before[node])
        node = before[node].cause
    return found[::-1]


def chain_loops(document: Document) -> Findings:
    """Find what leads back to itself by way of a `then`."""
    find = Finder(document, "chain-loop")
    web = _web(leads(document.rulebook))
    # What lies on a circle is behind one in both directions.
    circling = _sorted(web)[1] & _sorted(_turned(web))[1]
    told: set[Node] = set()
    said = (step for node in web if node in circling for step in web[node].values())
    for first in (step for step in said if step.path is not None):
        known = first.cause in told and first.effect in told
        back = [] if known else _shortest(web, first.effect, first.cause, circling)
        if back or first.cause == first.effect:
            loop = [first, *back]
            told.update(step.cause for step in loop)
            yield _loop(find, loop)


def _loop(find: Finder, loop: Sequence[Lead]) -> Diagnostic:
    causes = [step.cause for step in loop]
    notes = ["where an answer is out of range, no action is recommended"] if ANSWER in causes else []
    message = f"what follows leads back to itself: `{_text([*causes, causes[0]])}`"
    return find.at(loop[0].path or (), message, "let one of them not follow from the others", notes=notes)


def _text(nodes: Sequence[Node]) -> str:
    names = [name for _, name in nodes]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN // 2], "...", *names[-_SHOWN // 2 :]]
    return " -> ".join(names)


def chains_too_long(document: Document) -> Findings:
    """Find the first fact that follows by more steps than an account is asked for."""
    find = Finder(document, "chain-too-long")
    web = _web(leads(document.rulebook))
    order, circling = _sorted(web)
    if circling:
        return
    rounds = dict.fromkeys(web, 1)
    before: dict[Node, Lead] = {}
    for node in order:
        for effect, step in web[node].items():
            more = rounds[node] + (effect[0] == "fact")
            if more > rounds[effect]:
                rounds[effect], before[effect] = more, step
    longest = max(order, key=lambda node: rounds[node], default=ANSWER)
    if rounds.get(longest, 1) > MAX_ROUNDS:
        chain = _back(longest, before)
        path = next(step.path for step in reversed(chain) if step.path is not None)
        steps = rounds[longest] - 1
        message = f"facts follow from facts in {steps} steps, and only {MAX_ROUNDS - 1} are taken"
        shown = _text([*(step.cause for step in chain), chain[-1].effect])
        yield find.at(path, message, "let a signal follow from the first facts", notes=[f"`{shown}`"])


CHECKS: tuple[Check[Document], ...] = (
    Check("chain-loop", chain_loops),
    Check("chain-too-long", chains_too_long),
)
