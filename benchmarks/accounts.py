"""Accounts with a hundred events each: one evaluation, a sweep over them, and recording.

ACCOUNTS says how many there are (100,000), SWEPT how many of them are swept (5,000). Ten million events are a
file of about 2 GB in a temporary folder, and take some minutes to write.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import fmean, median
from time import perf_counter, process_time

import grpc

from benchmarks.accounts_data import EVENTS_OF_ONE, fill, name
from scorewright.accounts.evaluator import Evaluator
from scorewright.accounts.notifier import Notifier
from scorewright.accounts.reconciler import GROUP, Reconciler
from scorewright.catalog.catalog import Catalog, load_catalog
from scorewright.catalog.fact_kinds import earliest
from scorewright.client.client import Client
from scorewright.client.events import Event
from scorewright.requests.account_question import clock
from scorewright.rpc.process import prepare_process
from scorewright.rpc.server import start
from scorewright.runtime.settings import Settings
from scorewright.storage.account_index import AccountVersion
from scorewright.storage.repositories import Repositories
from scorewright.v1 import scorewright_pb2 as pb
from scorewright.v1 import scorewright_pb2_grpc as pb_grpc

RULEBOOK = "accounts"
RULES = Path(__file__).with_suffix(".yaml")
MAX_FACTS = 100_000

CPU = "cpu"

CALLS, RECORDED_CALLS, WARM = 2_000, 300, 200
RECORDED = 50_000
BYTES_AN_EVENT = 500
"""So much room there must be, with what SQLite writes ahead."""


def main() -> None:
    accounts, swept = int(os.environ.get("ACCOUNTS", "100000")), int(os.environ.get("SWEPT", "5000"))
    with tempfile.TemporaryDirectory(prefix="accounts-") as folder:
        free, needed = shutil.disk_usage(folder).free, accounts * EVENTS_OF_ONE * BYTES_AN_EVENT
        if free < needed:
            raise SystemExit(
                f"{folder} has {free / 1e9:.1f} GB free, and this may need {needed / 1e9:.1f} GB"
            )
        url = f"sqlite:///{folder}/accounts.db"
        kept = Repositories.at(url)
        try:
            print(written(kept, accounts, Path(folder)))
            with served(url) as (address, cpu), Client(address, timeout=600) as client:
                print(evaluations(client, cpu, kept, Random(1).sample(range(accounts), min(accounts, CALLS))))
                print(sweeps(kept, min(accounts, swept), accounts))
                print(swept_by_call(address, accounts, min(accounts, swept)))
                print(recording(client, accounts))
        finally:
            kept.database.close()


def store() -> Catalog:
    found, report = load_catalog(RULES, "compiled")
    assert found is not None, report
    return found


def run(connection: Connection, url: str) -> None:
    """Serve until told to stop; nothing is evaluated but what is asked for."""
    settings = Settings(port=0, rules=RULES, database=url, background=False, sweep_seconds=0)
    running = start(store(), settings)
    prepare_process()
    connection.send(running.port)
    while connection.recv() == CPU:
        connection.send(process_time())
    running.drain(0)


@contextmanager
def served(url: str) -> Iterator[tuple[str, Callable[[], float]]]:
    """Start the server in another process, and give its address, and what CPU time it has used."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=run, args=(there, url))
    process.start()

    def cpu() -> float:
        here.send(CPU)
        return float(here.recv())

    try:
        yield f"127.0.0.1:{here.recv()}", cpu
    finally:
        here.send("stop")
        process.join(20)


def written(kept: Repositories, accounts: int, folder: Path) -> str:
    begun = perf_counter()
    fill(kept.database, accounts, clock())
    took, events = perf_counter() - begun, accounts * EVENTS_OF_ONE
    size = sum(file.stat().st_size for file in folder.iterdir())
    return (
        f"{accounts:,} accounts, {events:,} events: {size / 1e9:.2f} GB, {size / events:.0f} bytes an event, "
        f"written in {took:.0f} s\n"
    )


def evaluations(client: Client, cpu: Callable[[], float], kept: Repositories, numbers: Sequence[int]) -> str:
    """Ask about accounts one by one, and read the same facts from the database alone, by turns first."""
    program = store().find([RULEBOOK])[0].program
    found = []

    def read(account: str) -> None:
        moment = clock()
        found.append(len(kept.events.of(account, earliest([program], moment), moment, limit=MAX_FACTS + 1)))

    def evaluate(account: str) -> None:
        client.evaluate_account(account, RULEBOOK)

    def record(account: str) -> None:
        client.evaluate_account(account, RULEBOOK, record=True)

    names = [name(number) for number in numbers]
    for account in names[:WARM]:
        read(account)
        evaluate(account)
    before = cpu()
    pairs = [_pair(read, evaluate, account, number % 2) for number, account in enumerate(names)]
    server = (cpu() - before) / len(names)
    alone, evaluated = ([pair[side] for pair in pairs] for side in (0, 1))
    above = [(whole[0] - part[0], whole[1] - part[1]) for part, whole in pairs]
    recorded = [_spent(record, account) for account in names[:RECORDED_CALLS]]
    lines = [
        f"one account, {len(names):,} calls, {median(found):.0f} facts read"
        + " " * 22
        + "p50      p99   CPU ms",
        _quantiles("EvaluateAccount, server and client on loopback", evaluated, server),
        _quantiles("the same read of the database, alone", alone),
        _quantiles("the difference, pair by pair", above, server),
        _quantiles(f"EvaluateAccount with `record`, {len(recorded)} calls", recorded),
        f"  CPU of both processes, {1e3 * server:.2f} ms the server's; with `record` the client's alone",
    ]
    return "\n".join([*lines, ""])


