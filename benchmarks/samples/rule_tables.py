"""The subjects of the rule tables whose answers are all single ones."""

from random import Random

from benchmarks.samples.chance import decimal, known, notifier, spread, yes
from benchmarks.samples.sample import Row, Table

_STAGES = ("lead", "qualified", "discovery", "proposal", "negotiation", "closed_won")
# The stage in which each answer of a deal is due; the BANT total stands between.
_DUE = {"contact": 0, "response": 0, "bant_total": 1, "pain": 2, "use_case": 2, "champion": 2}
_DUE |= {"pricing": 3, "timeline": 3, "scope": 3, "terms": 4, "signed": 5, "payment": 5}


def intervention(chance: Random) -> Row:
    """Draw a client: most are well, a few went silent, new ones have no month before."""
    quality = notifier(chance)
    before = spread(chance, [50, 1000, 20000, 400000])
    now = before * max(0, int(100 + 20 * quality + 12 * notifier(chance))) // 100
    is_new, is_gone = chance.random() < 0.07, chance.random() < 0.05
    silent = int(8 - 5 * quality + 3 * notifier(chance))
    return [
        known(chance, "0" if is_new else str(before), 0.06),
        known(chance, "0" if is_gone else str(now), 0.04),
        known(chance, str(spread(chance, [7, 30, 90]) if is_gone else max(0, silent // 4)), 0.04),
        known(chance, chance.choices(["none", "P4", "P3", "P2", "P1"], [40, 6, 5, 3, 2])[0], 0.05),
        known(chance, str(max(0, silent)), 0.08),
        known(chance, decimal(min(max(int(78 + 16 * quality + 6 * notifier(chance)), 0), 100), 1), 0.25),
    ]


def stage_exit(chance: Random) -> Row:
    """Draw a deal: what was due in earlier stages is mostly there, what is due later mostly unknown."""
    is_lost = chance.random() < 0.12
    at = chance.randrange(len(_STAGES))
    ready = 0.75 + 0.15 * notifier(chance)
    bant = decimal(min(max(int(135 + 20 * notifier(chance)), 40), 200), 1)
    answers: Row = []
    for name, due in _DUE.items():
        if name == "bant_total":
            answers.append(known(chance, bant, 0.9 if due > at else 0.1))
            continue
        answer = yes(chance, 0.97 if due < at else ready if due == at else 0.2)
        answers.append(known(chance, answer, 0.9 if due > at else 0.08))
    reason = known(chance, yes(chance, 0.8), 0.15) if is_lost else ""
    return ["closed_lost" if is_lost else _STAGES[at], *answers, reason]


def partner_success(chance: Random) -> Row:
    """Draw a design partner at some day of the program: what comes late is not known early."""
    quality = notifier(chance)
    day = spread(chance, [0, 7, 30, 90, 180, 400])
    target = spread(chance, [1, 5, 20, 100]) * 1000
    first = spread(chance, [1, 9, 30, 120] if quality < 0 else [1, 9])
    live = max(first // 10 + 1, int(22 - 8 * quality + 7 * notifier(chance)))
    volume = target * max(0, int(60 + 35 * quality + day // 3)) // 100
    asked = day >= 45
    return [
        str(day),
        str(target),
        known(chance, decimal(first, 1), 0.05) if first <= 10 * day else "",
        known(chance, str(live), 0.05) if live <= day else "",
        known(chance, str(volume), 0.06) if live <= day else "",
        known(chance, str(max(0, int(0.8 + day / 40 + quality))), 0.05),
        known(chance, str(max(0, int(0.6 + day / 120 + quality / 2))), 0.05),
        known(chance, decimal(min(max(int(78 + 13 * quality), 0), 100), 1), 0.1) if asked else "",
        known(chance, yes(chance, 0.3 + 0.25 * quality), 0.1) if asked else "",
    ]


def expansion(chance: Random) -> Row:
    """Draw an account, mostly on Basic; teams that grow use more of everything."""
    growth = 0.3 + notifier(chance)
    before = spread(chance, [1, 5, 20, 120])
    now = max(1, before * int(100 + 10 * growth) // 100 + int(growth))
    storage = min(max(int(640 + 190 * growth + 120 * notifier(chance)), 0), 1000)
    return [
        chance.choices(["basic", "professional", "enterprise"], [8, 2, 1])[0],
        known(chance, str(before), 0.07),
        known(chance, str(now), 0.03),
        known(chance, decimal(storage, 1), 0.06),
        known(chance, str(max(0, int(0.3 + growth + 0.8 * notifier(chance)))), 0.1),
    ]


def selector(chance: Random) -> Row:
    """Draw a deal of a company: larger companies have more reps, and larger deals take longer."""
    revenue = spread(chance, [0, 50, 300, 999, 1500, 4999, 9000]) * 1000
    reps = max(0, int(revenue / 600_000 + notifier(chance)))
    deal = spread(chance, [1, 20, 80, 100, 130, 600])
    months = max(5, int(10 + deal / 6 + 8 * notifier(chance)))
    return [str(revenue), str(reps), str(deal * 1000), decimal(months, 1)]


def retention(chance: Random) -> Row:
    """Draw a cohort: less is lost than there was, and small ones may have nothing to start with."""
    quality = notifier(chance)
    starting = 0 if chance.random() < 0.03 else spread(chance, [500, 5000, 40000, 900000]) * 100
    expansion = starting * max(0, int(22 + 10 * quality + 6 * notifier(chance))) // 100
    contraction = starting * max(0, int(4 - 2 * quality + 2 * notifier(chance))) // 100
    churn = starting * max(0, int(7 - 3 * quality + 4 * notifier(chance))) // 100
    return [
        decimal(starting, 2),
        known(chance, decimal(expansion, 2), 0.06),
        known(chance, decimal(contraction, 2), 0.06),
        known(chance, decimal(churn, 2), 0.04),
    ]


def conversion(chance: Random) -> Row:
    """Draw one stage of one month's pipeline: fewer deals the later the stage."""
    stages = {"qualified": 45, "discovery": 65, "proposal": 55, "negotiation": 65, "closed_won": 75}
    stage = chance.choice(list(stages))
    entered = 0 if chance.random() < 0.04 else spread(chance, [1, 8, 30, 200])
    rate = min(max(int(stages[stage] + 9 * notifier(chance)), 0), 100)
    advanced = (entered * rate + 50) // 100
    return [stage, known(chance, str(entered), 0.05), known(chance, str(advanced), 0.05)]


RULE_TABLES = (
    Table(
        "intervention_triggers",
        "client",
        """
        prior_month_volume,current_month_volume,days_since_last_api_call,escalated_ticket_severity,days_without_response,nps
        1000,1000,0,none,0,10    1000,0,7,P1,14,0         ,,,,,
        1000,700,0,none,0,9      1000,700.1,0,none,0,9    0,0,0,none,0,9
        0,500,0,none,0,9         1000,900,6.9,P3,13,7     1000,900,7,P3,13,7
        1000,900,6,P2,13,7       1000,900,6,P4,14,7       1000,900,6,none,13,6.9
        1000,1300,3650,,3650,    ,,,,14,
        """,
        intervention,
    ),
    Table(
        "stage_exit",
        "deal",
        """
        stage,contact_info_confirmed,initial_response_received,bant_total,pain_confirmed,use_case_understood,champion_identified,proposal_sent_with_pricing,proposal_sent_with_timeline,proposal_sent_with_scope,all_terms_agreed_in_principle,signed_agreement,payment_terms_confirmed,loss_reason_documented
        lead,true,true,,,,,,,,,,,                    lead,false,true,,,,,,,,,,,
        lead,,,,,,,,,,,,,                            qualified,true,true,12,,,,,,,,,,
        qualified,true,true,11.9,,,,,,,,,,           qualified,,,,,,,,,,,,,
        discovery,true,true,15,true,true,true,,,,,,, discovery,,,,,,,,,,,,,
        proposal,,,,,,,true,true,true,,,,            proposal,,,,,,,,,,,,,
        negotiation,,,,,,,,,,true,,,                 negotiation,,,,,,,,,,,,,
        closed_won,,,,,,,,,,,true,true,              closed_won,,,,,,,,,,,,,
        closed_lost,,,,,,,,,,,,,true                 closed_lost,,,,,,,,,,,,,
        closed_lost,,,4,,,,,,,,,,false
        closed_won,true,true,20,true,true,true,true,true,true,true,true,true,
        """,
        stage_exit,
    ),
    Table(
        "design_partner_success",
        "partner",
        """
        as_of_day,target_volume,first_api_call_days,production_days,monthly_volume,feedback_sessions,case_studies,nps,second_product
        180,10000,0.5,20,12000,3,1,9,true      0,10000,,,,,,,
        3650,10000,,,,,,,                      6.9,10000,,,,0,0,,false
        7,10000,,,,0,0,,false                  10,10000,0.9,,,0,0,,false
        10,10000,1,,,0,0,,false                29,10000,0.5,,,1,0,,false
        30,10000,0.5,,,1,0,,false              30,10000,0.5,29.9,2000,1,0,,false
        31,10000,0.5,30,2000,1,0,,false        89,10000,0.5,25,10000,1,0,7.9,false
        90,10000,0.5,25,10000,2,1,8,false      90,10000,0.5,25,10000.01,2,1,8,false
        90,10000,0.5,25,10001,1,1,8,false      179,10000,0.5,25,10001,2,1,8,false
        180,10000,0.5,25,10001,2,1,8,false     40,0,0.5,25,0,2,1,8,true
        """,
        partner_success,
    ),
    Table(
        "expansion_signals",
        "account",
        """
        plan,team_size_then,team_size_now,storage_percent,advanced_feature_attempts
        basic,8,12,95,4            basic,8,8,0,0             basic,,,,
        basic,8,9,80,0             basic,8,8,80.1,0          basic,8,7,80,1
        basic,8,9,81,0             basic,8,9,,               basic,,,100,1
        professional,8,12,95,4     enterprise,,,,            basic,1,1000000,100,999
        """,
        expansion,
    ),
    Table(
        "framework_selector",
        "deal",
        """
        company_arr,dedicated_sales_reps,deal_arr,sales_cycle_months
        0,0,0,0                  999999.99,0,5000,1       1000000,0,5000,1
        400000,1,20000,2         400000,0,250000,9        400000,1,100000,3
        400000,1,100000.01,3     400000,1,100000,3.1      1000000,0,150000,2
        4999999.99,6,20000,2     5000000,0,1000,1         60000000,120,900000,14
        """,
        selector,
    ),
    Table(
        "net_revenue_retention",
        "cohort",
        """
        starting,expansion,contraction,churn
        100000,20000,0,0         100000,19999,0,0         100000,30000,4000,6000
        100000,30000,4000,6001   100000,0,0,0             100000,0,40000,60000
        0,0,0,0                  0,5000,0,0               100000,,0,0
        100000,30000,,           100000,0,0,              0.01,1000000,0,0
        """,
        retention,
    ),
    Table(
        "funnel_conversion",
        "month",
        """
        stage,entered,advanced
        qualified,100,40      qualified,100,39      qualified,100,50      qualified,100,51
        discovery,100,60      discovery,100,59      discovery,100,70      discovery,100,71
        proposal,100,50       proposal,100,49       proposal,100,60       proposal,100,61
        negotiation,100,60    negotiation,100,59    negotiation,100,70    negotiation,100,71
        closed_won,100,70     closed_won,100,69     closed_won,100,80     closed_won,100,81
        qualified,3,1         proposal,7,7          closed_won,7,0        discovery,0,0
        negotiation,,         qualified,12,         closed_won,,4
        """,
        conversion,
    ),
)
