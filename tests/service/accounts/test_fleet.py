"""Several servers on one database: one version settles, one server sweeps, nothing is left open for ever."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from grpc import StatusCode

from scorewright.accounts import fleet
from scorewright.catalog.catalog import Catalog, load_catalog
from scorewright.requests.account_question import clock
from scorewright.storage.repositories import Repositories
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.accounts.conftest import Server
from tests.service.accounts.events import evaluate, event, record, told, until
from tests.service.accounts.rulebooks import KEEN, QUIET, write
from tests.service.accounts.test_scheduler import OPENED, already_evaluated
from tests.service.conftest import RULES, Served, failure, keeping

DAY = 86_400_000_000
# Of the same facts it finds nothing to do but to inform the board.
LATER = QUIET.replace("actions: [call]", "actions: [inform]").replace(
    "actions: [escalate]", "actions: [inform]"
)


def version(text: str, number: str) -> str:
    return text.replace("version: 1.0.0", f"version: {number}")


def renamed(text: str, number: str = "1.1.0", formerly: str = ", formerly: [quiet]") -> str:
    return (
        version(text, number)
        .replace("id: quiet,", "id: silent,")
        .replace("owner: me }", f"owner: me{formerly} }}")
    )


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let servers say often that they live, so that one that ended is soon known to have."""
    monkeypatch.setattr(fleet, "BEAT_SECONDS", 0.2)
    monkeypatch.setattr(fleet, "LEASE_SECONDS", 1.0)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(logging.getLogger("scorewright"), "propagate", True)
    caplog.set_level(logging.INFO, "scorewright")
    return caplog


@pytest.fixture
def server(url: str, tmp_path: Path) -> Server:
    """Run a server with its own rulebooks over the test's database."""
    folders = iter(range(99))

    @contextmanager
    def run(**told: object) -> Iterator[Served]:
        rulebooks = {name: str(text) for name, text in told.items() if isinstance(text, str)}
        settings = {name: value for name, value in told.items() if not isinstance(value, str)}
        with keeping(store_of(tmp_path / str(next(folders)), rulebooks), database=url, **settings) as found:
            yield found

    return run


def store_of(folder: Path, rulebooks: dict[str, str]) -> Catalog:
    store, report = load_catalog(write(folder, rulebooks), "compiled")
    assert store is not None, report
    return store


def not_settling(served: Served) -> dict[str, str]:
    status = served.rulebooks.GetStatus(pb.GetStatusRequest(), timeout=10)
    return {item.id: item.not_settling for item in status.rulebooks if item.not_settling}


def events_of(account: str) -> list[pb.Event]:
    return [
        event("m1", "outreach", 30, account=account, thread="a"),
        event("c1", "api_call", 30, account=account, calls=1),
    ]


def is_alive(served: Served) -> bool:
    """Tell whether a server has joined the others."""
    assert served.running.signals is not None
    return served.running.signals.fleet._started is not None


def test_two_versions_that_both_sweep_open_each_action_once(
    server: Server, url: str, log: pytest.LogCaptureFixture
) -> None:
    already_evaluated(url, "a", "b", "c")
    with (
        server(quiet=QUIET, sweep_seconds=0.3) as old,
        server(quiet=version(LATER, "1.1.0"), sweep_seconds=0.3) as new,
    ):
        until(lambda: not_settling(old))
        assert not_settling(new) == {}
        for number in range(10):
            record([old, new][number % 2], events_of(f"n{number}"))
        for served in (old, new) * 2:
            swept = served.signals.SweepAccounts(pb.SweepAccountsRequest(), timeout=30)
            assert (swept.failed, swept.unanswered) == (0, 0)
        until(lambda: len([each for each in told(new) if each[0].startswith("n")]) >= 10)
        time.sleep(2)
        found = told(new)
        open_now = {(account, action) for account, action, how in found if how == "OPENED"}
        assert len([each for each in found if each[2] == "OPENED"]) == len(open_now)
        # Those that only the old version knew are resolved where it had come first, and never open again.
        assert {action for account, action in open_now if account.startswith("n")} == {"inform"}
        refused = failure(lambda: evaluate(old, account="a", record=True))
        assert (refused.code, refused.reason) == (StatusCode.FAILED_PRECONDITION, "RULEBOOK_SUPERSEDED")
        assert "version 1.1.0" in refused.message
        assert not_settling(old)["quiet"] in refused.message
        assert evaluate(old, account="a").answer.rulebook == "quiet"  # it answers all the same
        assert evaluate(new, account="a", record=True).answer.rulebook == "quiet"
    lines = [each for each in log.messages if "settles_no_more" in each]
    assert len(lines) == 1
    assert "rulebook=quiet version=1.0.0" in lines[0]
    assert "by=quiet by_version=1.1.0" in lines[0]


