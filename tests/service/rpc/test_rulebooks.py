"""What a client learns about rulebooks: enough to draw a form, and findings for a text."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from grpc import StatusCode

from scorewright.catalog.catalog import ServedRulebook, load_catalog
from scorewright.client.client import Client
from scorewright.client.errors import (
    InvalidRequestError,
    NotLoadedError,
    OverLimitError,
    UnknownRulebookError,
)
from scorewright.diagnostics.budget import Budget, Stopped
from scorewright.messages import rulebook_description as describe
from scorewright.rpc import rulebooks as rulebook_servicer
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from scorewright.v1 import scorewright_pb2 as pb
from tests.service.conftest import RULES, Serve, Served, failure, store_of
from tests.service.worked_cases import SCORECARDS


@dataclass(frozen=True, slots=True)
class Endless:
    """Checks that end only when nobody waits for them any more."""

    begun: threading.Semaphore
    ended: threading.Semaphore


BANT = (RULES / "bant_20.yaml").read_text(encoding="utf-8")


def test_every_rulebook_is_listed_by_id(client: Client) -> None:
    found = client.list_rulebooks()
    assert [item.id for item in found] == sorted(item.id for item in found)
    assert {item.id for item in found} >= set(SCORECARDS)
    bant = next(item for item in found if item.id == "bant_20")
    assert bant.inputs == ("budget", "authority", "need", "timeline")
    assert bant.bands == ("high_priority", "medium_priority", "low_priority", "disqualify")
    assert (bant.version, bant.max_score, len(bant.digest)) == ("1.0.0", Decimal(20), 64)


@pytest.mark.parametrize("book", list(store_of()), ids=lambda book: book.program.id)
def test_a_rulebook_says_all_that_a_form_needs(client: Client, book: ServedRulebook) -> None:
    program = book.program
    found = client.get_rulebook(program.id)
    assert [item.name for item in found.inputs] == [item.name for item in program.inputs]
    assert [item.id for item in found.criteria] == [item.id for item in program.criteria]
    assert [item.id for item in found.bands] == [item.id for item in program.bands]
    assert {item.id for item in found.actions} == {item.id for item in program.actions}
    assert all(item.label and item.type and item.kind and item.if_missing for item in found.inputs)
    assert found.text == (RULES / found.file).read_text(encoding="utf-8")


def test_ranges_guides_options_and_ends(client: Client) -> None:
    bant = client.get_rulebook("bant_20")
    budget = bant.inputs[0]
    assert (budget.kind, budget.type, budget.min, budget.max, budget.decimals) == (
        "rating",
        "number",
        1,
        5,
        1,
    )
    assert [guide.value for guide in budget.guide] == sorted(guide.value for guide in budget.guide)
    assert budget.if_missing == "incomplete"
    assert (bant.lowest, bant.highest, bant.max_score, bant.method) == (4, 20, 20, "sum")
    source = next(item for item in client.get_rulebook("lead_points_100").inputs if item.name == "source")
    assert source.options == ["inbound", "outbound", "referral"]
    assert not source.HasField("min")
    health = client.get_rulebook("client_health_100")
    assert (health.lowest, health.highest, health.minimum_coverage) == (15, 100, 60)
    assert [group.max_points for group in health.groups] == [40, 25, 20, 15]


def test_a_rulebook_with_every_construct_is_described() -> None:
    store, report = load_catalog(RULES.parent / "tests" / "data" / "everything.yaml", "compiled")
    assert store is not None, report
    (book,) = store
    found = describe.rulebook(book.loaded)
    assert found.matrix.cells
    assert found.disqualifiers[0].when
    assert found.triggers[0].severity
    by_name = {item.name: item for item in found.inputs}
    assert (by_name["last_contact"].earliest, by_name["last_contact"].latest) == ("2020-01-01", "as_of")
    assert by_name["products"].item.options == ["core", "analytics", "automation"]
    assert by_name["do_not_contact"].if_missing == "assume"
    assert by_name["do_not_contact"].assumed.bool_value is False
    assert by_name["plan"].required
    assert by_name["advanced_attempts"].window == "30 days"


def test_rulebooks_that_cannot_be_got(client: Client) -> None:
    with pytest.raises(UnknownRulebookError, match="did you mean `bant_20`"):
        client.get_rulebook("bant20")
    with pytest.raises(NotLoadedError):
        client.get_rulebook("bant_20@3.0.0")
    with pytest.raises(InvalidRequestError) as caught:
        client.get_rulebook("")
    assert caught.value.problems[0].where == "rulebook"


def test_a_good_text_is_ok(client: Client) -> None:
    found = client.check_rulebook(BANT, file="bant_20.yaml")
    assert found.ok
    assert found.rulebook is not None
    assert found.rulebook.id == "bant_20"
    assert found.rulebook.digest == client.get_rulebook("bant_20").digest


def test_findings_are_those_of_check(client: Client) -> None:
    text = BANT.replace("input: need", "input: ned")
    found = client.check_rulebook(text, file="mine.yaml")
    assert not found.ok
    assert found.rulebook is None
    _, report = load_source(Source("mine.yaml", text))
    (expected, *_) = report.diagnostics
    (first, *_) = found.findings
    assert (first.code, first.severity, first.message) == (expected.code, "error", expected.message)
    assert (first.span.file, first.span.line, first.span.column) == (
        *("mine.yaml", expected.span.line, expected.span.column),
    )
    assert "need" in first.help


@pytest.mark.parametrize(
    "text", ["", "a: [", "\0", "- 1", "x: " * 1_000, "[" * 5_000, "\ufeffa: b", "a: b\n" * 5_000]
)
def test_any_text_gets_findings(client: Client, text: str) -> None:
    found = client.check_rulebook(text)
    assert not found.ok
    assert found.findings
    assert all(finding.span.file == "rulebook.yaml" for finding in found.findings)


def test_a_text_over_the_limit(client: Client) -> None:
    with pytest.raises(OverLimitError, match="bytes of a text"):
        client.check_rulebook("# " + "x" * 512 * 1024)


def test_nothing_is_stored(client: Client) -> None:
    client.check_rulebook(BANT.replace("id: bant_20", "id: another"))
    assert "another" not in {item.id for item in client.list_rulebooks()}


def test_a_text_that_has_ended_is_told(client: Client) -> None:
    header = "id: bant_20\n  effective: { until: 2020-01-01 }"
    found = client.check_rulebook(BANT.replace("id: bant_20", header))
    assert "rulebook-expired" in [finding.code for finding in found.findings]


def test_one_text_at_a_time(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, release = threading.Semaphore(0), threading.Event()

    def slow(source: Source, today: date, **_: object) -> object:
        entered.release()
        release.wait(10)
        return load_source(source, today=today)

    monkeypatch.setattr(rulebook_servicer, "load_source", slow)
    asked = pb.CheckRulebookRequest(text=BANT)
    running = [served.rulebooks.CheckRulebook.future(asked)]
    assert entered.acquire(timeout=10)
    found = failure(lambda: served.rulebooks.CheckRulebook(asked, timeout=3))
    assert found.code == StatusCode.RESOURCE_EXHAUSTED
    assert "RetryInfo" in found.details
    running.append(served.rulebooks.CheckRulebook.future(asked))
    release.set()
    assert all(call.result(timeout=10).ok for call in running)


@contextmanager
def endless(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endless]:
    """Let every check go on until nobody waits for it."""
    seen = Endless(threading.Semaphore(0), threading.Semaphore(0))

    def check(_: Source, stopped: Stopped, **__: object) -> object:
        budget = Budget(stopped=stopped)
        seen.begun.release()
        try:
            while True:
                budget.look()
                time.sleep(0.01)
        finally:
            seen.ended.release()

    monkeypatch.setattr(rulebook_servicer, "load_source", check)
    yield seen
    monkeypatch.undo()


def test_a_deadline_ends_a_check_and_gives_its_place_back(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = pb.CheckRulebookRequest(text=BANT)
    with endless(monkeypatch) as seen:
        for _ in range(4):
            found = failure(lambda: served.rulebooks.CheckRulebook(asked, timeout=0.2))
            assert found.code == StatusCode.DEADLINE_EXCEEDED
            assert seen.begun.acquire(timeout=5)
            assert seen.ended.acquire(timeout=5)
    assert served.rulebooks.CheckRulebook(asked, timeout=10).ok


def test_a_caller_that_goes_ends_its_check(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    with endless(monkeypatch) as seen:
        call = served.rulebooks.CheckRulebook.future(pb.CheckRulebookRequest(text=BANT))
        assert seen.begun.acquire(timeout=5)
        call.cancel()
        assert seen.ended.acquire(timeout=5)


def test_a_server_that_stops_does_not_wait_for_a_check(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    with endless(monkeypatch) as seen, serve() as served:
        call = served.rulebooks.CheckRulebook.future(pb.CheckRulebookRequest(text=BANT))
        assert seen.begun.acquire(timeout=5)
        served.running.drain(0.2)
        assert seen.ended.acquire(timeout=5)
        assert call.exception(timeout=5) is not None


def test_the_status_says_what_serves_since_when(client: Client) -> None:
    found = client.get_status()
    assert found.engine == "compiled"
    assert found.server_version
    now = datetime.now(UTC)
    assert timedelta(0) <= now - found.started_at < timedelta(hours=1)
    digests = {item.id: item.digest for item in client.list_rulebooks()}
    assert {item.id: item.digest for item in found.rulebooks} == digests
    assert not any(item.reload_error for item in found.rulebooks)


def test_the_reference_engine_serves_the_same(serve: Serve, client: Client) -> None:
    inputs = {"budget": 5, "need": 2.5}
    with serve(store_of(RULES, "reference")) as served, Client(served.address) as other:
        assert other.get_status().engine == "reference"
        assert other.score("bant_20", inputs, subject="x") == client.score("bant_20", inputs, subject="x")


LOWEST = """\
rulebook: { id: lowest, name: Lowest, version: 1.0.0, owner: me, subject: deal }
inputs:
  a: { type: rating }
  b: { type: boolean }
