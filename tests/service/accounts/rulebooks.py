"""The rulebooks of these tests: one of silence and volume, and one of visits."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scorewright.catalog.catalog import Catalog, load_catalog

QUIET = """\
rulebook: { id: quiet, name: Quiet accounts, version: 1.0.0, owner: me }
facts:
  api_call: { label: API calls, fields: { calls: { type: count } } }
  outreach: { fields: { thread: { type: text } } }
  reply: { fields: { thread: { type: text } } }
  volume:
    key: [month]
    fields: { month: { type: integer, min: 0, max: 100000 }, amount: { type: number, min: 0 } }
  at_risk: { fields: { cause: { type: choice, options: [silence, volume] } } }
signals:
  - id: gone_quiet
    label: No API call for 7 days
    when: { no: api_call, within: 7 days }
    then: { facts: [{ fact: at_risk, fields: { cause: silence } }] }
  - id: no_reply_14d
    all:
      - { fact: outreach, as: sent, older_than: 14 days }
      - { no: reply, where: { thread: { same_as: sent.thread } }, after: sent }
  - id: volume_drop
    all:
      - { fact: volume, as: before }
      - fact: volume
        where:
          month: { equals: 1, above: before.month }
          amount: { at_most: 0.7, times: before.amount }
  - { id: endangered, when: { fact: at_risk } }
inputs:
  days_since_call: { type: number, min: 0, max: 3650, measured: { days_since: api_call } }
score: { method: count, of: triggers, out_of: 3 }
bands:
  - { id: bad, from: 1 }
  - { id: good, from: 0 }
triggers:
  - id: dark
    when: { any: [{ signal: no_reply_14d, is: true }, { signal: volume_drop, is: true }] }
    actions: [escalate]
  - { id: silent, when: { input: days_since_call, at_least: 7 }, actions: [call] }
  - { id: risk, when: { signal: endangered, is: true } }
actions:
  call: { do: Call, owner: csm, due: same day, channel: phone, priority: 2 }
  escalate: { do: Escalate, owner: ceo, due: same day, then: { actions: [inform] } }
  inform: { do: Inform the board, owner: ceo, due: 2 business days }
"""

KEEN = """\
rulebook: { id: keen, name: Keen accounts, version: 1.0.0, owner: me }
facts:
  visit: { fields: { page: { type: text } } }
signals:
  - id: returning
    when: { count: visit, where: { page: { is: pricing } }, within: 30 days, at_least: 3 }
inputs:
  visits: { type: count, max: 5, measured: { count: visit, within: 30 days } }
score: { method: count, of: triggers, out_of: 1 }
bands:
  - { id: warm, from: 1 }
  - { id: cold, from: 0 }
triggers:
  - id: pricing
    when: { all: [{ signal: returning, is: true }, { input: visits, at_least: 3 }] }
    actions: [offer]
actions:
  offer: { do: Make an offer, owner: sales, due: 2 business days }
"""

RULEBOOKS: Mapping[str, str] = {"quiet": QUIET, "keen": KEEN}


def write(folder: Path, rulebooks: Mapping[str, str] = RULEBOOKS) -> Path:
    """Write rulebooks into a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in rulebooks.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@cache
def store_in(folder: Path, engine: str = "compiled") -> Catalog:
    """Load a folder once."""
    store, report = load_catalog(folder, engine)
    assert store is not None, report
    return store
