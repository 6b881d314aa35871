"""The same scorecards in other engines: total and band of a subject.

They work out points and compare; none of them checks types, ranges or digits, lists what is missing, or says
why. Two of them add in binary floats, where ratings such as 1.0 + 2.8 + 4.6 + 3.6 fall short of 12, so every
rulebook of ratings is written for them in whole units: tenths of a rating times its whole weight.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import cel
import rule_engine
import zen

Subject = Mapping[str, object]
Answer = tuple[Fraction, str]


@dataclass(frozen=True, slots=True)
class Test:
    """Points where one input compares so; the right side is a literal that all the engines read alike."""

    input: str
    op: str
    value: str
    points: int


@dataclass(frozen=True, slots=True)
class Rating:
    """Whole units for each tenth of a rating."""

    input: str
    weight: int


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard in whole units, `units` of them one point; bands from the highest edge, in points."""

    units: int
    terms: tuple[Test | Rating, ...]
    bands: tuple[tuple[str, int], ...]


LEAD_POINTS = Card(
    1,
    (
        Test("budget_confirmed", "==", "true", 20),
        Test("decision_maker", "==", "true", 15),
        Test("timeline_days", "<", "30", 15),
        Test("source", "==", "'referral'", 20),
        Test("industry_match", "==", "true", 10),
        Test("team_size", ">=", "5", 10),
        Test("previous_agency_experience", "==", "true", 10),
    ),
    (("qualified", 60), ("not_qualified", 0)),
)

BANT = Card(
    10,
    tuple(Rating(name, 1) for name in ("budget", "authority", "need", "timeline")),
    (("high_priority", 16), ("medium_priority", 12), ("low_priority", 8), ("disqualify", 4)),
)

# A tenth of a rating counts 40/150, 25/150 and 20/100 points: 80, 50 and 60 three-hundredths.
CLIENT_HEALTH = Card(
    300,
    (
        *(Rating(name, 80) for name in ("api_volume_vs_plan", "mom_volume_trend", "product_breadth")),
        *(Rating(name, 50) for name in ("ticket_volume", "severity_trend", "team_engagement")),
        *(Rating(name, 60) for name in ("nps_satisfaction", "feedback_quality")),
        Test("asked_new_products", "==", "true", 1500),
        Test("growing_to_next_tier", "==", "true", 1500),
        Test("referred_prospect", "==", "true", 1500),
    ),
    (("healthy", 80), ("monitor", 60), ("at_risk", 40), ("critical", 0)),
)

CARDS = {"lead_points_100": LEAD_POINTS, "bant_20": BANT, "client_health_100": CLIENT_HEALTH}


@dataclass(frozen=True, slots=True)
class Rival:
    """One engine prepared for one scorecard: `run` answers in its way, `read` finds total and band."""

    run: Callable[[Subject], Any]
    read: Callable[[Any], Answer]


def rivals(card: Card) -> dict[str, Rival]:
    """Prepare every engine; the table of tests only where there are tests alone."""
    found = {
        "zen expression": _zen_expression(card),
        "zen expression node": _zen_graph(card, [_node("score", _sum(card, _zen_term), _bands(card))]),
    }
    if all(isinstance(term, Test) for term in card.terms):
        total = _node("score", "sum(map(hits, #.points))", _bands(card))
        found["zen decision table"] = _zen_graph(card, [_table(card), total])
    else:
        total = _node("score", _sum(card, _zen_term), None)
        found["zen decision table"] = _zen_graph(card, [total, _band_table(card)])
    return found | {"rule-engine": _rule_engine(card), "CEL": _cel(card)}


def _sum(card: Card, term: Callable[[Test | Rating], str]) -> str:
    return " + ".join(f"({term(part)})" for part in card.terms)


def _bands(card: Card, total: str = "$.total") -> str:
    *upper, (last, _) = card.bands
    steps = "".join(f"{total} >= {edge * card.units} ? '{band}' : (" for band, edge in upper)
    return f"{steps}'{last}'{')' * len(upper)}"


def _ordered(test: Test) -> bool:
    return test.op not in ("==", "!=")


