"""`explain --account`: facts from the database of a server, and how each action stands there."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorewright.accounts.evaluator import due
from scorewright.cli.account_history import recorded
from scorewright.cli.reporters.shown import width
from scorewright.results.outcome import Score
from scorewright.scoring.account import Account, evaluate
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer
from scorewright.storage.event_log import StoredEvent
from scorewright.storage.repositories import Repositories
from scorewright.validation.facts import read_moment
from tests.architecture.source import ROOT
from tests.service.cli.calling import Called, call
from tests.service.cli.watch import write

EVENTS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("e1", "api_call", "2026-01-03T10:00:00Z", {"calls": 12}),
    ("e2", "outreach", "2026-01-02T09:30:00Z", {"thread": "renewal"}),
    ("e3", "api_call", "2026-01-25T10:00:00Z", {"calls": 3}),
    ("e4", "weather", "2026-01-25T10:00:00Z", {"rain": True}),
)
DATABASE = "sqlite:///kept.db"


def at(text: str) -> int:
    moment = read_moment(text)
    assert moment is not None
    return moment


def kept(*events: tuple[str, str, str, dict[str, object]]) -> Repositories:
    found = Repositories.at(DATABASE)
    found.events.record(
        [StoredEvent("acme", id, kind, at(time), fields) for id, kind, time, fields in events]
    )
    return found


def settle(found: Repositories, moment: str) -> None:
    """Evaluate the account as a server does, and record what follows."""
    (loaded,), _ = load_paths([Path("watch.yaml")])
    facts = recorded("acme", DATABASE, loaded.program, at(moment)).facts
    answer = evaluate(Scorer(loaded.program), Account(facts, at(moment), {}, "acme")).answer
    assert isinstance(answer, Score)
    found.ledger.settle("acme", "watch", at(moment), due(answer))


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SCOREWRIGHT_DATABASE", raising=False)
    return write(tmp_path).name


def explain(book: str, *more: str, as_of: str = "2026-01-12T10:00:00Z") -> Called:
    return call("explain", book, "--account", "acme", "--database", DATABASE, "--as-of", as_of, *more)


def told(called: Called) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(called.out)
    return found


def test_the_golden_of_how_actions_stand(book: str, golden: Callable[[str, str], None]) -> None:
    found = kept(*EVENTS)
    pages = [explain(book)]
    for moment in ("2026-01-11T10:00:00Z", "2026-01-12T10:00:00Z"):
        settle(found, moment)
        pages.append(explain(book))
    pages.append(explain(book, as_of="2026-01-26T12:00:00Z"))
    settle(found, "2026-01-26T10:00:00Z")
    pages.append(explain(book, as_of="2026-01-26T12:00:00Z"))
    assert {(page.code, page.err) for page in pages} == {(0, "")}
    assert max(width(line) for page in pages for line in page.out.splitlines()) <= 80
    whole, *others = [page.out for page in pages]
    parts = ["".join(page.partition("What to do")[1:]) for page in others]
    golden("cli/explain/account.txt", "\n".join((whole, *parts)))


def test_json_tells_how_actions_stand(book: str) -> None:
    found = kept(*EVENTS)
    settle(found, "2026-01-11T10:00:00Z")
    settle(found, "2026-01-12T10:00:00Z")
    page = told(explain(book, "--format", "json"))
    assert page["subject_id"] == "acme"
    standing = {one["action"]: one for one in page["standing"]}
    assert standing["call"].pop("idempotency_key") != page["answer"]["actions"][0]["idempotency_key"]
    assert standing["call"] == {
        "action": "call",
        "state": "REPEATED",
        "opened_at": "2026-01-11T10:00:00Z",
        "repeats": 1,
        "repeated_at": "2026-01-12T10:00:00Z",
    }
    settle(found, "2026-01-26T10:00:00Z")
    states = {
        one["action"]: (one["state"], one["resolved_at"])
        for one in told(explain(book, "--format", "json"))["standing"]
    }
    assert states == dict.fromkeys(("call", "inform"), ("RESOLVED", "2026-01-26T10:00:00Z"))


def test_facts_are_those_up_to_the_moment(book: str) -> None:
    kept(*EVENTS)
    assert told(explain(book, "--format", "json"))["measured"]["days"] == 9
    assert told(explain(book, "--format", "json", as_of="2026-01-26"))["measured"]["days"] == 1


def test_explaining_changes_nothing_in_the_ledger(book: str) -> None:
    found = kept(*EVENTS)
    settle(found, "2026-01-11T10:00:00Z")
    before = found.ledger.standing("acme", "watch")
    explain(book, as_of="2026-02-20")
    assert found.ledger.standing("acme", "watch") == before


def test_an_account_that_nobody_knows_has_no_facts(book: str) -> None:
    kept(*EVENTS)
    called = call("explain", book, "--account", "nobody", "--database", DATABASE, "--format", "json")
    assert [signal["id"] for signal in told(called)["signals"]] == ["quiet", "endangered"]


def test_answers_may_be_given_beside(book: str) -> None:
    kept(*EVENTS)
    assert "days" not in told(explain(book, "--input", "days=1", "--format", "json"))["measured"]


def test_the_database_of_the_server_is_meant_where_none_is_named(
    book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(*EVENTS)
    monkeypatch.setenv("SCOREWRIGHT_DATABASE", DATABASE)
    called = call("explain", book, "--account", "acme", "--as-of", "2026-01-12T10:00:00Z")
    assert called.out == explain(book).out


def test_an_event_that_no_longer_fits_is_left_out_and_told(book: str) -> None:
    kept(*EVENTS, ("e5", "api_call", "2026-01-11T10:00:00Z", {"calls": -1}))
    called = explain(book, "--format", "json")
    assert told(called)["measured"]["days"] == 9
    assert called.err == "note: event e5: fields.calls: -1 is outside 0 to 1000000; it is left out\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--facts", "x"), "error: --account says what --facts would\nhelp: leave out one of the two\n"),
        (("--subject", "x"), "error: --account says what --subject would\nhelp: leave out one of the two\n"),
        (("--file", "one.json"),
         "error: facts are given twice\nhelp: leave them out of --file, or leave out --account\n"),
        (("--database", "mysql://secret:word@host/db"),
         "error: the URL of the database names neither SQLite nor PostgreSQL\n"
         "help: write `sqlite:///file.db`, or `postgresql://user:password@host/name`\n"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(book: str, more: tuple[str, ...], said: str, tmp_path: Path) -> None:
    kept(*EVENTS)
    (tmp_path / "one.json").write_text('{"facts": []}')
    called = explain(book, *more)
    assert (called.code, called.err) == (2, said)


def test_a_database_that_is_not_there_is_not_made(book: str, tmp_path: Path) -> None:
    called = explain(book)
    assert called.code == 2
    assert called.err == (
        f"error: the database `{DATABASE}` is away: there is no such file\n"
        "help: name the one of the server with --database\n"
    )
    assert not (tmp_path / "kept.db").exists()


def test_a_file_that_is_no_database_is_told(book: str, tmp_path: Path) -> None:
    (tmp_path / "kept.db").write_text("not a database, but long enough to be told from an empty one" * 20)
    called = explain(book)
    assert called.code == 2
    assert called.err.startswith("error: the database `sqlite:///")


def test_a_database_needs_an_account(book: str) -> None:
    called = call("explain", book, "--database", DATABASE)
    assert (called.code, called.err.splitlines()[0]) == (2, "error: --database needs --account")


def test_without_an_account_nothing_of_the_database_is_imported() -> None:
    code = (
        "import sys; from scorewright.cli.main import main; "
        "main(['explain', 'bant_20', '--input', 'budget=5']); "
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0
