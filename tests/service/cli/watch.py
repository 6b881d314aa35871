"""A small rulebook over facts, and what happened to one client."""

import json
from pathlib import Path

BOOK = """\
rulebook: { id: watch, name: Watch, version: 1.0.0, owner: cpo }

facts:
  api_call: { label: API calls, fields: { calls: { type: count, max: 1000000 } } }
  outreach: { fields: { thread: { type: text } } }
  reply: { fields: { thread: { type: text } } }
  note: { fields: { thread: { type: text } } }
  week: { key: [week], fields: { week: { type: date }, actual: { type: number, min: 0 } } }
  at_risk: { fields: { cause: { type: choice, options: [silence, volume] } } }

signals:
  - id: quiet
    label: No API call for 7 days
    when: { no: api_call, within: 7 days }
    then: { facts: [{ fact: at_risk, fields: { cause: silence } }] }
  - id: no_reply
    label: No reply for 14 days
    all:
      - { fact: outreach, as: sent, older_than: 14 days }
      - { no: reply, where: { thread: { same_as: sent.thread } }, after: sent }
  - { id: busy, label: Busy, when: { count: api_call, within: 30 days, at_least: 2 } }
  - { id: endangered, when: { fact: at_risk }, then: { actions: [call] } }

inputs:
  days: { type: number, unit: days, min: 0, max: 3650, measured: { days_since: api_call } }
  replied: { type: number, unit: days, min: 0, max: 3650, measured: { days_since: reply } }
  weeks: { type: list, fields: { actual: { type: number, min: 0 } }, measured: { every: week } }
  threads: { type: list, of: text, measured: { every: outreach, field: thread } }

score: { method: count, of: triggers, out_of: 3 }

bands:
  - { id: bad, from: 1 }
  - { id: fine, from: 0 }

triggers:
  - { id: silent, label: Silent, when: { signal: quiet, is: true } }
  - { id: dark, label: Dark, when: { signal: no_reply, is: true } }
  - { id: late, label: Late, when: { input: replied, at_least: 30 } }

actions:
  call:
    do: Call
    owner: sales
    due: same day
    then: { actions: [inform], facts: [{ fact: note, fields: { thread: internal } }] }
  inform: { do: Inform the board, owner: ceo, due: 1 week }
"""

FACTS: list[dict[str, object]] = [
    {"fact": "api_call", "at": "2026-01-24T12:00:00+02:00", "calls": 12, "id": "evt-1"},
    {"fact": "outreach", "at": "2026-01-10T09:30:12.5Z", "thread": "renewal"},
    {"fact": "week", "at": "2026-01-12", "week": "2026-01-05", "actual": 1.5},
]
LINES = "".join(f"{json.dumps(fact)}\n" for fact in FACTS).encode()


def write(folder: Path) -> Path:
    """Write the rulebook to a folder."""
    path = folder / "watch.yaml"
    path.write_text(BOOK)
    return path
