"""The law's order of operations, read a second time: from points to total, band and actions.

It knows rulebooks of few possible answers, and tries them one by one to learn what a criterion can earn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from scorewright.program.condition import Value
from tests.properties.oracle import ZERO, Block, Facts, Known, Points, earned, true
from tests.properties.zero_oracle import flags, lost


@dataclass
class Verdict:
    """The answer as far as the law fixes it."""

    total: Fraction | None
    band: str | None
    computed: str | None
    points: Points
    missing: list[str]
    fired: list[str]
    actions: list[tuple[str, list[str]]]
    withheld: set[str]
    over_zero: set[str]


def verdict(
    written: Block, answers: Known, as_of: date, highest: Mapping[str, Fraction], certain: str | None
) -> Verdict:
    """Answer a subject.

    `highest` is the most that each criterion can earn, `certain` the band where there is no total.
    """
    declared = written["inputs"]
    assumed = {
        name: block["if_missing"]["assume"]
        for name, block in declared.items()
        if name not in answers and isinstance(block.get("if_missing"), dict)
    }
    known = {**{name: as_value(declared[name], value) for name, value in assumed.items()}, **answers}
    facts = Facts(known, as_of)
    own = {c["id"]: earned(c, facts, declared) for c in written["criteria"]}
    policies = {c["id"]: policy(c, written, facts) for c in written["criteria"] if own[c["id"]] is None}
    counted = {id: ZERO if policies.get(id) == "no_points" else points for id, points in own.items()}
    groups = by_group(written, counted, highest)
    facts.points = {id: points for id, points in own.items() if points is not None}
    facts.groups = {id: g.clamped for id, g in groups.items() if not policies.keys() & set(g.members)}
    facts.total = total_of(written, groups) if enough(written, own, policies, groups, highest) else None
    missing = sorted(declared.keys() - known.keys())
    found = judged(written, facts, counted, missing, certain)
    found.over_zero = set(over_zero(written, facts, policies, found.withheld))
    return found


def over_zero(written: Block, facts: Facts, policies: Mapping[str, str], withheld: set[str]) -> Iterator[str]:
    """List the flags of what divides by 0; what was asked of actions are the guards of those withheld."""
    zeros: dict[tuple[str, str], set[str]] = {}

    def of(condition: Block) -> set[str]:
        return lost(condition, lambda part: true(part, facts), zeros, facts.answers)

    own = {c["id"]: of(c["when"]) for c in written["criteria"] if "when" in c}
    zeros |= {("criterion", id): divisors for id, divisors in own.items()}
    for group in {c.get("group", "") for c in written["criteria"]}:
        inside = [own.get(c["id"], set()) for c in written["criteria"] if c.get("group", "") == group]
        zeros["group", group] = set[str]().union(*inside)
    blocking = [divisors for id, divisors in own.items() if policies.get(id) != "no_points"]
    zeros["score", "total"] = set[str]().union(*blocking)
    for id, divisors in own.items():
        yield from flags("criterion", id, divisors)
    for kind, name in (("disqualifier", "disqualifiers"), ("trigger", "triggers")):
        for block in written.get(name, []):
            yield from flags(kind, block["id"], of(block["when"]))
    for action in withheld:
        yield from flags("guard", action, of(written["actions"][action]["only_if"]))


def as_value(block: Block, value: Value) -> Value:
    """Give an assumed value as an answer."""
    return date.fromisoformat(str(value)) if block["type"] == "date" else value


def policy(criterion: Block, written: Block, facts: Facts) -> str:
    """Give the policy of a criterion without points: its own, or the strictest of what is missing, or 0."""
    known = facts.answers
    if "if_missing" in criterion:
        return str(criterion["if_missing"])
    general = written["score"]["if_missing"]
    absent = [name for name in asked_by(criterion) if name not in known]
    absent += (
        lost(criterion["when"], lambda part: true(part, facts), {}, known) if "when" in criterion else []
    )
    found = [written["inputs"].get(name, {}).get("if_missing", general) for name in absent] or [general]
    return str(max(found, key=["no_points", "leave_out", "incomplete"].index))


def asked_by(part: object) -> set[str]:
    """Name every input that a block of a criterion reads."""
    if isinstance(part, list):
        return set().union(*map(asked_by, part))
    if not isinstance(part, dict):
        return set()
    own = {part[word] for word in ("input", "signal") if word in part}
    own |= {*part.get("ratio", ()), *part.get("change", ())}
    return own.union(*(asked_by(part[key]) for key in ("when", "all", "any", "not") if key in part))


@dataclass
class Group:
    """A group's members, points after redistribution, cap and floor, and what it can earn and is worth."""

    members: list[str]
    clamped: Fraction
    possible: Fraction
    share: Fraction
    known: bool


def by_group(written: Block, points: Points, highest: Mapping[str, Fraction]) -> dict[str, Group]:
    """Add up the criteria of every group: what is left out gives its share to the known ones."""
    members: dict[str, list[str]] = {}
    for criterion in written["criteria"]:
        members.setdefault(criterion.get("group", ""), []).append(criterion["id"])
    blocks = {block["id"]: block for block in written["groups"]}
    return {id: add_up(blocks.get(id, {}), inside, points, highest) for id, inside in members.items()}


