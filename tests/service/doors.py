"""One subject asked at every door: the command line's files and pages, and every call of the server."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from service.client import Ask, Client
from service.store import load_store
from tests.service.cli.calling import call
from tests.service.conftest import serving

Json = dict[str, Any]


def answers(
    folder: Path, rulebook: str, inputs: Mapping[str, Any], as_of: date
) -> Iterator[tuple[str, Json]]:
    """Give the answer of each door by its name; the numbers of all are compared as floats.

    A cell of a CSV file holds no list, so that a subject with one has no such door.
    """
    yield from _files(folder, rulebook, inputs, as_of)
    store, report = load_store(folder, "compiled")
    assert store is not None, report
    with serving(store) as served, Client(served.address, timeout=30) as client:
        ask = Ask(as_of)
        (one,) = client.score(rulebook, inputs, subject="s", ask=ask)
        yield "Score", _json(one)
        (slot,) = client.score_batch(rulebook, [("s", inputs)], ask=ask)
        yield "ScoreBatch", _json(slot.answers[0])
        (response,) = client.score_stream(rulebook, [("s", inputs)], ask=ask)
        yield "ScoreStream", _json(response.answers[0])


def _files(folder: Path, rulebook: str, inputs: Mapping[str, Any], as_of: date) -> Iterator[tuple[str, Json]]:
    line = json.dumps({"subject_id": "s", "inputs": inputs}).encode()
    asked = (rulebook, "--rules", folder, "--as-of", str(as_of))
    page = call("explain", *asked, "--file", "-", "--format", "json", stdin=line)
    yield "explain", json.loads(page.out)["answer"]
    scored = call("score", *asked, "--input-format", "jsonl", "--format", "jsonl", stdin=line)
    yield "JSON lines", json.loads(scored.out)["answer"]
    if any(isinstance(value, list) for value in inputs.values()):
        return
    text = io.StringIO()
    known = {name: value for name, value in inputs.items() if value is not None}
    csv.writer(text).writerows([["subject_id", *known], ["s", *known.values()]])
    file = text.getvalue().encode()
    scored = call("score", *asked, "--input-format", "csv", "--format", "jsonl", stdin=file)
    yield "CSV", json.loads(scored.out)["answer"]


def _json(message: Message) -> Json:
    found = MessageToDict(message, preserving_proto_field_name=True)
    assert isinstance(found, dict)
    return found
