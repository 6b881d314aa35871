"""Events: recorded once each, and read again in order, exactly."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from scorewright.storage.account_index import Accounts
from scorewright.storage.canonical_json import EARLIEST, LATEST
from scorewright.storage.database import Database
from scorewright.storage.event_log import Events, RecordedEvent, RecordingStatus, StoredEvent
from tests.service.storage.conftest import Opener


@pytest.fixture
def events(database: Database) -> Events:
    return Events(database)


def event(id: str, at: int = 1, kind: str = "call", account: str = "a", **fields: object) -> StoredEvent:
    return StoredEvent(account, id, kind, at, fields)


def hows(told: Sequence[RecordedEvent]) -> list[str]:
    return [found.how.value for found in told]


def test_an_event_is_recorded_once_and_a_duplicate_ever_after(events: Events) -> None:
    sent = [event("1", calls=1), event("2", calls=2)]
    assert hows(events.record(sent)) == ["recorded", "recorded"]
    assert hows(events.record(sent)) == ["duplicate", "duplicate"]
    assert hows(events.record([*sent, event("3")])) == ["duplicate", "duplicate", "recorded"]
    assert events.of("a", {"call": None}, 1) == [*sent, event("3")]


def test_the_order_of_fields_and_how_a_number_is_written_make_no_difference(events: Events) -> None:
    first = StoredEvent("a", "1", "call", 1, {"x": 1, "y": Decimal("0.50")})
    again = StoredEvent("a", "1", "call", 1, {"y": 0.5, "x": 1.0})
    assert hows(events.record([first])) == ["recorded"]
    assert hows(events.record([again])) == ["duplicate"]


@pytest.mark.parametrize(
    "other",
    [event("1", at=2, calls=1), event("1", kind="visit", calls=1), event("1", calls=2), event("1")],
    ids=["time", "kind", "fields", "no fields"],
)
def test_another_event_with_the_same_id_is_a_conflict_and_the_first_one_stands(
    events: Events, other: StoredEvent
) -> None:
    events.record([event("1", calls=1)])
    assert hows(events.record([other])) == ["conflict"]
    assert events.of("a", {"call": None, "visit": None}, 9) == [event("1", calls=1)]


def test_the_same_id_of_another_account_is_another_event(events: Events) -> None:
    assert hows(events.record([event("1"), event("1", account="b", calls=1)])) == ["recorded", "recorded"]


def test_duplicates_and_conflicts_are_found_within_one_call(events: Events) -> None:
    sent = [event("1"), event("1"), event("1", at=2), event("2"), event("1")]
    assert hows(events.record(sent)) == ["recorded", "duplicate", "conflict", "recorded", "duplicate"]
    assert hows(events.record([event("1", at=2), event("1")])) == ["conflict", "duplicate"]


def test_nothing_recorded_is_nothing_told(events: Events) -> None:
    assert events.record([]) == []


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (event("1\0"), "id holds a NUL character, which PostgreSQL cannot keep"),
        (event("1", account="\0"), "account holds a NUL character, which PostgreSQL cannot keep"),
        (event("1", kind="\0"), "kind holds a NUL character, which PostgreSQL cannot keep"),
        (event(""), "id is empty"),
        (event("1", account="ü" * 501), "account has 501 characters, at most 500"),
        (event("\ud800"), "id is not Unicode (half a surrogate pair)"),
        (event("1", at=EARLIEST - 1), "at is not within the years 1 to 9999"),
        (event("1", at=LATEST + 1), "at is not within the years 1 to 9999"),
        (event("1", x=float("nan")), "fields: a number that is not finite"),
        (event("1", x="a" * 70_000), "fields: 70008 bytes as JSON, at most 65536"),
    ],
)
def test_what_no_database_could_keep_is_refused_and_the_others_are_recorded(
    events: Events, sent: StoredEvent, why: str
) -> None:
    told = events.record([event("before"), sent, event("after")])
    assert told == [
        RecordedEvent(RecordingStatus.RECORDED),
        RecordedEvent(RecordingStatus.REFUSED, why),
        RecordedEvent(RecordingStatus.RECORDED),
    ]
    assert hows(events.record([sent])) == ["refused"]


def test_the_largest_of_all_is_kept(events: Events) -> None:
    long = "😀" * 500
    sent = [
        StoredEvent(long, long, long, LATEST, {"x": "a" * 65_000}),
        StoredEvent(long, long[1:], long, EARLIEST, {}),
    ]
    assert hows(events.record(sent)) == ["recorded", "recorded"]
    assert events.of(long, {long: None}, LATEST) == sent[::-1]


def test_fields_come_back_exactly(events: Events) -> None:
    fields = {
        "whole": 12,
        "large": 123456789012345678901234567890,
        "decimal": 0.1,
        "small": Decimal("0.000000000000000000001"),
        "text": 'Zoë \0 \\u0000 " 😀 \u2028',
        "nothing": None,
        "list": [1, [2.5, {"x": True}]],
        "ü": {},
    }
    events.record([StoredEvent("a", "1", "call", 1, fields)])
    [found] = events.of("a", {"call": None}, 1)
    assert found.fields == {**fields, "decimal": Decimal("0.1"), "list": [1, [Decimal("2.5"), {"x": True}]]}
    assert type(found.fields["whole"]) is int
    assert hows(events.record([found])) == ["duplicate"]


def test_events_come_in_order_of_time_then_of_id_however_they_were_recorded(events: Events) -> None:
    ids = ["b", "B", "a", "Ä", "_", "ä", "😀", "\uffff", "10", "9"]
    for id in ids:
        events.record([event(id, at=5)])
    events.record([event("late", at=9), event("early", at=-3), event("a early", at=4)])
    found = [item.id for item in events.of("a", {"call": None}, 9)]
    assert found == ["early", "a early", *sorted(ids), "late"]


def test_only_wanted_kinds_come_each_from_its_moment_on_and_none_after_the_end(events: Events) -> None:
    events.record(
        [event(f"{kind}{at}", at, kind) for kind in ("call", "visit", "reply", "mail") for at in range(1, 6)]
    )
    events.record([event("other", 3, account="b")])
    found = events.of("a", {"call": 4, "visit": None, "reply": 4, "none": 1}, 4)
    assert [item.id for item in found] == ["visit1", "visit2", "visit3", "call4", "reply4", "visit4"]
    assert events.of("a", {}, 9) == []
    many: dict[str, int | None] = {f"kind {number}": number for number in range(1_000)}
    assert [item.id for item in events.of("a", {**many, "call": 4}, 9)] == ["call4", "call5"]
    assert events.of("nobody", {"call": None}, 9) == []


def test_an_account_or_a_moment_that_none_can_have_is_a_wrong_call(events: Events) -> None:
    for account, until, why in (("\0", 1, "account holds a NUL"), ("a", LATEST + 1, "until is not within")):
        with pytest.raises(ValueError, match=why):
            events.of(account, {"call": None}, until)


def test_a_thousand_events_are_one_transaction(events: Events, database: Database) -> None:
    sent = [event(str(number), number, account=f"a{number % 7}", n=number) for number in range(1_000)]
    assert set(hows(events.record(sent))) == {"recorded"}
    again = [*sent[500:], *(event(f"more {number}") for number in range(500))]
    assert hows(events.record(again)) == ["duplicate"] * 500 + ["recorded"] * 500
    assert [seq for _, seq in Accounts(database).changed(10)] == [1] * 8


def at_once(count: int, call: Callable[[int], list[RecordedEvent]]) -> list[list[RecordedEvent]]:
    """Make calls that begin together."""
    ready = threading.Barrier(count)

    def begin(number: int) -> list[RecordedEvent]:
        ready.wait()
        return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_of_many_who_record_the_same_at_once_exactly_one_records_it(opener: Opener) -> None:
    sent = [event(str(number), account=f"a{number % 3}") for number in range(50)]
    servers = [Events(opener()), Events(opener())]

    # In opposite orders, so that they would wait for each other for ever if they took them as they come.
    told = at_once(8, lambda number: servers[number % 2].record(sent[:: 1 if number % 4 < 2 else -1]))

    assert sum(hows(found).count("recorded") for found in told) == 50
    assert sum(hows(found).count("duplicate") for found in told) == 350


def test_of_many_who_record_another_under_the_same_id_one_stands(opener: Opener) -> None:
    events = Events(opener())
    told = at_once(6, lambda number: events.record([event("1", calls=number)]))
    first = [hows(found) for found in told].index(["recorded"])
    assert sorted(hows(found)[0] for found in told) == ["conflict"] * 5 + ["recorded"]
    assert events.of("a", {"call": None}, 1) == [event("1", calls=first)]
