"""Signals decided by rules that fire: here and in a worker, of many facts, and none of them miscounted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.engine_errors import EngineFailedError, TooManyFactsError
from scorewright.engines.reference import ReferenceEngine
from scorewright.engines.workers import Workers
from scorewright.program.fact import DAY, Fact
from scorewright.program.program import Program
from scorewright.scoring.load import load_paths
from tests.engines import needs_durable
from tests.happened import NOW, book, fact
from tests.scorers.engines.durable.processes import run
from tests.written import Written

pytestmark = needs_durable

LATER: Written = {"all": [{"fact": "sent", "as": "sent"}, {"fact": "reply", "after": "sent"}]}
SAME: Written = {
    "all": [
        {"fact": "sent", "as": "sent"},
        {"fact": "reply", "where": {"thread": {"same_as": "sent.thread"}}, "after": "sent"},
    ]
}
ALONE: Written = {
    "all": [
        {"fact": "supply", "as": "main"},
        {
            "no": "supply",
            "where": {"product": {"same_as": "main.product"}, "provider": {"differs_from": "main.provider"}},
        },
    ]
}
BUSY: Written = {"when": {"count": "ping", "at_least": 3}}
QUIET: Written = {"when": {"no": "ping", "within": "7 days"}}


def agreed(program: Program, *facts: Fact) -> list[str]:
    """Name the signals that the rules find true, which must be those of the law."""
    engine = DurableEngine(program)
    found = engine.measured(facts, NOW)
    engine.close()
    assert found == ReferenceEngine(program).measured(facts, NOW)
    return list(found.signals)


def mails(count: int, gap: int) -> list[Fact]:
    sent = [fact("sent", n, f"s{n}", thread=f"{n}") for n in range(count)]
    return [*sent, *(fact("reply", n + gap, f"r{n}", thread=f"{n}") for n in range(count))]


def test_a_fact_that_is_joined_with_hundreds_is_no_miscount() -> None:
    assert agreed(book(LATER), *mails(300, 1_000)) == ["it"]
    assert agreed(book(LATER), *mails(300, -1_000)) == []


def test_a_join_of_thousands_of_facts_is_decided() -> None:
    assert agreed(book(SAME), *mails(1_000, 0)) == []
    assert agreed(book(SAME), *mails(1_000, 0), fact("reply", 5_000, thread="7")) == ["it"]


def test_one_fact_may_match_two_patterns_which_the_library_never_does() -> None:
    twice: Written = {"all": [{"fact": "ping", "as": "one"}, {"fact": "ping", "as": "two"}]}
    assert agreed(book(twice), fact("ping", 1)) == ["it"]


def test_more_signals_than_a_box_holds_are_all_decided() -> None:
    program = book(*({"id": f"s{n}", "when": {"count": "ping", "equals": n}} for n in range(130)))
    assert agreed(program, *(fact("ping", n) for n in range(77))) == ["s77"]


def test_an_absence_among_its_own_kind_is_judged_when_all_facts_are_there() -> None:
    pair = [fact("supply", n, product="p", provider=provider) for n, provider in enumerate("ab")]
    assert agreed(book(ALONE), *pair) == []
    assert agreed(book(ALONE), *pair[:1]) == ["it"]
    assert agreed(book(ALONE), *pair, fact("supply", 9, product="q", provider="a")) == ["it"]


def test_what_one_account_was_asked_is_not_known_of_the_next() -> None:
    engine = DurableEngine(book({"id": "same", **SAME}, {"id": "quiet", **QUIET}))
    sent, reply = fact("sent", 1, thread="a"), fact("reply", 2, thread="a")
    ping = fact("ping", NOW - 6 * DAY)
    asked = [((sent,), ["quiet"]), ((reply, ping), []), ((sent, reply), ["same", "quiet"]), ((), ["quiet"])]
    for facts, true in asked * 3:
        assert list(engine.measured(facts, NOW).signals) == true
    engine.close()


def test_too_many_ways_of_joining_facts_are_refused_and_the_signal_named() -> None:
    engine = DurableEngine(book({"id": "calm", **SAME}, {"id": "wide", **LATER}))
    assert list(engine.measured(mails(400, -1_000), NOW).signals) == []
    with pytest.raises(TooManyFactsError, match="the signal `wide` needs more than 250,000 ways") as refused:
        engine.measured(mails(600, -1_000), NOW)
    assert (refused.value.engine, refused.value.signal) == ("durable", "wide")
    assert list(engine.measured(mails(2, 1), NOW).signals) == ["calm", "wide"]
    engine.close()


def test_more_facts_than_the_library_tells_apart_are_refused() -> None:
    engine = DurableEngine(book(SAME))
    with pytest.raises(TooManyFactsError, match="more than 5,000 facts at once"):
        engine.measured(mails(2_501, 0), NOW)
    engine.close()


def test_facts_that_are_alike_to_the_rule_are_never_too_many() -> None:
    program = book(BUSY, {"id": "any", "when": {"fact": "sent"}})
    assert agreed(program, *(fact("ping", n) for n in range(6_000)), *mails(3_000, 0)) == ["it", "any"]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    started = Workers(1)
    yield started
    started.close()


def test_a_worker_decides_as_this_process_does(workers: Workers) -> None:
    program = book({"id": "same", **SAME}, {"id": "quiet", **QUIET}, {"id": "busy", **BUSY})
    engine, plain = DurableEngine(program, workers.open), ReferenceEngine(program)
    for facts in ([], mails(3, 0), mails(3, 1), [fact("ping", NOW - n) for n in range(3)]):
        assert engine.measured(facts, NOW) == plain.measured(facts, NOW)
    engine.close()
    with pytest.raises(EngineFailedError, match="closed"):
        engine.measured([], NOW)


WIDE: Written = {
    "all": [
        {"fact": "call", "as": "one"},
        {"fact": "call", "where": {"calls": {"at_least": 2, "times": "one.calls"}}, "after": "one"},
    ]
}


def test_memory_is_flat_over_accounts_and_over_programs() -> None:
    code = """