def _zen_term(term: Test | Rating) -> str:
    if isinstance(term, Rating):
        return f"{term.input} * {10 * term.weight}"
    known = f"{term.input} != null and " if _ordered(term) else ""
    return f"{known}{term.input} {term.op} {term.value} ? {term.points} : 0"


def _zen_expression(card: Card) -> Rival:
    program = f"total = {_sum(card, _zen_term)}; {{total: total, band: {_bands(card, 'total')}}}"
    return Rival(zen.compile_expression(program).evaluate, _reader(card))


def _reader(card: Card) -> Callable[[Mapping[str, Any]], Answer]:
    return lambda answer: (Fraction(answer["total"]) / card.units, answer["band"])


def _node(id: str, total: str, band: str | None) -> dict[str, object]:
    expressions = [{"id": "total", "key": "total", "value": total}]
    if band is not None:
        expressions.append({"id": "band", "key": "band", "value": band})
    content = {"expressions": expressions}
    return {"id": id, "name": id, "type": "expressionNode", "content": content}


def _table(card: Card) -> dict[str, object]:
    tests = [term for term in card.terms if isinstance(term, Test)]
    rules = [
        {
            "_id": f"rule{row}",
            "points": str(test.points),
            test.input: test.value if test.op == "==" else f"{test.op} {test.value}",
        }
        for row, test in enumerate(tests)
    ]
    return {
        "id": "table",
        "name": "table",
        "type": "decisionTableNode",
        "content": {
            "hitPolicy": "collect",
            "outputPath": "hits",
            "inputs": [{"id": test.input, "name": test.input, "field": test.input} for test in tests],
            "outputs": [{"id": "points", "name": "points", "field": "points"}],
            "rules": rules,
        },
    }


def _band_table(card: Card) -> dict[str, object]:
    rules = [
        {"_id": band, "total": f">= {edge * card.units}", "band": f"'{band}'"} for band, edge in card.bands
    ]
    return {
        "id": "bands",
        "name": "bands",
        "type": "decisionTableNode",
        "content": {
            "hitPolicy": "first",
            "passThrough": True,
            "inputs": [{"id": "total", "name": "total", "field": "total"}],
            "outputs": [{"id": "band", "name": "band", "field": "band"}],
            "rules": rules,
        },
    }


def _zen_graph(card: Card, nodes: Sequence[dict[str, object]]) -> Rival:
    first = {"id": "in", "name": "in", "type": "inputNode"}
    last = {"id": "out", "name": "out", "type": "outputNode"}
    path = [first, *nodes, last]
    edges = [
        {"id": f"edge{place}", "sourceId": one["id"], "targetId": other["id"], "type": "edge"}
        for place, (one, other) in enumerate(pairwise(path))
    ]
    # A static loader compiles a graph once and for all; what `create_decision` gives takes 15 times as long.
    loader = {"type": "static", "content": {"card": {"nodes": path, "edges": edges}}}
    evaluate = zen.ZenEngine({"loader": loader}).evaluate
    read = _reader(card)
    return Rival(lambda subject: evaluate("card", subject), lambda answer: read(answer["result"]))


def _rule_engine(card: Card) -> Rival:
    context = rule_engine.Context(default_value=None)
    total = rule_engine.Rule(_sum(card, _zen_term), context=context).evaluate
    band = rule_engine.Rule(_bands(card, "total"), context=context).evaluate

    def run(subject: Subject) -> tuple[Any, str]:
        units = total(subject)
        return units, band({"total": units})

    return Rival(run, lambda answer: (Fraction(answer[0]) / card.units, answer[1]))


def _cel_term(term: Test | Rating) -> str:
    if isinstance(term, Rating):
        return f"double(s.{term.input}) * 10.0 * {term.weight}.0"
    known = f"has(s.{term.input}) && "
    points = f"{term.points}.0"
    return f"{known}s.{term.input} {term.op} {term.value} ? {points} : 0.0"


def _cel(card: Card) -> Rival:
    total = cel.compile(_sum(card, _cel_term)).execute
    band = cel.compile(_bands(card, "total")).execute

    def run(subject: Subject) -> tuple[float, str]:
        units = total({"s": subject})
        return units, band({"total": units})

    return Rival(run, lambda answer: (Fraction(answer[0]) / card.units, answer[1]))