def add_up(block: Block, members: Sequence[str], points: Points, highest: Mapping[str, Fraction]) -> Group:
    """Add up one group: redistribution, then cap, then floor."""
    present = {id: value for id in members if (value := points[id]) is not None}
    whole, part = (sum((max(highest[id], ZERO) for id in ids), ZERO) for ids in (members, present))
    earned_points = sum(present.values(), ZERO)
    if len(present) < len(members) and part:
        earned_points = earned_points * whole / part
    if "cap" in block:
        earned_points = min(earned_points, block["cap"])
    if "floor" in block and present:
        earned_points = max(earned_points, block["floor"])
    possible = min(whole, block["cap"]) if "cap" in block else whole
    share = block.get("weight", possible)
    return Group(list(members), earned_points, possible, share, bool(part) or len(present) == len(members))


def total_of(written: Block, groups: Mapping[str, Group]) -> Fraction | None:
    """Weigh the groups: the share of the unknown ones goes to the others; cap, floor, and one rounding."""
    shares = sum((g.share for g in groups.values()), ZERO)
    known = sum((g.share for g in groups.values() if g.known), ZERO)
    if shares and not known:
        return None
    weighted = written["score"]["method"] == "weighted"
    parts = (g.clamped * (g.share / g.possible if weighted else 1) for g in groups.values())
    total = sum(parts, ZERO) * (shares / known if shares else 1)
    if "cap" in written["score"]:
        total = min(total, written["score"]["cap"])
    if "floor" in written["score"]:
        total = max(total, written["score"]["floor"])
    return Fraction(floor(total * 10_000 + Fraction(1, 2)), 10_000)


def enough(
    written: Block,
    own: Points,
    policies: Mapping[str, str],
    groups: Mapping[str, Group],
    highest: Mapping[str, Fraction],
) -> bool:
    """Tell whether enough is known for a total."""
    if "incomplete" in policies.values():
        return False
    worth = known = ZERO
    for group in groups.values():
        whole = sum((max(highest[id], ZERO) for id in group.members), ZERO)
        part = sum((max(highest[id], ZERO) for id in group.members if own[id] is not None), ZERO)
        worth += group.share
        known += group.share * part / whole if whole else 0
    covered = bool(not worth or 100 * known / worth >= written["score"].get("minimum_coverage", 0))
    return covered and bool(len(own) - len(policies) >= written["score"].get("minimum_known", 0))


def judged(written: Block, facts: Facts, counted: Points, missing: list[str], certain: str | None) -> Verdict:
    """Read the band, let disqualifiers set it, and collect the actions."""
    on = written["score"].get("band_on")
    number = facts.answers.get(on) if on else facts.total
    reached = [b for b in written["bands"] if isinstance(number, Fraction) and b["from"] <= number]
    computed = max(reached, key=lambda b: b["from"])["id"] if reached else None
    computed = certain if facts.total is None and not on else computed
    hits = [d for d in written.get("disqualifiers", []) if true(d["when"], facts)]
    band = next((d["band"] for d in hits if "band" in d), computed)
    fired = [t for t in written.get("triggers", []) if true(t["when"], facts)]
    causes = [(f"band:{b['id']}", b) for b in written["bands"] if b["id"] == band]
    for criterion in written["criteria"]:
        points = facts.points.get(criterion["id"])
        applying = [r for r in criterion.get("recommend", []) if points is not None and advises(r, points)]
        causes += [(f"criterion:{criterion['id']}", r) for r in applying]
    causes += [(f"trigger:{t['id']}", t) for t in fired] + [(f"disqualifier:{d['id']}", d) for d in hits]
    actions, withheld = recommended(written, causes, facts)
    ids = [block["id"] for block in (*hits, *fired)]
    return Verdict(facts.total, band, computed, counted, missing, ids, actions, withheld, set())


def advises(recommendation: Block, points: Fraction) -> bool:
    """Tell whether advice applies to a criterion's points."""
    test = {key: value for key, value in recommendation.items() if key != "actions"}
    return bool(true({"criterion": "c", **test}, Facts({}, date.min, {"c": points})))


def recommended(
    written: Block, causes: Sequence[tuple[str, Block]], facts: Facts
) -> tuple[list[tuple[str, list[str]]], set[str]]:
    """Pass every recommended action by its guard, or go on to what stands in for it."""
    asked: dict[str, list[str]] = {}
    for cause, block in causes:
        for id in block.get("actions", []):
            asked.setdefault(id, []).append(cause)
    found: dict[str, list[str]] = {}
    withheld: set[str] = set()
    for first, why in asked.items():
        action: str | None = first
        while action is not None and refuses(written["actions"][action], facts):
            withheld.add(action)
            action = written["actions"][action].get("otherwise")
        if action is not None:
            found.setdefault(action, []).extend(why)
    ordered = sorted(found.items(), key=lambda entry: written["actions"][entry[0]].get("priority", 5))
    return [(id, list(dict.fromkeys(why))) for id, why in ordered], withheld


def refuses(action: Block, facts: Facts) -> bool:
    """Tell whether an action has a guard that is not true."""
    return "only_if" in action and not true(action["only_if"], facts)
