"""The memory of the Rete engine over many firings, reloads and accounts, here and in a worker."""

import gc
from collections.abc import Iterator
from pathlib import Path

from benchmarks.signals import NOW, account, program
from scorewright.engines.durable.rete_engine import DurableEngine
from scorewright.engines.durable.rule_language import Of, Rule, RuleFact, RulePattern, RuleSign, RuleTest
from scorewright.engines.durable.ruleset import Box, Open, here
from scorewright.engines.workers import Workers

FIRINGS = 200_000
RELOADS = 500
ACCOUNTS = 10_000
KINDS = {"call": {"day": int}, "reply": {"day": int, "who": str}}
PAGE = 4096


def main() -> None:
    print("resident memory in MB, of this process or of the worker")
    print(f"  {'where':12}  {'what':28}  {'before':>7}  {'a quarter':>9}  {'half':>7}  {'after':>7}")
    _measure("this process", here, "self")
    workers = Workers(1)
    try:
        _measure("a worker", workers.open, str(workers.pids()[0]))
    finally:
        workers.close()


def _measure(where: str, run: Open, process: str) -> None:
    for what, steps in (
        (f"{FIRINGS:,} firings", _firing(run)),
        (f"{RELOADS} reloads of 60 rules", _reloading(run)),
        (f"{ACCOUNTS:,} accounts of 32 facts", _measuring(run)),
    ):
        megabytes = [_resident(process) for _ in steps]
        shown = (megabytes[0], megabytes[1], megabytes[2], megabytes[-1])
        print(f"  {where:12}  {what:28}  " + "  ".join(f"{mb:7.1f}" for mb in shown))


def _firing(run: Open) -> Iterator[None]:
    """Fire joins, absences and texts that are never the same."""
    box = Box(_rules(0), KINDS, run)
    for quarter in range(5):
        for n in range(FIRINGS // 4 if quarter else 2_000):
            box.fire(
                [RuleFact("call", {"day": n}), RuleFact("reply", {"day": n + n % 3, "who": f"{quarter} {n}"})]
            )
        yield
    box.close()


def _reloading(run: Open) -> Iterator[None]:
    for quarter in range(5):
        for n in range(RELOADS // 4 if quarter else 20):
            box = Box(_rules(n), KINDS, run)
            box.fire([RuleFact("call", {"day": n})])
        yield


def _measuring(run: Open) -> Iterator[None]:
    """Ask the signals of accounts, which are joins and absences, and break off at the first match."""
    engine = DurableEngine(program(), run)
    for quarter in range(5):
        for n in range(ACCOUNTS // 4 if quarter else 400):
            engine.measured(account(n, 34, healthy=n % 2 == 0), NOW)
        yield
    engine.close()


def _rules(number: int) -> list[Rule]:
    later = RuleTest("day", RuleSign.MORE_THAN, Of("call", "day"))
    named = RuleTest("who", RuleSign.SAME, "0 1")
    return [
        *(
            Rule(f"n{n}", (RulePattern("call", "call", (RuleTest("day", RuleSign.AT_LEAST, number + n),)),))
            for n in range(56)
        ),
        Rule("join", (RulePattern("call", "call"), RulePattern("reply", "reply", (later,)))),
        Rule("silent", (RulePattern("call", "call"), RulePattern("reply", "reply", (later,), absent=True))),
        Rule("named", (RulePattern("reply", "reply", (named,)),)),
    ]


def _resident(process: str) -> float:
    gc.collect()
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 2**20
