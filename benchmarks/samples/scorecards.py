"""The subjects of the seven scorecards."""

from collections.abc import Sequence
from random import Random

from benchmarks.samples.chance import known, notifier, spread, yes
from benchmarks.samples.sample import Row, Table


def rating(chance: Random, quality: float, decimals: bool = True) -> str:
    """Draw a rating from 1 to 5: mostly whole, sometimes the mean of two scorers, rarely of more."""
    tenths = int(30 + 14 * quality + 8 * notifier(chance))
    scorers = chance.random()
    if scorers < 0.7 or not decimals:
        tenths = (tenths + 5) // 10 * 10
    elif scorers < 0.9:
        tenths = tenths // 5 * 5
    tenths = min(max(tenths, 10), 50)
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def ratings(chance: Random, quality: float, missing: Sequence[float]) -> Row:
    """Draw one rating for each probability of being missing."""
    return [known(chance, rating(chance, quality), share) for share in missing]


def lead_points(chance: Random) -> Row:
    """Draw a lead of an agency: inbound mostly, budget rarely confirmed, team size often unknown."""
    quality = notifier(chance)
    days = chance.choice([7, 14, 29, 30, 31, 45, 60, 90, 180, spread(chance, [0, 30, 90, 365, 3650])])
    half = ".5" if days < 60 and chance.random() < 0.1 else ""
    return [
        known(chance, yes(chance, 0.4 + 0.25 * quality), 0.15),
        known(chance, yes(chance, 0.5 + 0.2 * quality), 0.1),
        known(chance, f"{days}{half}", 0.12),
        known(chance, chance.choices(["inbound", "outbound", "referral"], [5, 3, 2])[0], 0.03),
        known(chance, yes(chance, 0.55 + 0.1 * quality), 0.05),
        known(chance, str(spread(chance, [1, 4, 6, 25, 120, 2000])), 0.2),
        known(chance, yes(chance, 0.4), 0.25),
    ]


def cloudhr(chance: Random) -> Row:
    """Draw a lead of CloudHR: company size and role in steps, engagement in decimals."""
    quality = notifier(chance)
    engagement = min(max(int(2200 + 1100 * quality + 700 * notifier(chance)), 0), 4500)
    return [
        known(chance, str(chance.choice([0, 5, 10, 15, 20, 25, 30])), 0.12),
        known(chance, str(chance.choice([0, 5, 10, 12.5, 15, 20, 25])), 0.08),
        known(chance, f"{engagement // 100}.{engagement % 100:02d}", 0.05),
    ]


def taskflow(chance: Random) -> Row:
    """Draw a lead of TaskFlow: small companies mostly; who wants it leaves several signals."""
    keen = notifier(chance)
    signals = [known(chance, yes(chance, base + 0.25 * keen), 0.06) for base in (0.5, 0.35, 0.25)]
    visits = max(0, int(2 + 2 * keen + 2 * notifier(chance)))
    return [
        known(chance, str(spread(chance, [1, 9, 11, 60, 199, 201, 1000, 20000])), 0.18),
        known(chance, yes(chance, 0.45), 0.1),
        known(chance, yes(chance, 0.4), 0.12),
        *signals,
        known(chance, str(visits), 0.04),
    ]


def bant(chance: Random) -> Row:
    """Draw a deal after its first call: the timeline is the last thing that one learns."""
    return ratings(chance, notifier(chance), [0.08, 0.04, 0.02, 0.15])


def design_partner(chance: Random) -> Row:
    """Draw a candidate: brand and fit are known at once, feedback quality only after some talks."""
    return ratings(chance, notifier(chance), [0.01, 0.01, 0.05, 0.12, 0.08])


def provider(chance: Random) -> Row:
    """Draw a provider: the rows that need an expert are often left out; risk falls as quality rises."""
    quality = notifier(chance)
    return [
        *ratings(chance, quality, [0.03, 0.2]),
        known(chance, chance.choices(["none", "soft", "hard"], [6, 3, 1])[0], 0.1),
        *ratings(chance, quality, [0.08, 0.08, 0.25]),
        known(chance, rating(chance, -0.6 * quality, decimals=False), 0.07),
        known(chance, rating(chance, quality), 0.03),
    ]


def client_health(chance: Random) -> Row:
    """Draw a client: healthy more often than not; survey and expansion signals are missing together."""
    quality = 0.4 + notifier(chance)
    unused = chance.random() < 0.06
    no_survey = chance.random() < 0.2
    never_asked = chance.random() < 0.15
    signals = [known(chance, yes(chance, base + 0.2 * quality), 0.05) for base in (0.3, 0.25, 0.15)]
    return [
        *ratings(chance, quality, [1, 1, 0.5] if unused else [0.01, 0.03, 0.02]),
        *ratings(chance, quality, [0.03, 0.05, 0.04]),
        *ratings(chance, quality, [1, 1] if no_survey else [0.04, 0.08]),
        *([""] * 3 if never_asked else signals),
    ]


