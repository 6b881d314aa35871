"""The accounts of the rulebook that asks what happened: events and records of the weeks before one day."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from benchmarks.samples.chance import notifier, spread
from benchmarks.samples.sample import AS_OF, Account, Fact, Lines

_THREADS = ("renewal", "invoice", "quarterly review", "onboarding", "price change", "new product")
_PAGES = ("home", "product", "pricing", "docs", "other")
_PRODUCTS = ("Payouts", "Cards", "Wallets", "Invoices")
_PROVIDERS = ("Norda", "Kestrel", "Blue Pier", "Tamarind", "Quill")
_DECEMBER = 12 * 2025 + 12  # the last whole month
_MONDAY = date(2026, 1, 19)  # of the last whole week


def account(chance: Random) -> Account:
    """Draw an account: one in health calls often, grows and replies; some providers are risky anyway."""
    health = 0.2 + notifier(chance)
    facts = [
        *_calls(chance, health),
        *_months(chance, health),
        *_weeks(chance, health),
        *_talks(chance, health),
        *_visits(chance),
        *_supplies(chance),
    ]
    replied_by_phone = {"no_reply": False} if chance.random() < 0.03 else None
    return Account(sorted(facts, key=lambda fact: str(fact["at"])), replied_by_phone)


def _calls(chance: Random, health: float) -> Iterator[Fact]:
    """Draw the days of calls, once or often a day: until silence came, or again in the last days after it."""
    often, a_day = 0.55 + 0.2 * health, chance.choices([1, 3], [8, 1])[0]
    is_silent, is_back = chance.random() < 0.2 - 0.15 * health, chance.random() < 0.3
    silence = range(2 if is_back else 0, spread(chance, [6, 8, 20]) if is_silent else 0)
    size = spread(chance, [1, 20, 400, 9000])
    for ago in range(spread(chance, [2, 21, 30])):
        if ago not in silence and chance.random() < often:
            for _ in range(a_day):
                yield _fact("api_call", _time(chance, ago), calls=spread(chance, [1, size, 2 * size]))


def _months(chance: Random, health: float) -> Iterator[Fact]:
    """Draw the volume of the last whole months, recorded when they were over; a few are corrected later."""
    volume = spread(chance, [100, 2000, 30000, 500000])
    for month in range(_DECEMBER + 1 - chance.randint(0, 4), _DECEMBER + 1):
        volume = volume * max(0, int(100 + 20 * health + 30 * notifier(chance))) // 100
        is_corrected = chance.random() < 0.08
        yield _month(month, volume // 2 if is_corrected else volume)
        if is_corrected:
            yield _month(month, volume, days_later=4)


def _weeks(chance: Random, health: float) -> Iterator[Fact]:
    """Draw the last whole weeks against a forecast that grows."""
    forecast = spread(chance, [100, 500, 3000, 20000])
    for back in range(chance.randint(0, 5) - 1, -1, -1):
        monday = _MONDAY - timedelta(weeks=back)
        actual = forecast * max(0, int(90 + 14 * health + 9 * notifier(chance))) // 100
        yield _week(monday, actual, forecast)
        forecast = forecast * 102 // 100


def _talks(chance: Random, health: float) -> Iterator[Fact]:
    """Draw outreaches of the last weeks, in the morning; most have a reply, that day or some days later."""
    for thread in _THREADS:
        if chance.random() < 0.35:
            ago = spread(chance, [0, 13, 15, 50])
            yield _fact("outreach", _time(chance, ago, 8, 11), thread=thread)
            if chance.random() < 0.84 + 0.1 * health:
                replied = max(0, ago - spread(chance, [0, 3, 12]))
                yield _fact("reply", _time(chance, replied, 12, 19), thread=thread)


def _visits(chance: Random) -> Iterator[Fact]:
    """Draw visits to our site: who is interested comes more often, and for the prices."""
    interest = notifier(chance)
    for _ in range(max(0, int(3 + 4 * interest))):
        page = chance.choices(_PAGES, [2, 2, 6 if interest > 0 else 1, 2, 1])[0]
        yield _fact("visit", _time(chance, spread(chance, [0, 10, 29, 31, 60])), page=page)


def _supplies(chance: Random) -> Iterator[Fact]:
    """Draw the providers of some products, a backup for every other one, and how risky each provider is."""
    used: set[str] = set()
    for product in chance.sample(_PRODUCTS, chance.randint(0, 2)):
        others = [role for role, share in (("backup", 0.5), ("former", 0.3)) if chance.random() < share]
        providers = chance.sample(_PROVIDERS, 1 + len(others))
        for provider, role in zip(providers, ("primary", *others), strict=True):
            yield _supply(provider, role, spread(chance, [1, 60, 400]), product)
        used.update(providers)
    for provider in sorted(used):
        ago, risk = spread(chance, [1, 60, 200]), chance.choices([1, 2, 3, 4, 5], [3, 5, 5, 3, 3])[0]
        if chance.random() < 0.1:
            yield _fact("provider_risk", _day(ago + 90), provider=provider, risk=5)
        yield _fact("provider_risk", _day(ago), provider=provider, risk=risk)


def _fact(kind: str, at: date | str, **fields: object) -> Fact:
    return {"fact": kind, "at": str(at), **fields}


def _month(month: int, volume: float, days_later: int = 0) -> Fact:
    over = date(month // 12, month % 12 + 1, 1)
    return _fact("month", over + timedelta(days=days_later), month=month, volume=volume)


def _week(monday: date, actual: float, forecast: int) -> Fact:
    over = monday + timedelta(weeks=1)
    return _fact("week", over, week=str(monday), actual=actual, forecast=forecast)


def _supply(provider: str, role: str, ago: int = 200, product: str = "Payouts") -> Fact:
    return _fact("supply", _day(ago), product=product, provider=provider, role=role)


def _day(ago: int) -> date:
    return date.fromisoformat(AS_OF) - timedelta(days=ago)


def _time(chance: Random, ago: int, earliest: int = 7, latest: int = 20) -> str:
    return f"{_day(ago)}T{chance.randint(earliest, latest):02d}:{chance.randrange(60):02d}:00Z"


# The day is asked as of its last microsecond, so that just then something is 7, 14 or 30 whole days old.
_7_DAYS, _14_DAYS, _30_DAYS = (f"{_day(ago)}T23:59:59.999999Z" for ago in (7, 14, 30))
_CALLED = _fact("api_call", AS_OF, calls=1)
_SENT = _fact("outreach", _day(21), thread="renewal")
_RISKY = _fact("provider_risk", _day(60), provider="Norda", risk=5)
_ALONE = (_CALLED, _RISKY, _supply("Norda", "primary"))


def _volumes(*volumes: float, last: int = _DECEMBER) -> list[Fact]:
    return [_month(month, volume) for month, volume in enumerate(volumes, last + 1 - len(volumes))]


def _reached(*reached: float) -> list[Fact]:
    first = _MONDAY - timedelta(weeks=len(reached) - 1)
    return [_week(first + timedelta(weeks=n), actual, 100) for n, actual in enumerate(reached)]


def _priced(*times: date | str) -> list[Fact]:
    return [_fact("visit", at, page="pricing") for at in times]


_FIRST = (
    # All is well, all is bad, nothing happened, nothing happened yet.
    (*_volumes(900, 1000), *_reached(100, 101, 102), *_priced(_day(3), _day(2), _day(1)),
     _SENT, _fact("reply", _day(20), thread="renewal"), *_ALONE, _supply("Quill", "backup")),
    (*_volumes(1000, 0), _SENT, _RISKY, _supply("Norda", "primary")),
    (),
    (_fact("api_call", _day(-1), calls=1), _fact("outreach", _day(-1), thread="renewal")),
    # A month at 70 %, a little above, two months ago, after a gap, and corrected.
    (_CALLED, *_volumes(1000, 700)),
    (_CALLED, *_volumes(1000, 700.1)),
    (_CALLED, *_volumes(1000, 600, 900)),
    (_CALLED, *_volumes(1000, last=_DECEMBER - 2), *_volumes(100)),
    (_CALLED, *_volumes(1000, 100), _month(_DECEMBER, 950, days_later=4)),
    # Silence for 7 days, a little less, and 7 days that are over.
    (_fact("api_call", _7_DAYS, calls=12),),
    (_fact("api_call", _day(6), calls=12),),
    (_fact("api_call", _day(30), calls=12), _CALLED),
    # No reply for 14 days, a little less, in another thread, and before.
    (_CALLED, _fact("outreach", _14_DAYS, thread="renewal")),
    (_CALLED, _fact("outreach", _day(13), thread="renewal")),
    (_CALLED, _SENT, _fact("reply", _day(20), thread="invoice")),
    (_CALLED, _SENT, _fact("reply", _day(22), thread="renewal")),
    # One critical provider: with a former one, one of another product, a backup, and less risk by now.
    _ALONE,
    (*_ALONE, _supply("Quill", "backup"), _supply("Quill", "former", 20)),
    (*_ALONE, _supply("Quill", "backup", product="Cards")),
    (*_ALONE, _supply("Quill", "backup", 20)),
    (*_ALONE, _fact("provider_risk", _day(10), provider="Norda", risk=4)),
    # Three good weeks, two, three that ended; three visits in 30 days, and in a little more.
    (_CALLED, *_reached(10, 100, 100, 100)),
    (_CALLED, *_reached(100, 100)),
    (_CALLED, *_reached(100, 100, 100, 99.9)),
    (_CALLED, *_priced(_day(29), _day(9), AS_OF)),
    (_CALLED, *_priced(_30_DAYS, _day(9), AS_OF)),
)  # fmt: skip

# Nobody wrote back, but somebody knows better.
_REPLIED = Account((_CALLED, _SENT), {"no_reply": False})

WATCHED = Lines("account_watch", "account", (*map(Account, _FIRST), _REPLIED), account)