def test_at_equal_versions_the_one_first_seen_later_settles(server: Server) -> None:
    with server(quiet=QUIET) as first:
        until(lambda: is_alive(first))
        with server(quiet=LATER) as second:
            until(lambda: not_settling(first))
            assert not_settling(second) == {}
    with server(quiet=QUIET) as again, server(quiet=LATER) as second:
        until(lambda: not_settling(again))
        assert not_settling(second) == {}


def test_what_a_server_that_stands_back_recorded_is_settled_by_the_other(server: Server) -> None:
    with server(quiet=QUIET) as old, server(quiet=version(QUIET, "1.1.0")) as new:
        until(lambda: not_settling(old))
        record(old, events_of("acme"))
        until(lambda: told(old) == OPENED)
        assert new.running.signals is not None
        until(lambda: not new.running.signals.kept.accounts.changed(1))  # type: ignore[union-attr]  # it has one


def test_actions_of_a_rulebook_that_was_removed_are_resolved_and_told(
    server: Server, log: pytest.LogCaptureFixture
) -> None:
    with server(quiet=QUIET, keen=KEEN) as served:
        record(served, events_of("acme"))
        record(served, [event(f"v{n}", "visit", 1, account="acme", page="pricing") for n in range(3)])
        until(lambda: len(told(served)) == 4)
    with server(keen=KEEN, sweep_seconds=0) as served:
        watching = served.signals.WatchActions(
            pb.WatchActionsRequest(after_cursor=4, follow=True), timeout=60
        )
        changes = [next(watching).change for _ in range(3)]
        assert {(c.account, c.rulebook, c.change) for c in changes} == {("acme", "quiet", pb.RESOLVED)}
        assert {c.action.id for c in changes} == {"call", "escalate", "inform"}
        watching.cancel()
        until(lambda: "event=rulebook_gone rulebook=quiet" in log.text)
        assert served.running.signals is not None
        [offer] = served.running.signals.kept.ledger.open_actions("acme")
        assert offer.action == "offer"


def test_actions_of_the_last_rulebook_with_facts_are_resolved_as_well(server: Server, tmp_path: Path) -> None:
    with server(quiet=QUIET) as served:
        record(served, events_of("acme"))
        until(lambda: told(served) == OPENED)
    with server(bant_20=(RULES / "bant_20.yaml").read_text(encoding="utf-8")) as served:
        until(lambda: len(told(served)) == 6)
        assert {how for *_, how in told(served)[3:]} == {"RESOLVED"}


def test_an_older_server_resolves_nothing_of_what_is_new_to_it(server: Server) -> None:
    with server(keen=KEEN) as older:
        until(lambda: is_alive(older))
        with server(keen=KEEN, quiet=QUIET) as newer:
            record(newer, events_of("acme"))
            until(lambda: told(newer) == OPENED)
        # The newer one is gone for longer than one that lives is silent.
        time.sleep(2.5)
        assert told(older) == OPENED
    # Who starts without it afterwards was meant to.
    with server(keen=KEEN) as later:
        until(lambda: len(told(later)) == 6)


def test_nothing_is_resolved_while_another_server_serves_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Twenty times as long as from one word to the next: on a busy machine some come late.
    monkeypatch.setattr(fleet, "LEASE_SECONDS", 4.0)
    with server(quiet=QUIET) as one:
        record(one, events_of("acme"))
        until(lambda: told(one) == OPENED)
        with server(keen=KEEN):
            time.sleep(5)
            assert told(one) == OPENED


