"""How actions stand in a server's ledger: open since when, due how often, or resolved."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from scorewright.cli.explanation.facts_page import clock_text
from scorewright.cli.explanation.layout import Page
from scorewright.program.fact import time_text
from scorewright.results import Score
from scorewright.results.outcome_json import Json

if TYPE_CHECKING:
    from scorewright.storage import ActionState


def standing_text(action: str, standing: "Sequence[ActionState]") -> str:
    """Return how an action that is due stands."""
    found = next((one for one in standing if one.action == action and one.resolved is None), None)
    return "not open in the ledger" if found is None else _open(found)


def passed(score: Score, standing: "Sequence[ActionState]", page: Page) -> Iterator[str]:
    """Write the actions that the ledger has and the answer does not: open all the same, or resolved."""
    due = {action.id for action in score.outcome.actions}
    labels = {action.id: action.do for action in score.program.actions}
    left = [one for one in standing if one.resolved is None and one.action not in due]
    if left:
        yield from page.heading("Open, though not due")
        for one in left:
            yield from page.wrapped(f"{labels.get(one.action, one.action)}: {_open(one)}", 2, mark="- ")
    resolved = [one for one in standing if one.resolved is not None]
    if resolved:
        yield from page.heading("Resolved")
        for one in resolved:
            yield from page.wrapped(f"{labels.get(one.action, one.action)}: {_resolved(one)}", 2, mark="- ")


def _open(found: "ActionState") -> str:
    return f"open since {clock_text(found.opened)}{_again(found)}"


def _resolved(found: "ActionState") -> str:
    assert found.resolved is not None  # INVARIANT: only those that are resolved come here
    return f"{clock_text(found.resolved)}, was {_open(found)}"


def _again(found: "ActionState") -> str:
    if not found.repeats:
        return ""
    times = "once more" if found.repeats == 1 else f"{found.repeats} times more"
    return f", due {times}, last at {clock_text(found.last)}"


def standing_answer(found: "ActionState") -> Json:
    """Return how an action stands, with the names and words of the service."""
    told: Json = {
        "action": found.action,
        "state": found.how.upper(),
        "opened_at": time_text(found.opened),
        "idempotency_key": found.key,
        "repeats": found.repeats,
    }
    if found.repeats:
        told["repeated_at"] = time_text(found.last)
    if found.resolved is not None:
        told["resolved_at"] = time_text(found.resolved)
    return told
