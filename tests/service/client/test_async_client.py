"""The client for asyncio: the same calls, answers and errors as those of the other."""

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scorewright.client.async_client import AsyncClient
from scorewright.client.client import Client
from scorewright.client.errors import InvalidRequestError, ScorewrightError, UnavailableError
from scorewright.client.events import Event
from tests.service.conftest import Served, keeping

BANT = {"budget": 5, "authority": 4, "need": 3, "timeline": 3.5}


def run(address: str, calls: Callable[[AsyncClient], Coroutine[Any, Any, Any]]) -> Any:
    async def whole() -> Any:
        async with AsyncClient(address, timeout=30) as client:
            return await calls(client)

    return asyncio.run(whole())


def public(kind: type) -> dict[str, list[str]]:
    return {
        name: list(inspect.signature(method).parameters)
        for name, method in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_") or name == "__init__"
    }


def test_both_clients_have_the_same_calls_with_the_same_options() -> None:
    assert public(AsyncClient) == public(Client)


def test_answers_are_those_of_the_other_client(served: Served, client: Client) -> None:
    day = date(2026, 1, 31)
    many = [("a", BANT), ("b", {**BANT, "need": 9})]

    async def calls(other: AsyncClient) -> None:
        assert await other.score("bant_20", BANT, as_of=day) == client.score("bant_20", BANT, as_of=day)
        batch = await other.score_batch("bant_20", many, as_of=day)
        assert batch == client.score_batch("bant_20", many, as_of=day)
        stream = [one async for one in other.score_stream("bant_20", many, as_of=day)]
        assert stream == list(client.score_stream("bant_20", many, as_of=day))
        assert await other.list_rulebooks() == client.list_rulebooks()
        assert await other.get_rulebook("bant_20") == client.get_rulebook("bant_20")
        assert await other.check_rulebook("a: [") == client.check_rulebook("a: [")
        assert await other.get_status() == client.get_status()
        several = await asyncio.gather(*(other.score("bant_20", BANT) for _ in range(50)))
        assert len({answers[0].total for answers in several}) == 1

    run(served.address, calls)


def test_errors_are_those_of_the_other_client(served: Served) -> None:
    async def calls(client: AsyncClient) -> None:
        with pytest.raises(InvalidRequestError) as caught:
            await client.score("bant_20", {"budget": 6, "need": "x"})
        assert [problem.where for problem in caught.value.problems] == ["inputs.budget", "inputs.need"]
        with pytest.raises(InvalidRequestError, match=r"inputs\.need"):
            [one async for one in client.score_stream("bant_20", [("a", BANT), ("b", {"need": {1}})])]
        await client.close()
        with pytest.raises(ScorewrightError, match="closed"):
            await client.score("bant_20", BANT)

    run(served.address, calls)


def test_a_server_that_is_not_there_is_said_in_time() -> None:
    async def calls(client: AsyncClient) -> None:
        with pytest.raises(UnavailableError):
            await client.score("bant_20", BANT, timeout=0.5)

    run("127.0.0.1:1", calls)


def test_events_accounts_and_changes(tmp_path: Any) -> None:
    now = datetime.now(UTC)

    async def calls(client: AsyncClient) -> None:
        found = await client.record_events([Event("acme", "e", "visit", now, {"page": "pricing"})])
        assert (found.recorded, found.refused) == (1, 0)
        (answer,) = await client.evaluate_account("acme", "account_watch")
        assert answer.answer.rulebook == "account_watch"
        changes = [change async for change in client.watch_actions()]
        assert [change.cursor for change in changes] == sorted(change.cursor for change in changes)
        assert (await client.sweep_accounts()).accounts >= 1

    with keeping(database=f"sqlite:///{tmp_path}/one.db", sweep_seconds=0) as served:
        run(served.address, calls)
