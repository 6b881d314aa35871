"""Signals and measures in words."""

import pytest

from scorewright.program.fact import DAY
from scorewright.program.program import Program
from scorewright.program.signal_phrasing import age_text, assertion_text, measure_text, signal_lines
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source

TEXT = """
rulebook: { id: words, name: Words, version: 1.0.0, owner: me }
facts:
  call: { fields: { calls: { type: count } } }
  outreach: { fields: { thread: { type: text } } }
  reply: { fields: { thread: { type: text } } }
  week: { key: [week], fields: { week: { type: date }, actual: { type: number }, forecast: { type: number } } }
  risk: { fields: { cause: { type: choice, options: [silence, volume] } } }
signals:
  - { id: quiet, when: { no: call, within: 7 days }, then: { facts: [{ fact: risk, fields: { cause: silence } }] } }
  - { id: busy, when: { total: call, field: calls, within: 36 hours, ending: 30 days, more_than: 1000 } }
  - { id: run, when: { streak: week, where: { actual: { at_least: 1, times: forecast } }, at_least: 3 } }
  - { id: some, when: { count: risk, where: { cause: { one_of: [silence, volume] } }, between: [1, 3] } }
  - id: unanswered
    all:
      - { fact: outreach, as: sent, older_than: 14 days }
      - { no: reply, where: { thread: { same_as: sent.thread } }, after: sent }
  - id: dropped
    all:
      - { fact: week, as: before }
      - { fact: week, where: { actual: { at_most: 0.7, times: before.actual }, forecast: { equals: -1, above: before.forecast } } }
  - { id: old, when: { fact: week, where: { week: { days_ago_at_least: 7 } } } }
inputs:
  days: { type: number, min: 0, measured: { days_since: call } }
  last: { type: count, measured: { latest: call, field: calls } }
  threads: { type: list, of: text, measured: { every: outreach, field: thread } }
score: { method: count, of: triggers, out_of: 1 }
bands: [{ id: any, from: 0 }]
triggers: [{ id: dark, when: { all: [{ signal: quiet, is: true }, { input: days, at_least: 7 }] } }]
"""  # noqa: E501 -- a rulebook as analysts write it

SIGNALS = {
    "quiet": ["no call, within 7 days"],
    "busy": ["(total of calls of call, 30 days to 756 hours ago) > 1000"],
    "run": ["(streak of week where actual >= forecast) >= 3"],
    "some": ["(number of risk where cause is one of silence, volume) between 1 and 3"],
    "unanswered": [
        "outreach, older than 14 days (as sent)",
        "no reply where thread is the same as sent.thread, after sent",
    ],
    "dropped": [
        "week (as before)",
        "week where actual <= 0.7 x before.actual and forecast = before.forecast - 1",
    ],
    "old": ["week where week at least 7 days ago"],
}
MEASURES = {
    "days": "days since the last call",
    "last": "calls of the last call",
    "threads": "thread of every outreach",
}


@pytest.fixture(scope="module")
def program() -> Program:
    source, _ = Source.decode("words.yaml", TEXT.encode())
    assert source is not None
    loaded, report = load_source(source)
    assert loaded is not None, report
    return loaded.program


def test_every_signal_reads_as_it_is_meant(program: Program) -> None:
    assert {signal.id: list(signal_lines(signal)) for signal in program.signals} == SIGNALS


def test_every_measure_reads_as_it_is_meant(program: Program) -> None:
    measured = {item.name: measure_text(item.measure) for item in program.inputs if item.measure}
    assert measured == MEASURES


def test_what_follows_is_written_with_its_fields(program: Program) -> None:
    (quiet,) = (signal for signal in program.signals if signal.id == "quiet")
    assert list(map(assertion_text, quiet.asserts)) == ["risk: cause is silence"]


@pytest.mark.parametrize(
    ("age", "words"),
    [(DAY, "1 day"), (14 * DAY, "14 days"), (DAY // 24, "1 hour"), (DAY // 1440 * 90, "90 minutes")],
)
def test_a_time_is_written_in_its_largest_whole_unit(age: int, words: str) -> None:
    assert age_text(age) == words
