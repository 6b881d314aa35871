"""The subjects of the rule tables that ask for lists, or tell an empty text from none."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from benchmarks.samples.chance import notifier, spread
from benchmarks.samples.sample import AS_OF, Inputs, Lines

T = TypeVar("T")

_COMPANIES = (
    "Alder",
    "Brightwater",
    "Corvid",
    "Dune",
    "Écluse",
    "Fjord",
    "Granit",
    "Høst",
    "Ilex",
    "Junction",
)
_TRADES = ("Bakery", "Dental", "Fitness", "Hotels", "Logistics", "Optics", "Restaurants", "Schools", "Solar")
_CITIES = ("Köln", "Leeds", "Lyon", "Malmö", "Porto", "Utrecht")
_PEOPLE = ("Ana Duarte", "Ben Okafor", "Chloé Martin", "Deniz Kaya", "Eva Lind", "Jan de Boer", "Zoë Clark")
_TAGS = ("inbound", "local", "multi-site", "q1", "q2", "referral", "renewal", "trade fair")
_STATUSES = (
    "not_contacted",
    "contacted",
    "in_discussion",
    "proposal_sent",
    "follow_up_needed",
    "no_response",
)
_TOUCHES = ("call", "email", "sms", "meeting", "note")
_OUTCOMES = ("Left a message", "Interested, wants numbers", "Wrong contact", "Asked to call again", "")
_STEPS = ("Send the offer", "Call again on Tuesday", "Find the owner", "Book a demo", "")
_REASONS = ("Price", "No budget this year", "Chose a competitor", "No answer", "")
_PRODUCTS = ("Payouts", "Cards", "Bank transfers", "Wallets", "Instant credit", "Invoices")
_PROVIDERS = ("Norda", "Kestrel", "Blue Pier", "Tamarind", "Oskar & Co", "Quill")
_THOUGHTS = ("TBD", "None", "-", "N/A", "Kestrel?", "Quill ?")


def maybe(chance: Random, answer: T, missing: float) -> T | None:
    """Give the answer, or None with this probability."""
    return None if chance.random() < missing else answer


def some(chance: Random, choices: Sequence[str], most: int) -> list[str]:
    """Draw up to so many of the choices, in their order."""
    share = chance.random() * most / len(choices)
    return [choice for choice in choices if chance.random() < share]


def lead(chance: Random) -> Inputs:
    """Draw the record of a lead: who keeps records carefully fills in most of it."""
    care = 0.12 - 0.05 * notifier(chance)
    stage = chance.choices(
        ["prospect", "qualified", "proposal", "closed_won", "closed_lost"], [5, 4, 3, 2, 2]
    )[0]
    is_open = not stage.startswith("closed")
    name, trade = chance.choice(_COMPANIES), chance.choice(_TRADES)
    site = f"{name.lower()}.example"
    due = date.fromisoformat(AS_OF) + timedelta(days=int(9 + 12 * notifier(chance)))
    was_touched = chance.random() < 0.8
    return {
        "company": maybe(chance, f"{name} {trade}", 0.04),
        "stage": stage,
        "decision_maker_name": maybe(chance, chance.choice(_PEOPLE), care),
        "address": maybe(chance, f"{spread(chance, [1, 200])} Mill Lane, {chance.choice(_CITIES)}", care),
        "phone": maybe(chance, f"555-01{chance.randrange(100):02d}", care),
        "email": maybe(chance, f"hello@{site}", care),
        "website": maybe(chance, "" if chance.random() < 0.04 else site, care),
        "industry": maybe(chance, trade.lower(), care),
        "tags": maybe(chance, some(chance, _TAGS, 5), care),
        "opt_in_email": maybe(chance, chance.random() < 0.8, care),
        "opt_in_sms": maybe(chance, chance.random() < 0.5, care),
        "next_follow_up_date": maybe(chance, due.isoformat(), 0.08) if is_open else None,
        "next_follow_up_type": maybe(chance, chance.choices(_TOUCHES, [6, 4, 1, 3, 1])[0], 0.06)
        if is_open
        else None,
        "contact_status": maybe(chance, chance.choice(_STATUSES), 0.05),
        "last_activity_type": chance.choice(_TOUCHES) if was_touched else None,
        "last_activity_outcome": maybe(chance, chance.choice(_OUTCOMES), care / 2) if was_touched else None,
        "last_activity_next_step": maybe(chance, chance.choice(_STEPS), care / 2) if was_touched else None,
        "close_reason": maybe(chance, chance.choice(_REASONS), 0.1) if stage == "closed_lost" else None,
    }


def product(chance: Random) -> Inputs:
    """Draw a product in one market: one provider mostly, a backup sometimes, and thoughts of more."""
    named = f"{chance.choice(_PRODUCTS)}, {chance.choice(_CITIES)}"
    primary = some(chance, _PROVIDERS, 3)
    if chance.random() < 0.1:
        primary.append(chance.choice(_THOUGHTS))
    backup = some(chance, _PROVIDERS, 2) if chance.random() < 0.5 else []
    if chance.random() < 0.35:
        backup.append(chance.choice(_THOUGHTS))
    return {"product": maybe(chance, named, 0.05), "primary": primary, "backup": backup}


def quarter(chance: Random) -> Inputs:
    """Draw a quarter: some deals, most of them early, against a target that they should cover three times."""
    quality = notifier(chance)
    count = max(0, int(9 + 5 * quality + 3 * notifier(chance)))
    return {
        "deals": [_deal(chance) for _ in range(count)],
        "quarterly_target": spread(chance, [40, 100, 400]) * 500,
    }


def _deal(chance: Random) -> Inputs:
    value = spread(chance, [5, 20, 60, 250]) * 1000
    probability = chance.choices([0, 0.1, 0.25, 0.4, 0.6, 0.8, 0.95, 1], [1, 6, 6, 5, 4, 3, 2, 1])[0]
    return {"value": value + 0.5 if chance.random() < 0.1 else value, "probability": probability}


def ramp(chance: Random) -> Inputs:
    """Draw the weeks of a client: volume grows towards a forecast that grows as well."""
    quality = notifier(chance)
    forecast = spread(chance, [100, 500, 3000, 20000])
    weeks = []
    for week in range(spread(chance, [0, 3, 8, 26])):
        reached = min(105, 55 + 9 * week) + 12 * quality + 9 * notifier(chance)
        weeks.append({"actual": forecast * max(0, int(reached)) // 100, "forecast": forecast})
        forecast = forecast * 102 // 100
    return {"weeks": weeks}


_KEPT = {
    "company": "Alder Bakery",
    "decision_maker_name": "Ana Duarte",
    "address": "7 Mill Lane, Leeds",
    "phone": "555-0100",
    "email": "hello@alder.example",
    "website": "alder.example",
    "industry": "bakery",
    "tags": ["q1"],
    "opt_in_email": True,
    "opt_in_sms": True,
    "contact_status": "contacted",
    "last_activity_type": "call",
    "last_activity_outcome": "Interested, wants numbers",
    "last_activity_next_step": "Send the offer",
}
_DUE = {"stage": "prospect", "next_follow_up_date": AS_OF, "next_follow_up_type": "email"}


def _run(*reached: float) -> Inputs:
    return {"weeks": [{"actual": actual, "forecast": 100} for actual in reached]}


def _pipeline(target: float, *deals: tuple[float, float]) -> Inputs:
    open_deals = [{"value": value, "probability": probability} for value, probability in deals]
    return {"deals": open_deals, "quarterly_target": target}


RECORDS = (
    Lines(
        "lead_hygiene",
        "lead",
        (
            {**_KEPT, **_DUE},
            {"stage": "prospect"},
            {**_KEPT, **_DUE, "next_follow_up_date": "2026-01-30"},
            {**_KEPT, **_DUE, "next_follow_up_date": "2026-02-01", "opt_in_email": False},
            {**_KEPT, **_DUE, "next_follow_up_type": "sms", "opt_in_sms": None},
            {**_KEPT, **_DUE, "company": ""},
            {**_KEPT, **_DUE, "tags": []},
            {**_KEPT, **_DUE, "last_activity_outcome": "", "last_activity_next_step": ""},
            {**_KEPT, "stage": "closed_lost"},
            {**_KEPT, "stage": "closed_lost", "close_reason": "Price"},
            {**_KEPT, "stage": "closed_won", "next_follow_up_date": "2025-12-01"},
            {**_KEPT, "stage": "closed_won", "opt_in_email": False, "opt_in_sms": False},
        ),
        lead,
    ),
    Lines(
        "coverage_matrix",
        "product",
        (
            {"product": "Cards, Lyon", "primary": ["Norda"], "backup": ["Kestrel"]},
            {"product": "Cards, Porto", "primary": ["Norda"], "backup": ["TBD"]},
            {"product": "Cards, Leeds", "primary": ["Norda"], "backup": ["Kestrel?"]},
            {"product": "Cards, Köln", "primary": ["Norda"], "backup": ["Norda", " Norda "]},
            {"product": "Cards, Malmö", "primary": ["Norda", "Quill", "Kestrel"], "backup": ["Tamarind"]},
            {"product": "Wallets, Lyon", "primary": [], "backup": []},
            {"product": "Wallets, Porto", "primary": ["TBD"], "backup": ["None", "-", "N/A", "n/a"]},
            {"product": "Wallets, Leeds", "primary": [], "backup": ["Kestrel"]},
            {"primary": ["Norda"], "backup": ["norda"]},
        ),
        product,
    ),
    Lines(
        "pipeline_coverage",
        "quarter",
        (
            _pipeline(100_000, (300_000, 1)),
            _pipeline(100_000, (599_980, 0.5)),
            _pipeline(100_000, (299_999, 1)),
            _pipeline(30, (100, 1)),
            _pipeline(100_000),
            _pipeline(100_000, (900_000, 0), (0, 1)),
            _pipeline(0.01, (1_000_000_000, 0.95)),
        ),
        quarter,
    ),
    Lines(
        "adoption_exit",
        "client",
        (
            _run(),
            _run(100, 100, 100),
            _run(100, 100),
            _run(120, 120, 99.99, 120, 120),
            _run(110, 110, 110, 50),
            _run(10, 100, 101, 102, 103),
            {"weeks": [{"actual": 0, "forecast": 0}] * 3},
            {"weeks": [{"actual": 100, "forecast": 90}, {"actual": 120, "forecast": 130}]},
        ),
        ramp,
    ),
)