def test_actions_of_a_renamed_rulebook_are_carried_over(server: Server) -> None:
    with server(quiet=QUIET) as served:
        record(served, events_of("acme"))
        until(lambda: told(served) == OPENED)
        keys = {action.action: action.idempotency_key for action in evaluate(served).actions}
    with server(silent=renamed(QUIET), sweep_seconds=0) as served:
        until(lambda: len(told(served)) == 6)
        assert told(served)[3:] == [("acme", action, "CARRIED_OVER") for _, action, _ in OPENED]
        changes = [r.change for r in served.signals.WatchActions(pb.WatchActionsRequest(after_cursor=3))]
        assert {change.rulebook for change in changes} == {"silent"}
        now = {action.action: action.idempotency_key for action in evaluate(served, "silent").actions}
        assert now == keys
        # Whatever comes of it comes under its new id.
        record(served, [event("r1", "reply", 1, thread="a")])
        until(lambda: len(told(served)) == 8)
        assert {how for *_, how in told(served)[6:]} == {"RESOLVED"}
        served.signals.SweepAccounts(pb.SweepAccountsRequest(), timeout=30)
        assert len(told(served)) == 8


def test_an_old_server_opens_nothing_more_by_the_former_id(server: Server) -> None:
    with server(quiet=QUIET) as old:
        until(lambda: is_alive(old))
        with server(silent=renamed(QUIET)) as new:
            until(lambda: not_settling(old))
            assert "`silent`" in not_settling(old)["quiet"]
            record(old, events_of("acme"))
            record(new, events_of("beta"))
            until(lambda: len(told(new)) == 6)
            time.sleep(1.5)
            assert len(told(new)) == 6
            changes = [each.change for each in new.signals.WatchActions(pb.WatchActionsRequest(), timeout=10)]
            assert {change.rulebook for change in changes} == {"silent"}


def test_one_server_sweeps_and_another_one_goes_on_when_it_ends(
    server: Server, url: str, log: pytest.LogCaptureFixture
) -> None:
    already_evaluated(url, "a", "b")

    def leads(served: Served) -> bool:
        assert served.running.signals is not None
        return served.running.signals.fleet.leads

    with server(quiet=QUIET, sweep_seconds=0.3) as second:
        with server(quiet=QUIET, sweep_seconds=0.3) as first:
            until(lambda: leads(first) or leads(second))
            for _ in range(20):
                assert not (leads(first) and leads(second))
                time.sleep(0.1)
        until(lambda: leads(second))
        swept = log.text.count("event=swept")
        until(lambda: log.text.count("event=swept") > swept)
        assert len(told(second)) == 6


def test_a_server_that_evaluates_nothing_by_itself_does_not_sweep_for_others(server: Server) -> None:
    with server(quiet=QUIET, background=False) as served:
        until(lambda: is_alive(served))
        assert served.running.signals is not None
        assert not served.running.signals.fleet.leads


def test_a_clock_that_was_ahead_is_warned_of_and_can_be_mended(
    server: Server, url: str, log: pytest.LogCaptureFixture
) -> None:
    already_evaluated(url, "acme", "beta")
    kept = Repositories.at(url)
    ahead = clock() + 2 * DAY
    kept.ledger.settle("acme", "quiet", ahead, [])
    kept.ledger.settle("other", "quiet", ahead - DAY, [])  # which has no events
    kept.database.close()
    with server(quiet=QUIET, sweep_seconds=0) as served:
        until(lambda: "event=clock_was_ahead sheets=2 latest=" in log.text)
        assert failure(lambda: evaluate(served, record=True)).reason == "MOMENT_PASSED"
        plain = served.signals.SweepAccounts(pb.SweepAccountsRequest(), timeout=30)
        assert (plain.mended, {account for account, *_ in told(served)}) == (0, {"beta"})
        mended = served.signals.SweepAccounts(pb.SweepAccountsRequest(mend_clock=True), timeout=30)
        assert (mended.mended, mended.opened) == (2, 3)
        assert evaluate(served, record=True).actions
        assert "event=clock_mended sheets=2" in log.text
        again = served.signals.SweepAccounts(pb.SweepAccountsRequest(mend_clock=True), timeout=30)
        assert (again.mended, again.opened) == (0, 0)