score: { method: weighted, out_of: 100, if_missing: leave_out, minimum_coverage: 50 }
groups: [{ id: g, weight: 100 }]
criteria:
  - { id: a, group: g, input: a, rating: as_is }
  - { id: b, group: g, when: { input: b, is: true }, points: 5 }
bands:
  - { id: high, from: 50, actions: [go] }
  - { id: low, from: 10, actions: [stop] }
  - { id: zero, from: 0, actions: [stop] }
actions:
  go: { do: Go, owner: me, due: 1 day }
  stop: { do: Stop, owner: me, due: 1 day }
"""
WORST = {
    "ticket_volume": 1, "severity_trend": 1, "team_engagement": 1,
    "nps_satisfaction": 1, "feedback_quality": 1,
    "asked_new_products": False, "growing_to_next_tier": False, "referred_prospect": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("rulebook", "inputs", "lowest", "band"),
    [("client_health_100", WORST, 15, "critical"), ("lowest", {"b": False}, 0, "zero")],
)
def test_no_total_lies_below_the_lowest_that_is_told_though_answers_are_missing(
    serve: Serve, tmp_path: Path, rulebook: str, inputs: Mapping[str, object], lowest: int, band: str
) -> None:
    (tmp_path / "lowest.yaml").write_text(LOWEST, encoding="utf-8")
    rules = tmp_path if rulebook == "lowest" else RULES
    with serve(store_of(rules)) as served, Client(served.address) as client:
        found = client.get_rulebook(rulebook)
        assert (found.lowest, found.highest) == (lowest, 100)
        (answer,) = client.score(rulebook, inputs)
        assert answer.band is not None
        assert answer.total == Decimal(str(found.lowest))
        assert answer.band.id == band


def test_ends_that_are_not_decided_are_not_told() -> None:
    page = (RULES.parent / "docs" / "diagnostics" / "not-decided.md").read_text(encoding="utf-8")
    loaded, _ = load_source(Source("example.yaml", page.split("```yaml\n")[1].split("```")[0]))
    assert loaded is not None
    found = describe.rulebook(loaded)
    assert not found.HasField("lowest")
    assert not found.HasField("highest")
