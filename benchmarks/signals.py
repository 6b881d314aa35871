"""Signals over the facts of one account: what each engine takes for the same six signals and 100 facts.

All engines are first held to give the same signals with the same facts behind them. Half of the accounts are
healthy, so that every signal has to be denied; the other half are not. zen-engine and rule-engine cannot join
one fact with another, so that they stand in `engines` on scorecards only; for Drools see `durable_drools`.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from random import Random

from benchmarks.timing import Contender, race, table
from scorewright.compiler.lower import compile_rulebook
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.workers import Workers
from scorewright.program.fact import DAY, Fact, Moment
from scorewright.program.program import Program
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.scoring.scorer import ENGINES

ROUNDS = 9
ACCOUNTS = 40
NOW: Moment = 20_500 * DAY - 1
LAST = 24
"""The month that ends at the moment."""

TEXT, NUMBER = {"type": "text"}, {"type": "number"}
FACTS: dict[str, object] = {
    "api_call": {"fields": {"calls": NUMBER}},
    "outreach": {"fields": {"thread": TEXT}},
    "reply": {"fields": {"thread": TEXT}},
    "volume": {"key": ["month"], "fields": {"month": NUMBER, "amount": NUMBER}},
    "supply": {"key": ["product", "provider"], "fields": {"product": TEXT, "provider": TEXT}},
    "provider_risk": {"key": ["provider"], "fields": {"provider": TEXT, "risk": NUMBER}},
    "week": {"key": ["week"], "fields": {"week": NUMBER, "actual": NUMBER, "forecast": NUMBER}},
}
SIGNALS: list[dict[str, object]] = [
    {"id": "gone_quiet", "when": {"no": "api_call", "within": "7 days"}},
    {
        "id": "busy",
        "when": {"total": "api_call", "field": "calls", "within": "30 days", "more_than": Fraction(1000)},
    },
    {
        "id": "on_a_run",
        "when": {
            "streak": "week",
            "where": {"actual": {"at_least": Fraction(1), "times": "forecast"}},
            "at_least": Fraction(3),
        },
    },
    {
        "id": "no_reply_14d",
        "all": [
            {"fact": "outreach", "as": "sent", "older_than": "14 days"},
            {"no": "reply", "where": {"thread": {"same_as": "sent.thread"}}, "after": "sent"},
        ],
    },
    {
        "id": "volume_drop",
        "all": [
            {"fact": "volume", "as": "before"},
            {
                "fact": "volume",
                "where": {
                    "month": {"equals": Fraction(1), "above": "before.month"},
                    "amount": {"at_most": Fraction(7, 10), "times": "before.amount"},
                },
            },
        ],
    },
    {
        "id": "sole_provider_critical",
        "all": [
            {"fact": "supply", "as": "main"},
            {
                "fact": "provider_risk",
                "where": {"provider": {"same_as": "main.provider"}, "risk": {"at_least": Fraction(5)}},
            },
            {
                "no": "supply",
                "where": {
                    "product": {"same_as": "main.product"},
                    "provider": {"differs_from": "main.provider"},
                },
            },
        ],
    },
]


def program() -> Program:
    """Compile the six signals."""
    header = {"id": "signals", "name": "Signals", "version": "1.0.0", "owner": "benchmarks"}
    inputs = {"asked": {"type": "boolean"}}
    whole = {
        "rulebook": header,
        "facts": FACTS,
        "signals": SIGNALS,
        "inputs": inputs,
        "score": {"method": "sum", "out_of": Fraction(10), "if_missing": "no_points"},
        "criteria": [{"id": "asked", "when": {"input": "asked", "is": True}, "points": Fraction(1)}],
        "bands": [{"id": "any", "from": Fraction(0)}],
    }
    return compile_rulebook(Rulebook.model_validate(whole))


def account(seed: int, size: int = 100, *, healthy: bool) -> tuple[Fact, ...]:
    """Make the facts of one account, some of each kind; one that is not healthy makes most signals true."""
    chance = Random(seed)
    share = size // 6
    found: list[tuple[str, Moment, dict[str, object]]] = []
    for n in range(share):
        month = LAST - n
        amount = 1000 - n if healthy or n != 5 else 3000
        found += [
            ("api_call", (0 if healthy else 8) * DAY + n * DAY * 2, {"calls": 10}),
            ("outreach", (15 + n) * DAY, {"thread": f"t{n}"}),
            ("volume", n * 30 * DAY, {"month": month, "amount": amount}),
            ("supply", 90 * DAY, {"product": f"p{n // 2}", "provider": f"v{n}"}),
            ("week", n * 7 * DAY, {"week": n, "actual": 9 if healthy else 11, "forecast": 10}),
        ]
        if n % 2:
            found.append(("provider_risk", 80 * DAY, {"provider": f"v{n}", "risk": 5}))
        if healthy or n % 3:
            found.append(("reply", (14 + n) * DAY, {"thread": f"t{n}"}))
    if not healthy:
        found.append(("supply", 90 * DAY, {"product": "alone", "provider": "v1"}))
    chance.shuffle(found)
    return tuple(_fact(f"e{n}", *parts) for n, parts in enumerate(found))


def _fact(id: str, kind: str, age: Moment, values: Mapping[str, object]) -> Fact:
    exact = {
        name: Fraction(value) if isinstance(value, int) else str(value) for name, value in values.items()
    }
    return Fact(kind, NOW - age, exact, id)


def main() -> None:
    workers = Workers(1)
    try:
        card = program()
        engines = {name: ENGINES[name](card) for name in ("reference", "compiled", "durable")}
        engines["durable in a worker"] = DurableEngine(card, workers.open)
        contenders: dict[str, Contender] = {
            name: partial(_measured, engine.measured) for name, engine in engines.items()
        }
        for size in (100, 1_000):
            accounts = [account(n, size, healthy=n % 2 == 0) for n in range(ACCOUNTS if size == 100 else 2)]
            _hold(contenders, accounts)
            subjects = [{"facts": facts} for facts in accounts]
            measured = race(contenders, lambda _, found=subjects: found, ROUNDS)
            print(table(f"six signals over {len(accounts[0])} facts", measured, ("compiled", "durable")))
            print()
    finally:
        workers.close()


def _measured(measure: object, subject: Mapping[str, object]) -> object:
    return measure(subject["facts"], NOW)  # type: ignore[operator]  # an engine's own method


def _hold(contenders: Mapping[str, Contender], accounts: Sequence[tuple[Fact, ...]]) -> None:
    for facts in accounts:
        first, *others = (contender({"facts": facts}) for contender in contenders.values())
        assert all(other == first for other in others), facts


if __name__ == "__main__":
    main()
