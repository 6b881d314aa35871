"""The lead points as a careful programmer would write them by hand, for this one rulebook and for speed.

The same promises as the engine's: nothing is coerced, every invalid input is named with its code, missing
answers are listed. What it does not have: labels, reasons, the next band, the text of the action, a receipt.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

QUALIFIED = 60
SOURCES = frozenset({"inbound", "outbound", "referral"})

Lead = Mapping[str, Any]
Errors = dict[str, str]


class Answer(NamedTuple):
    """Total, band, points by criterion, actions and what is missing."""

    total: int
    band: str
    points: dict[str, int]
    actions: tuple[str, ...]
    missing: tuple[str, ...]


def full(lead: Lead) -> Answer | Errors:
    """Score a lead with its points by criterion and its actions; or name each invalid input."""
    get = lead.get
    budget, decider, days, source, industry, size, agency = (
        get("budget_confirmed"),
        get("decision_maker"),
        get("timeline_days"),
        get("source"),
        get("industry_match"),
        get("team_size"),
        get("previous_agency_experience"),
    )
    if not (
        (budget is None or budget is True or budget is False)
        and (decider is None or decider is True or decider is False)
        and (days is None or _is_number(days, 0, 3650))
        and (source is None or (source.__class__ is str and source in SOURCES))
        and (industry is None or industry is True or industry is False)
        and (size is None or (_is_number(size, 1, 1_000_000) and size % 1 == 0))
        and (agency is None or agency is True or agency is False)
    ):
        return errors(lead)
    points = {
        "budget_confirmed": 20 if budget else 0,
        "decision_maker": 15 if decider else 0,
        "timeline_under_30_days": 15 if days is not None and days < 30 else 0,
        "referral_source": 20 if source == "referral" else 0,
        "industry_match": 10 if industry else 0,
        "team_size_5_plus": 10 if size is not None and size >= 5 else 0,
        "previous_agency_experience": 10 if agency else 0,
    }
    total = sum(points.values())
    missing: tuple[str, ...] = ()
    if None in (budget, decider, days, source, industry, size, agency):
        missing = tuple(name for name in NAMES if get(name) is None)
    if total >= QUALIFIED:
        return Answer(total, "qualified", points, ("schedule_discovery_call",), missing)
    return Answer(total, "not_qualified", points, (), missing)


def short(lead: Lead) -> tuple[int, str] | Errors:
    """Score a lead with total and band only; or name each invalid input."""
    get = lead.get
    budget, decider, days, source, industry, size, agency = (
        get("budget_confirmed"),
        get("decision_maker"),
        get("timeline_days"),
        get("source"),
        get("industry_match"),
        get("team_size"),
        get("previous_agency_experience"),
    )
    if not (
        (budget is None or budget is True or budget is False)
        and (decider is None or decider is True or decider is False)
        and (days is None or _is_number(days, 0, 3650))
        and (source is None or (source.__class__ is str and source in SOURCES))
        and (industry is None or industry is True or industry is False)
        and (size is None or (_is_number(size, 1, 1_000_000) and size % 1 == 0))
        and (agency is None or agency is True or agency is False)
    ):
        return errors(lead)
    total = (
        (20 if budget else 0)
        + (15 if decider else 0)
        + (15 if days is not None and days < 30 else 0)
        + (20 if source == "referral" else 0)
        + (10 if industry else 0)
        + (10 if size is not None and size >= 5 else 0)
        + (10 if agency else 0)
    )
    return total, "qualified" if total >= QUALIFIED else "not_qualified"


def trusting(lead: Lead) -> tuple[int, str]:
    """Score a lead with total and band only, and believe every input."""
    get = lead.get
    total = (
        (20 if get("budget_confirmed") else 0)
        + (15 if get("decision_maker") else 0)
        + (15 if get("timeline_days", 30) < 30 else 0)
        + (20 if get("source") == "referral" else 0)
        + (10 if get("industry_match") else 0)
        + (10 if get("team_size", 0) >= 5 else 0)
        + (10 if get("previous_agency_experience") else 0)
    )
    return total, "qualified" if total >= QUALIFIED else "not_qualified"


NAMES = (
    "budget_confirmed",
    "decision_maker",
    "timeline_days",
    "source",
    "industry_match",
    "team_size",
    "previous_agency_experience",
)


def _is_number(value: Any, lowest: int, highest: int) -> bool:
    if value.__class__ is int:
        return bool(lowest <= value <= highest)
    if value.__class__ is not float or not lowest <= value <= highest:
        return False
    return bool(value.is_integer() or float(f"{value:.15g}") == value)


def errors(lead: Lead) -> Errors:
    """Name every invalid input of a lead with its code."""
    found: Errors = {}
    for name in ("budget_confirmed", "decision_maker", "industry_match", "previous_agency_experience"):
        if not (lead.get(name) is None or isinstance(lead[name], bool)):
            found[name] = "wrong_type"
    source = lead.get("source")
    if source is not None and not isinstance(source, str):
        found["source"] = "wrong_type"
    elif source is not None and source not in SOURCES:
        found["source"] = "unknown_choice"
    for name, lowest, highest in (("timeline_days", 0, 3650), ("team_size", 1, 1_000_000)):
        if code := _number_error(lead.get(name), lowest, highest, whole=name == "team_size"):
            found[name] = code
    return found


def _number_error(value: Any, lowest: int, highest: int, *, whole: bool) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "wrong_type"
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124  # NaN differs from itself
        return "not_finite"
    if not lowest <= value <= highest:
        return "out_of_range"
    if whole and value % 1:
        return "not_a_whole_number"
    return None if _is_number(value, lowest, highest) else "too_precise"