Spent = tuple[float, float]
"""Seconds by the clock, and of this process's CPU."""


def _pair(
    read: Callable[[str], None], evaluate: Callable[[str], None], account: str, turn: int
) -> tuple[Spent, Spent]:
    if turn:
        return _spent(read, account), _spent(evaluate, account)
    evaluated = _spent(evaluate, account)
    return _spent(read, account), evaluated


def _spent(call: Callable[[str], None], account: str) -> Spent:
    begun, cpu = perf_counter(), process_time()
    call(account)
    return perf_counter() - begun, process_time() - cpu


def _quantiles(what: str, spent: Sequence[Spent], server: float = 0) -> str:
    ordered = sorted(wall for wall, _ in spent)
    p50, p99 = (1e3 * ordered[int(len(ordered) * part)] for part in (0.5, 0.99))
    cpu = 1e3 * (server + fmean(own for _, own in spent))
    return f"  {what:50} {p50:8.2f} {p99:8.2f} {cpu:8.2f}"


def sweeps(kept: Repositories, swept: int, accounts: int) -> str:
    """Settle hundreds of accounts by turns in one group, and each alone, in the process of the benchmark."""
    books = store()
    reconciler = Reconciler(books, kept, Evaluator(books, kept, MAX_FACTS), Notifier())
    page = kept.accounts.after("", swept)
    hundreds = [page[begin : begin + GROUP] for begin in range(0, len(page), GROUP)]
    lines = [
        f"{len(page):,} accounts settled in one process         ms each   alone   in groups, times as fast"
    ]
    for which in ("where actions open", "where nothing changes"):
        opened = 0
        spent: tuple[list[float], list[float]] = ([], [])
        for number, hundred in enumerate(hundreds):
            begun = perf_counter()
            opened += _settle(reconciler, hundred, GROUP if number % 2 else 1)
            spent[number % 2].append((perf_counter() - begun) / len(hundred))
        alone, grouped = map(median, spent)
        ratio = median(one / other for one, other in zip(*spent, strict=False))
        lines.append(f"  {which}: {opened} opened {1e3 * grouped:20.2f} {1e3 * alone:9.2f} {ratio:12.2f}")
    return "\n".join([*lines, ""])


def _settle(reconciler: Reconciler, accounts: Sequence[AccountVersion], size: int) -> int:
    opened, left = 0, list(accounts)
    while left:
        found = reconciler.settle(left[:size])
        opened += found.opened
        left = left[found.accounts :]
    return opened


def swept_by_call(address: str, accounts: int, swept: int) -> str:
    """Let the server sweep other accounts, and tell how long all of them would take at that speed."""
    lines = ["SweepAccounts through the server              accounts a second   all of them (extrapolated)"]
    with grpc.insecure_channel(address) as channel:
        signals = pb_grpc.SignalServiceStub(channel)
        after = name(min(swept, accounts - swept) - 1) if accounts > swept else ""
        for which in ("where actions open", "where nothing changes"):
            request = pb.SweepAccountsRequest(after_account=after, max_accounts=swept)
            begun = perf_counter()
            found = signals.SweepAccounts(request, timeout=600)
            speed = found.accounts / (perf_counter() - begun)
            what = f"{which}: {found.accounts:,} swept, {found.opened:,} opened"
            lines.append(f"  {what:50} {speed:10,.0f} {accounts / speed / 60:16.1f} min")
    return "\n".join([*lines, ""])


def recording(client: Client, accounts: int) -> str:
    """Record events of accounts here and there, 1,000 a call, each kept before its answer."""
    chance, now = Random(2), datetime.now(UTC)
    events = [
        Event(
            name(chance.randrange(accounts)),
            f"r{number}",
            "api_call",
            now - timedelta(seconds=chance.randrange(86_400)),
            {"calls": 3},
        )
        for number in range(RECORDED)
    ]
    begun = perf_counter()
    told = client.record_events(events)
    speed = told.recorded / (perf_counter() - begun)
    assert told.recorded == RECORDED
    return f"recording through the client: {speed:,.0f} events a second, {RECORDED:,} of them\n"


if __name__ == "__main__":
    main()
