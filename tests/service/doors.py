"""One subject asked at every door: the command line's files and pages, and every call of the server."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from scorewright.catalog.catalog import load_catalog
from scorewright.client.client import Client
from tests.service.cli.calling import call
from tests.service.conftest import keeping

Json = dict[str, Any]


def answers(
    folder: Path, rulebook: str, inputs: Mapping[str, Any], as_of: date, engine: str = "compiled"
) -> Iterator[tuple[str, Json]]:
    """Give the answer of each door by its name; the numbers of all are compared as floats."""
    asked = (rulebook, "--rules", str(folder), "--as-of", str(as_of), "--engine", engine)
    yield from _files(asked, inputs)
    store, report = load_catalog(folder, engine)
    assert store is not None, report
    with TemporaryDirectory() as kept:
        own = {"database": f"sqlite:///{kept}/doors.db", "sweep_seconds": 0, "engine": engine}
        with keeping(store, **own) as served, Client(served.address, timeout=30) as client:
            yield from _calls(client, rulebook, inputs, as_of)


def _files(asked: Sequence[str], inputs: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    line = json.dumps({"subject_id": "s", "inputs": inputs}).encode()
    page = call("explain", *asked, "--file", "-", "--format", "json", stdin=line)
    yield "explain", json.loads(page.out)["answer"]
    scored = call("score", *asked, "--input-format", "jsonl", "--format", "jsonl", stdin=line)
    yield "JSON lines", json.loads(scored.out)["answer"]
    text = io.StringIO()
    known = {name: cell(value) for name, value in inputs.items() if value is not None}
    csv.writer(text).writerows([["subject_id", *known], ["s", *known.values()]])
    file = text.getvalue().encode()
    scored = call("score", *asked, "--input-format", "csv", "--format", "jsonl", stdin=file)
    yield "CSV", json.loads(scored.out)["answer"]


def cell(value: object) -> str:
    """Write an answer as a cell: items are parted by `;`, records stand in JSON."""
    if isinstance(value, list) and value and not isinstance(value[0], dict):
        return ";".join(map(cell, value))
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _calls(
    client: Client, rulebook: str, inputs: Mapping[str, Any], as_of: date
) -> Iterator[tuple[str, Json]]:
    (one,) = client.score(rulebook, inputs, subject="s", as_of=as_of)
    yield "Score", _json(one.raw)
    (slot,) = client.score_batch(rulebook, [("s", inputs)], as_of=as_of)
    yield "ScoreBatch", _json(slot.answers[0].raw)
    (response,) = client.score_stream(rulebook, [("s", inputs)], as_of=as_of)
    yield "ScoreStream", _json(response.answers[0].raw)
    (account,) = client.evaluate_account("s", rulebook, inputs=inputs, as_of=as_of)
    yield "EvaluateAccount", _json(account.answer.raw)


def _json(message: Message) -> Json:
    found = MessageToDict(message, preserving_proto_field_name=True)
    assert isinstance(found, dict)
    return found
