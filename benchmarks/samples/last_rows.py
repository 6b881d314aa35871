"""The subjects of the checklists and schedules: a choice, a tick or a day for each question."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.samples.chance import decimal, known, notifier, spread, yes
from benchmarks.samples.sample import AS_OF, Inputs, Lines, Row, Table

_MEDDPICC = 8
_STAGES = ("lead", "qualified", "proposal", "negotiation", "closed_won")
# The day on which each step of a client's first year is due.
_STEPS = (1, 3, 7, 14, 14, 30, 30, 45, 60, 90)
_ASSETS = (
    "one_pager",
    "pitch_deck",
    "demo_script",
    "rate_card",
    "case_study",
    "integration_guide",
    "battlecards",
)


def _elements(chance: Random, count: int) -> Row:
    """Draw a deal: whoever qualifies well has evidence for most elements."""
    care = 0.5 + 0.3 * notifier(chance)
    row = []
    for _ in range(count):
        evidenced, at_all = chance.random() < care, chance.random() < care + 0.35
        row.append(known(chance, "evidenced" if evidenced else "known" if at_all else "gap", 0.06))
    return row


def meddic(chance: Random) -> Row:
    """Draw a deal by its six elements."""
    return _elements(chance, 6)


def meddpicc(chance: Random) -> Row:
    """Draw a deal by its eight elements."""
    return _elements(chance, _MEDDPICC)


def stage_actions(chance: Random) -> Row:
    """Draw a deal in its stage: most proposals leave on the first day."""
    stage = chance.choice(_STAGES)
    points = min(max(int(13 + 4 * notifier(chance)), 0), 20) * 5
    hours = spread(chance, [0, 12, 30, 200, 900])
    return [
        stage,
        known(chance, str(points), 0.1),
        known(chance, yes(chance, 0.1 if stage in _STAGES[:2] else 0.6), 0.1),
        known(chance, decimal(hours * 10 + chance.randrange(10), 1), 0.08),
    ]


def handoff(chance: Random) -> Row:
    """Draw a won deal: a careful agent leaves little undone."""
    care = 0.93 + 0.06 * notifier(chance)
    return [known(chance, yes(chance, care), 0.02) for _ in range(8)]


def lifecycle(chance: Random) -> Row:
    """Draw a client on some day: what was due is mostly done, what comes is not."""
    quality = notifier(chance)
    day = spread(chance, [0, 7, 31, 91, 366, 900])
    row = [str(day)]
    for due in _STEPS:
        late = day - due
        done = 0.97 + 0.02 * quality if late > 5 else 0.8 if late > -3 else 0.1
        row.append(known(chance, yes(chance, done), 0.02 if late > 0 else 0.4))
    qbr = spread(chance, [0, 45, 91, 110]) if day > 60 else None
    expiry = spread(chance, [0, 60, 200, 365])
    return [
        *row,
        "" if qbr is None else known(chance, str(qbr), 0.05),
        known(chance, str(expiry), 0.08),
        known(chance, yes(chance, 0.5 if expiry < 80 else 0.1), 0.1),
        known(chance, decimal(min(max(int(78 + 12 * quality), 0), 100), 1), 0.3),
    ]


def cadence(chance: Random) -> Row:
    """Draw a prospect: most touches go out when they are due, few are answered."""
    day = spread(chance, [1, 4, 8, 15, 40])
    planned = sum(day >= due for due in (1, 4, 8, 15))
    return [
        str(day),
        str(max(0, planned - chance.choices([0, 1, 2], [5, 3, 1])[0])),
        known(chance, yes(chance, 0.12), 0.08),
        known(chance, str(max(0, int(4 + 2 * notifier(chance)))), 0.1),
    ]


def plan(chance: Random) -> Row:
    """Draw an account: most plans fit the size at which they were bought."""
    then = spread(chance, [1, 51, 201, 900])
    now = max(1, then * int(100 + 25 * notifier(chance)) // 100)
    fits = "basic" if then <= 50 else "professional" if then <= 200 else "enterprise"
    return [str(now), fits]


def founders(chance: Random) -> Row:
    """Draw a week: with revenue, others take over."""
    revenue = spread(chance, [0, 200, 499, 501, 3000]) * 1000
    busy = notifier(chance)
    return [
        known(chance, str(revenue), 0.05),
        known(chance, decimal(min(max(int(350 + 90 * busy), 0), 1000), 1), 0.05),
        known(chance, decimal(min(max(int(170 + 60 * busy), 0), 1000), 1), 0.05),
        known(chance, str(max(0, int(3 + 1.5 * busy))), 0.05),
    ]


def kit(chance: Random) -> Inputs:
    """Draw a sales kit: who reviews it monthly has little that is stale."""
    care = 0.88 + 0.1 * notifier(chance)
    inputs: dict[str, object] = {}
    for asset in _ASSETS:
        ready = chance.random() < care
        age = spread(chance, [0, 20, 31]) if chance.random() < care else spread(chance, [32, 60, 400])
        inputs[f"{asset}_status"] = None if chance.random() < 0.02 else _status(chance, asset, ready)
        inputs[f"{asset}_updated"] = None if chance.random() < 0.03 else _before(age)
    return inputs


def _status(chance: Random, asset: str, ready: bool) -> str:
    if asset == "case_study":
        return "published" if ready else chance.choice(["not_started", "in_progress"])
    return "ready" if ready else chance.choice(["draft", "needs_update"])


def _before(days: int) -> str:
    return (date.fromisoformat(AS_OF) - timedelta(days=days)).isoformat()


def _kit(days: int, other: str = "", status: str | None = None, age: int | None = None) -> Inputs:
    """Give a kit that is ready and so many days old, but for one asset."""
    kit: dict[str, object] = {}
    for asset in _ASSETS:
        kit[f"{asset}_status"] = "published" if asset == "case_study" else "ready"
        kit[f"{asset}_updated"] = _before(days)
    if other:
        kit |= {f"{other}_status": status, f"{other}_updated": None if age is None else _before(age)}
    return kit


def _ticks(marks: str) -> str:
    """Write a row of ticks: `+` is true, `-` is false, `?` is not known."""
    return ",".join({"+": "true", "-": "false", "?": ""}[mark] for mark in marks)


def _answers(marks: Sequence[str]) -> str:
    names = {"e": "evidenced", "k": "known", "g": "gap", "?": ""}
    return "  ".join(",".join(names[mark] for mark in row) for row in marks)


_SIX = "metrics,economic_buyer,decision_criteria,decision_process,identify_pain,champion"

LAST_ROWS = (
    Table(
        "meddic_checklist",
        "deal",
        f"{_SIX} {_answers(['eeeeee', 'geeeek', 'gggggg', '??????', 'kkkkkk', 'ekekek', 'eeeee?'])}",
        meddic,
    ),
    Table(
        "meddpicc_checklist",
        "deal",
        f"{_SIX},paper_process,competition "
        f"{_answers(['eeeeeeee', 'eeeeeege', 'eeeeeeeg', 'gggggggg', '????????', 'kkkkkkkk', 'eeeeeek?'])}",
        meddpicc,
    ),
    Table(
        "pipeline_stage_actions",
        "deal",
        """
        stage,lead_points,proposal_sent,hours_in_stage
        lead,,,              qualified,60,,       qualified,59.9,,      qualified,,,
        proposal,,false,24   proposal,,false,24.5 proposal,,,30         proposal,,true,100
        proposal,,false,     negotiation,,true,9  closed_won,,,
        """,
        stage_actions,
    ),
    Table(
        "closed_won_handoff",
        "deal",
        "fields_complete,package_recorded,start_expectations_recorded,client_record_linked,sales_agent_assigned,"
        "account_manager_assigned,onboarding_tasks_created,onboarding_tasks_scheduled "
        + " ".join(map(_ticks, ("++++++++", "+?++++++", "--------", "????????", "+++++++-"))),
        handoff,
    ),
    Table(
        "client_lifecycle",
        "client",
        "day,sandbox_credentials,kickoff_call,first_sandbox_transaction,kyb_completed,code_review,"
        "production_go_live,health_baseline,feedback_session_1,business_review,feedback_session_2,days_since_qbr,"
        "days_to_expiry,renewal_reviewed,nps "
        + " ".join(
            (
                f"0,{_ticks('??????????')},,365,,",
                f"1,{_ticks('??????????')},,364,,",
                f"2,{_ticks('-?????????')},,363,,",
                f"31,{_ticks('+++++-++++')},,334,,",
                f"91,{_ticks('++++++++++')},90,274,false,8",
                f"91,{_ticks('++++++++++')},91,274,false,7.9",
                f"305,{_ticks('++++++++++')},10,61,false,9",
                f"305,{_ticks('++++++++++')},10,60,false,9",
                f"400,{_ticks('----------')},,,,",
                f"366,{_ticks('++++++++++')},0,0,true,10",
            )
        ),
        lifecycle,
    ),
    Table(
        "outbound_cadence",
        "prospect",
        """
        day,touches_sent,replied,new_prospects_this_week
        1,0,false,5    1,1,false,6    3,1,false,0    4,1,false,    8,2,false,
        9,1,false,     15,3,false,    15,4,false,    16,4,false,   2,1,true,
        40,4,true,     8,0,,
        """,
        cadence,
    ),
    Table(
        "plan_fit",
        "account",
        """
        employees,current_plan
        1,basic          50,basic          51,basic          200,professional
        201,professional 201,enterprise    50,professional   1000000,basic
        """,
        plan,
    ),
    Table(
        "founder_sales_limits",
        "week",
        """
        arr,ceo_share,cpo_share,external_meetings
        500000,40,20,4      500000,40.5,20,4    500000,40,20.5,4    500000.01,70,50,4
        900000,70,50,5      ,41,21,             ,,,
        """,
        founders,
    ),
    Lines(
        "sales_kit_freshness",
        "kit",
        (
            _kit(0),
            _kit(31),
            _kit(32),
            *(_kit(0, asset, "published" if asset == "case_study" else "ready", 32) for asset in _ASSETS),
            *(_kit(0, asset) for asset in _ASSETS),
            _kit(0, "rate_card", "draft", 700),
            _kit(0, "case_study", "in_progress", 5),
            {},
        ),
        kit,
    ),
)
