"""Ask the shipped rulebooks along one client's journey, from lead to renewal, as a CRM would.

    make serve                          # in one terminal
    .venv/bin/python docs/journey.py    # in another; another address may follow

What it prints stands in docs/journey.md.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorewright.client.answers import Answer, Status
from scorewright.client.client import Client
from scorewright.client.errors import ScorewrightError

ADDRESS = "127.0.0.1:50051"
SUBJECT = "alder"


@dataclass(frozen=True)
class Step:
    """One call: when a CRM makes it, of which rulebooks, and what it knows by then."""

    day: date
    when: str
    rulebooks: Sequence[str]
    inputs: Mapping[str, object]


ONBOARDED = dict.fromkeys(
    ("sandbox_credentials", "kickoff_call", "first_sandbox_transaction", "kyb_completed", "code_review"), True
)
ADOPTED = ONBOARDED | dict.fromkeys(
    ("production_go_live", "health_baseline", "feedback_session_1", "business_review", "feedback_session_2"),
    True,
)

STEPS = (
    Step(
        date(2026, 1, 9),
        "a touch is due",
        ["outbound_cadence"],
        {"day": 8, "touches_sent": 2, "replied": False},
    ),
    # Two scorecards that share a subject are asked in one call; each takes the inputs that it knows.
    Step(
        date(2026, 1, 12),
        "a contact is qualified",
        ["lead_points_100", "fit_intent_cloudhr"],
        {
            "budget_confirmed": True,
            "decision_maker": True,
            "timeline_days": 20,
            "source": "outbound",
            "industry_match": True,
            "company_size_points": 25,
            "role_points": 20,
            "engagement_points": 30,
        },
    ),
    Step(
        date(2026, 1, 12),
        "a lead's record is saved",
        ["lead_hygiene"],
        {
            "company": "Alder",
            "stage": "qualified",
            "next_follow_up_date": "2026-01-20",
            "next_follow_up_type": "call",
        },
    ),
    Step(
        date(2026, 1, 13),
        "a team chooses its framework",
        ["framework_selector"],
        {"company_arr": 400_000, "dedicated_sales_reps": 0, "deal_arr": 48_000, "sales_cycle_months": 2},
    ),
    Step(
        date(2026, 1, 20),
        "the first call is over",
        ["bant_20"],
        {"budget": 4, "authority": 3.5, "need": 5, "timeline": 4},
    ),
    Step(
        date(2026, 1, 21),
        "a deal is to leave its stage",
        ["stage_exit"],
        {"stage": "discovery", "pain_confirmed": True, "use_case_understood": True},
    ),
    Step(
        date(2026, 2, 2),
        "a deal stays in its stage",
        ["pipeline_stage_actions"],
        {"stage": "proposal", "proposal_sent": False, "hours_in_stage": 30},
    ),
    Step(
        date(2026, 2, 27),
        "a deal is won",
        ["closed_won_handoff"],
        {
            "fields_complete": True,
            "package_recorded": True,
            "start_expectations_recorded": True,
            "client_record_linked": True,
            "sales_agent_assigned": True,
            "onboarding_tasks_created": True,
            "onboarding_tasks_scheduled": True,
        },
    ),
    Step(
        date(2026, 4, 1),
        "nightly: the schedule",
        ["client_lifecycle"],
        {"day": 33, "days_to_expiry": 332, "production_go_live": True, **ONBOARDED},
    ),
    Step(
        date(2026, 6, 30),
        "nightly: what went wrong",
        ["intervention_triggers"],
        {
            "prior_month_volume": 1000,
            "current_month_volume": 650,
            "days_since_last_api_call": 1,
            "escalated_ticket_severity": "none",
            "days_without_response": 3,
            "nps": 8,
        },
    ),
    Step(
        date(2026, 6, 30),
        "monthly: how a client is",
        ["client_health_100"],
        {
            "api_volume_vs_plan": 3,
            "mom_volume_trend": 2,
            "product_breadth": 2,
            "ticket_volume": 4,
            "severity_trend": 4,
            "team_engagement": 3,
            "nps_satisfaction": 4,
            "feedback_quality": 4,
        },
    ),
    Step(
        date(2026, 12, 1),
        "monthly: who outgrew a plan",
        ["plan_fit"],
        {"employees": 64, "current_plan": "basic"},
    ),
    Step(
        date(2027, 1, 10),
        "nightly: before the renewal",
        ["client_lifecycle"],
        {"day": 317, "days_since_qbr": 40, "days_to_expiry": 48, "nps": 9, **ADOPTED},
    ),
)


def lines(client: Client) -> Iterator[str]:
    """Make every call, and tell what came of it."""
    for step in STEPS:
        yield f"{step.day}  {step.when}"
        for answer in client.score(step.rulebooks, step.inputs, subject=SUBJECT, as_of=step.day):
            yield f"  {answer.rulebook}: {_verdict(answer)}"
            for found in [found for found in answer.lists if found.items]:
                yield f"    {found.label}: {', '.join(item.text for item in found.items)}"
            yield from (f"    -> {action.do} ({action.owner}, {action.due})" for action in answer.actions)


def _verdict(answer: Answer) -> str:
    band = answer.band.label if answer.band else "no band"
    if answer.status is Status.INCOMPLETE:
        return f"{band}, incomplete"
    return band if answer.total is None else f"{band}, {answer.total} of {answer.max_score}"


def main(arguments: Sequence[str]) -> None:
    """Print the journey, as a server answers it."""
    with Client(arguments[0] if arguments else ADDRESS) as client:
        try:
            for line in lines(client):
                print(line)
        except ScorewrightError as error:
            sys.exit(f"error: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