from tests.happened import NOW, book, fact
from tests.scorers.engines.durable.test_signal_rulesets import ALONE, BUSY, LATER, QUIET, SAME, WIDE, mails
from scorewright.engines.durable.rete_engine import DurableEngine

def resident():
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * 4096 // 1024

program = book(*({'id': f's{n}', **each} for n, each in enumerate([SAME, LATER, QUIET, ALONE, WIDE, BUSY])))

def ask(engine, times):
    for n in range(times):
        calls = [fact('call', m, calls=m + n % 3) for m in range(6)]
        supplies = [fact('supply', m, product=f'{n}', provider=f'{m % 3}') for m in range(6)]
        engine.measured([*mails(6, n % 2), *calls, *supplies], NOW)

def reload(times):
    for n in range(times):
        ask(DurableEngine(program), 1)

kept = DurableEngine(program)
for work, warm, times in ((lambda n: ask(kept, n), 200, 800), (reload, 50, 200)):
    work(warm)
    before = resident()
    work(times)
    print(resident() - before)
"""
    ended = run(code, seconds=120)
    assert ended.code == 0, ended.out
    assert all(int(grown) < 1_500 for grown in ended.out.split()), ended.out


def test_a_signal_that_is_refused_is_a_finding_at_its_place(tmp_path: Path) -> None:
    fields = "".join(f", f{n}: {{ type: number }}" for n in range(23))
    where = ", ".join(f"f{n}: {{ same_as: one.f{n} }}" for n in range(23))
    path = tmp_path / "wide.yaml"
    path.write_text(
        f"""rulebook: {{ id: wide, name: Wide, version: 1.0.0, owner: me }}
facts:
  row: {{ fields: {{ a: {{ type: text }}{fields} }} }}
signals:
  - {{ id: calm, when: {{ fact: row }} }}
  - id: twins
    all:
      - {{ fact: row, as: one }}
      - {{ fact: row, where: {{ {where} }} }}
inputs: {{ asked: {{ type: boolean }} }}
score: {{ out_of: 10, if_missing: no_points }}
criteria:
  - {{ id: asked, when: {{ input: asked, is: true }}, points: 5 }}
  - {{ id: alike, when: {{ any: [{{ signal: twins, is: true }}, {{ signal: calm, is: true }}] }}, points: 5 }}
bands: [{{ id: any, from: 0 }}]
"""
    )
    _, report = load_paths([path], engine="durable")
    found = [(d.span.line, d.message) for d in report.diagnostics if d.code == "durable-cannot-express"]
    why = "it compares one fact with others 23 times, at most 22"
    assert found == [(6, f"the engine `durable` cannot express this signal: {why}")]
