"""The blocks beside criteria and bands: lists, values, actions, signals."""

from benchmarks.hostile.write import book, booleans, criteria, filled, joined, near, numbers, section
from scorewright.rulebook.source import MAX_BYTES


def disqualifiers_and_triggers() -> str:
    def condition(n: int) -> str:
        return joined(f"{{ input: i{(k + n) % 60}, at_least: {k} }}" for k in range(10))

    return book(
        numbers(60),
        criteria(["when: { input: i0, more_than: 3 }, points: 1"]),
        section(
            "disqualifiers",
            (f"- {{ id: d{n}, band: low, when: {{ all: [{condition(n)}] }} }}" for n in range(490)),
        ),
        section(
            "triggers",
            (f"- {{ id: t{n}, when: {{ any: [{condition(n)}] }}, severity: info }}" for n in range(490)),
        ),
    )


def flags_and_lists() -> str:
    items = (
        f"- {{ id: x{n}, when: {{ all: [{joined(f'{{ input: i{(k + n) % 60}, at_least: {k} }}' for k in range(9))}] }}, unless: {{ input: i{n % 60}, known: false }} }}"
        for n in range(490)
    )
    named = "lists:\n  - id: all\n    items:\n" + "".join(f"      {item}\n" for item in items)
    flags = section(
        "flags",
        (
            f"- {{ id: f{n}, when: {{ any: [{{ list: all, at_least: {n} }}, {{ input: i{n % 60}, at_least: {n} }}] }} }}"
            for n in range(490)
        ),
    )
    return book(numbers(60), named, flags, score="method: count, of: all, out_of: 490")


def value_chains() -> str:
    chain = (f"v{n}: {{ add: [v{n - 1}, i{n}] }}" if n else "v0: { add: [i0, 1] }" for n in range(490))
    return book(
        numbers(490),
        section("values", chain),
        criteria(f"when: {{ input: i{n}, at_least: 1 }}, points: 1" for n in range(100)),
        section("flags", (f"- {{ id: f{n}, when: {{ value: v{n}, at_least: {n} }} }}" for n in range(490))),
    )


def values_crossed() -> str:
    values = (
        f"v{n}: {{ multiply: [{joined([f'v{k}' for k in range(max(n - 24, 0), n)] + ['i0', 'i1'])}] }}"
        for n in range(490)
    )
    return book(
        numbers(2, "min: -9, max: 9"),
        section("values", values),
        bands="bands:\n  - { id: low, from: 0 }\n",
        score="method: value, of: v9",
    )


def placeholders() -> str:
    text = " ".join(f"{{inputs.i{k}}}" for k in range(60))
    wrong = " ".join(f"{{inputs.{near('i', k, 'cdcd')[:60]}}}" for k in range(50))
    actions = section(
        "actions",
        filled(
            lambda n: f'a{n}: {{ do: x, owner: o, due: 1 week, reason: "{text if n % 2 else wrong}" }}',
            500,
            MAX_BYTES - 90000,
        ),
    )
    declared = section(
        "inputs",
        [
            *(f"i{n}: {{ type: boolean }}" for n in range(60)),
            *(f"{near('i', n)[:60]}: {{ type: boolean }}" for n in range(400)),
        ],
    )
    return book(declared, actions)


def braces() -> str:
    return book(
        booleans(1),
        section(
            "actions",
            filled(
                lambda n: f"a{n}: {{ do: x, owner: o, due: 1 week, reason: '{'{' * 1900}{'}' * 1900}' }}", 500
            ),
        ),
    )


def accepted() -> str:
    entries = filled(
        lambda n: (
            f"- {{ check: {'band-without-action' if n % 2 else 'no-such-check'}, at: {near('x', n)}, because: no }}"
        ),
        500,
    )
    bands = section("bands", (f"- {{ id: {near('b', n)}, from: {499 - n} }}" for n in range(480)))
    return book(
        booleans(1),
        criteria(["when: { input: i0, is: true }, points: 1"]),
        section("accepted", entries),
        bands=bands,
    )


def actions_in_a_ring() -> str:
    return book(
        booleans(1),
        criteria(["when: { input: i0, is: true }, points: 1"]),
        section(
            "actions",
            (
                f"a{n}: {{ do: x, owner: o, due: 1 week, otherwise: a{(n + 1) % 490}, only_if: {{ input: i0, is: true }} }}"
                for n in range(490)
            ),
        ),
    )


def actions_everywhere() -> str:
    ids = joined(f"a{n}" for n in range(490))
    return book(
        booleans(490),
        criteria(
            filled(
                lambda n: (
                    f"when: {{ input: i{n}, is: true }}, points: 1, recommend: [{{ at_least: 1, actions: [{ids}] }}]"
                ),
                120,
            )
        ),
        section("actions", (f"a{n}: {{ do: x, owner: o, due: 1 week }}" for n in range(490))),
    )


def signals() -> str:
    facts = section(
        "facts",
        (
            f"k{n}: {{ fields: {{ {joined(f'f{k}: {{ type: integer, min: 0, max: 9 }}' for k in range(20))} }} }}"
            for n in range(60)
        ),
    )

    def lines(n: int) -> str:
        return joined(
            f"{{ fact: k{(n + k) % 60}, as: x{k}, where: {{ f{k}: {{ at_least: {k} }}, f{k + 1}: {{ same_as: f{k + 2} }} }} }}"
            for k in range(15)
        )

    return book(
        facts,
        section("signals", filled(lambda n: f"- {{ id: s{n}, all: [{lines(n)}] }}", 300, 380000)),
        booleans(1),
        criteria(["when: { input: i0, is: true }, points: 1"]),
    )


def facts_in_a_chain() -> str:
    facts = section("facts", (f"k{n}: {{}}" for n in range(480)))
    links = section(
        "signals",
        (
            f"- {{ id: s{n}, when: {{ fact: k{n} }}, then: {{ facts: [{joined(f'{{ fact: k{(n + j) % 480} }}' for j in range(1, 20))}] }} }}"
            for n in range(479)
        ),
    )
    return book(facts, links, booleans(1), criteria(["when: { input: i0, is: true }, points: 1"]))


def measured() -> str:
    facts = section("facts", ["k: { fields: { n: { type: integer, min: 0, max: 100 }, w: { type: text } } }"])
    where = joined(f"{{ n: {{ at_least: {k} }} }}" for k in range(1))[1:-1]
    declared = section(
        "inputs",
        (
            f"i{n}: {{ type: count, max: 1000, measured: {{ count: k, where: {{{where}}}, within: {n + 1} days }} }}"
            for n in range(490)
        ),
    )
    return book(
        facts,
        declared,
        criteria(
            filled(
                lambda n: (
                    f"when: {{ any: [{joined(f'{{ input: i{(n + k) % 490}, at_least: {k} }}' for k in range(9))}] }}, points: 1"
                ),
                490,
            )
        ),
    )