SCORECARDS = (
    Table(
        "lead_points_100",
        "lead",
        """
        budget_confirmed,decision_maker,timeline_days,source,industry_match,team_size,previous_agency_experience
        true,true,0,referral,true,1000000,true   false,false,3650,outbound,false,1,false
        ,,,,,,                                   true,true,45,referral,false,1,false
        true,true,29,inbound,true,4,false        true,true,29.5,inbound,true,4,false
        true,true,29.9999,inbound,true,4,false   true,true,30,inbound,true,4,false
        true,true,30.0001,inbound,true,5,false   true,true,31,referral,true,4,false
        true,true,31,referral,true,5,false       false,true,0,referral,false,2,true
        ,true,14,referral,false,3,false
        """,
        lead_points,
    ),
    Table(
        "fit_intent_cloudhr",
        "lead",
        """
        company_size_points,role_points,engagement_points
        30,25,45        0,0,0           ,,              10,10,10
        10,10,10.5      10,10,10.9999   10,10,11        20,20,20
        20,20,20.9999   20,20,20.99994  20,20,20.99995  20,20,21
        30,25,0         0,0,45          30,25,
        """,
        cloudhr,
    ),
    Table(
        "fit_intent_taskflow",
        "lead",
        """
        employees,role_pm_or_leadership,industry_tech,downloaded_templates,visited_pricing,watched_demo_video,return_visits
        120,true,true,true,true,true,3          1,false,false,false,false,false,0
        ,,,,,,                                  1000000,false,false,false,true,false,0
        9,true,false,false,false,false,0        10,false,true,false,false,false,0
        10,true,false,false,true,false,2        80,true,true,false,false,false,2
        80,true,true,false,false,false,3        200,true,true,true,false,false,0
        201,true,true,true,false,false,0        5,false,false,true,true,true,40
        ,true,true,false,true,false,0
        """,
        taskflow,
    ),
    Table(
        "bant_20",
        "deal",
        """
        budget,authority,need,timeline
        5,5,5,5          1,1,1,1          ,,,              4,4,4,4
        1.8,4.8,4.8,4.6  4,4,4,3.9        4,4,4,3.5        1.0,2.8,4.6,3.6
        3,3,3,2.9        3,3,3,2.5        2,2,2,2          2,2,2,1.9
        5,5,5,           5,5,4.9,
        """,
        bant,
    ),
    Table(
        "design_partner_25",
        "partner",
        """
        icp_fit,brand_value,technical_readiness,feedback_quality,expansion_potential
        5,5,5,5,5          1,1,1,1,1          ,,,,               4.5,4.5,4.5,2.5,2
        5,5,5,1,2          4,4,4,3,2.9        4,4,3,3,3          5,5,5,5,
        4,4,4,4,           4,3,3,2.9,
        """,
        design_partner,
    ),
    Table(
        "provider_40",
        "provider",
        """
        reliability,pricing_rating,exclusivity,integration_maturity,support_responsiveness,regulatory_standing,dependency_risk,relationship_health
        5,5,none,5,5,5,1,5  1,1,hard,1,1,1,5,1  ,,,,,,,             4,4,none,4,4,4,2,4
        4,4,soft,4,4,4,3,4  4,4,hard,4,4,4,4,4  4,,none,4,4,4,2,4   4,4,none,4,4,4,,4
        4,,soft,4,4,4,3,    4,,,4,4,4,5,
        """,
        provider,
    ),
    Table(
        "client_health_100",
        "client",
        """
        api_volume_vs_plan,mom_volume_trend,product_breadth,ticket_volume,severity_trend,team_engagement,nps_satisfaction,feedback_quality,asked_new_products,growing_to_next_tier,referred_prospect
        5,5,5,5,5,5,5,5,true,true,true               1,1,1,1,1,1,1,1,false,false,false
        ,,,,,,,,,,                                   5,5,4,5,4,4,4,4,true,false,false
        4.1,4.1,4.1,4.2,4.2,4.3,4,4,true,true,false  3,3,3,3,3,3,4,4,true,false,false
        3,3,2.8,2.9,2.9,2.9,3,3,true,true,false      3,2,2,2,2,1,2,2,true,false,false
        2.1,2.1,2.1,2,2,2.1,2,2,true,false,false     3,2,2,2,2,2,2,1,true,false,false
        4,4,4,4,4,4,4,4,,,                           4,4,4,4,4,4,,,false,false,false
        4,4,4,,,,4,4,,,                              4,4,4,,,,4,,true,,
        ,,,5,5,5,5,5,,,
        """,
        client_health,
    ),
)
