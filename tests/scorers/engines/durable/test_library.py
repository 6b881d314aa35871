"""Why the box is as it is: what durable-rules does without each of its rules.

Where one of these fails after an upgrade, the library has changed, and a rule may go.
"""

import signal

import pytest

from tests.engines import needs_durable
from tests.scorers.engines.durable.processes import HUNG, run

pytestmark = needs_durable

RAW = """
import json
import durable_rules_engine as library

def make(rules):
    warm = {'w': {'all': [{'m': {'$and': [{'k': 0}]}}]}}
    return library.create_ruleset('r', json.dumps({**warm, **rules}))

def put(handle, fact, sid='s', id='f'):
    code, state = library.assert_fact(handle, json.dumps({'sid': sid, 'id': id, 'one': 1, **fact}))
    started = library.start_action_for_state(handle, state)
    fired = started[1] if started else None
    count = 0
    while fired:
        count += 1
        fired = library.complete_and_start_action(handle, state)
    return count

def warmed(rules):
    handle = make(rules)
    put(handle, {'k': 0})
    library.delete_state(handle, 's')
    return handle

def one(*tests):
    return {'all': [{'m': {'$and': [{'k': 1}, *tests]}}]}

def two(*tests, alias='b'):
    return {'all': [{'a': {'$and': [{'k': 1}]}}, {alias: {'$and': [{'k': 2}, *tests]}}]}
"""

CRASHES = {
    "a state deleted before any rule fired": (
        "h = make({'r': one({'x': 1})}); put(h, {'k': 1}); library.delete_state(h, 's')",
        signal.SIGSEGV,
    ),
    "the 1,025th sid, on its second use": (
        """
h = make({'r': one()})
for n in range(1030):
    try:
        put(h, {'k': 1}, sid=str(n))
    except MemoryError:
        put(h, {'k': 1}, sid=str(n))
""",
        signal.SIGSEGV,
    ),
    "facts compared, the last comparison false": (
        "h = warmed({'r': two({'$gte': {'t': {'a': 't'}}})})\n"
        "put(h, {'k': 1, 't': 5}, id='a'); put(h, {'k': 2, 't': 3}, id='b')",
        signal.SIGSEGV,
    ),
    "a division by a fact's 0": (
        "h = warmed({'r': two({'t': {'$div': {'$l': {'a': 't'}, '$r': {'a': 'u'}}}})})\n"
        "put(h, {'k': 1, 't': 5, 'u': 0}, id='a'); put(h, {'k': 2, 't': 3}, id='b')",
        signal.SIGFPE,
    ),
}


@pytest.mark.parametrize("name", CRASHES)
def test_the_process_ends(name: str) -> None:
    code, how = CRASHES[name]
    assert run(f"{RAW}\n{code}").code == -how


ANSWERS = {
    "a tail after the comparison keeps it alive": (
        "h = warmed({'r': two({'$gte': {'t': {'a': 't'}}}, {'one': {'a': 'one'}})})\n"
        "put(h, {'k': 1, 't': 5}, id='a')\n"
        "print(put(h, {'k': 2, 't': 3}, id='b'), put(h, {'k': 2, 't': 6}, id='c'))",
        "0 1",
    ),
    "a fact stays, and matches what comes next": (
        "h = warmed({'r': two()}); put(h, {'k': 1}, id='a')\n"
        "print(put(h, {'k': 2}, id='b'), put(h, {'k': 2}, id='c'))",
        "1 1",
    ),
    "`or` fires once for each true part": (
        "h = warmed({'r': one({'$or': [{'x': 1}, {'y': 1}]})}); print(put(h, {'k': 1, 'x': 1, 'y': 1}))",
        "2",
    ),
    "a pattern without tests matches the library's own facts": (
        "h = warmed({'r': {'all': [{'m': {'$and': []}}]}}); print(put(h, {'k': 1}))",
        "2",
    ),
    "an empty text equals 5": (
        "h = warmed({'r': one({'x': 5})}); print(put(h, {'k': 1, 'x': ''}))",
        "1",
    ),
    "an absence that is not last is not withdrawn": (
        "h = warmed({'r': {'all': [{'a': {'$and': [{'k': 1}]}}, {'b$not': {'$and': [{'k': 2}]}},"
        " {'c': {'$and': [{'k': 3}]}}]}})\n"
        "put(h, {'k': 1}, id='a'); put(h, {'k': 2}, id='b'); print(put(h, {'k': 3}, id='c'))",
        "1",
    ),
    "an absence fires before what would withdraw it is there": (
        "h = warmed({'r': two(alias='b$not')}); print(put(h, {'k': 1}, id='a'), put(h, {'k': 2}, id='b'))",
        "1 0",
    ),
    "a fact is joined with any number of others at once": (
        "h = warmed({'r': two()}); [put(h, {'k': 1}, id=f'a{n}') for n in range(500)]\n"
        "print(put(h, {'k': 2}, id='b'))",
        "500",
    ),
    "two patterns never match one fact": (
        "h = warmed({'r': {'all': [{'a': {'$and': [{'k': 1}]}}, {'b': {'$and': [{'k': 1}]}}]}})\n"
        "print(put(h, {'k': 1}, id='a'), put(h, {'k': 1}, id='b'))",
        "0 2",
    ),
    "a second fact of one id is passed over": (
        "h = warmed({'r': one()}); print(put(h, {'k': 1}, id='a'), put(h, {'k': 1}, id='a'))",
        "1 0",
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_odd(name: str) -> None:
    code, printed = ANSWERS[name]
    ended = run(f"{RAW}\n{code}")
    assert (ended.code, ended.out) == (0, printed)


ERRORS = {
    "65 rules match one fact": (
        "h = warmed({f'r{n}': one({f'x{n}': 1}) for n in range(65)})\n"
        "put(h, {'k': 1, **{f'x{n}': 1 for n in range(65)}})",
        303,
    ),
    "256 fields": ("h = warmed({'r': one()}); put(h, {'k': 1, **{f'x{n}': 1 for n in range(256)}})", 302),
    "a float written with an exponent": ("h = warmed({'r': one()}); put(h, {'k': 1, 'x': 1e-7})", 204),
    "a join reads a field that is not there": (
        "h = warmed({'r': two({'$gte': {'t': {'a': 't'}}}, {'one': {'a': 'one'}})})\n"
        "put(h, {'k': 1}, id='a'); put(h, {'k': 2, 't': 3}, id='b')",
        311,
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_the_fact_is_refused(name: str) -> None:
    code, number = ERRORS[name]
    ended = run(f"{RAW}\n{code}")
    assert ended.code == 1
    assert ended.out.endswith(f"error code: {number}")


def test_512_conditions_on_one_field_hang() -> None:
    assert run(f"{RAW}\nmake({{f'r{{n}}': one({{'x': n}}) for n in range(600)}})", seconds=2).code == HUNG


def test_rules_that_are_let_go_stay_in_memory_until_their_handle_is_deleted() -> None:
    grown = {}
    for name, after in (("let go", ""), ("deleted", "; library.delete_ruleset(h)")):
        code = (
            "for n in range(200):\n"
            f"    h = make({{f'r{{i}}': one({{f'x{{i}}': 1}}) for i in range(60)}}){after}\n"
            "print(int(open('/proc/self/statm').read().split()[1]) * 4096 // 2**20)"
        )
        grown[name] = int(run(f"{RAW}\n{code}").out)
    assert grown["let go"] > grown["deleted"] + 50
