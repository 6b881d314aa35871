"""Names that are nearly those of others."""

from benchmarks.hostile.write import book, booleans, criteria, filled, joined, near, section
from scorewright.rulebook.source import MAX_BYTES


def names_alike() -> str:
    """Eight undeclared inputs a criterion beside 500 declared ones, all alike."""

    def asked(n: int) -> str:
        any_of = joined(f"{{ input: {near('i', 8 * n + k, 'cdcd')}, is: true }}" for k in range(8))
        return f"when: {{ any: [{any_of}] }}, points: 1"

    declared = section("inputs", (f"{near('i', n)}: {{ type: boolean }}" for n in range(500)))
    return book(declared, criteria(filled(asked, 490, MAX_BYTES - len(declared) - 20000)))


def names_alike_of_all_kinds() -> str:
    n = 460
    return book(
        section("facts", (f"{near('k', i)}: {{ fields: {{ f: {{ type: text }} }} }}" for i in range(n))),
        section(
            "signals",
            (f"- {{ id: {near('s', i)}, when: {{ fact: {near('k', i, 'cdcd')} }} }}" for i in range(n)),
        ),
        section("inputs", (f"{near('i', i)}: {{ type: boolean }}" for i in range(n))),
        section("groups", (f"- {{ id: {near('g', i)} }}" for i in range(n))),
        section("values", (f"{near('v', i)}: {{ add: [1, {near('v', i, 'cdcd')}] }}" for i in range(n))),
        section(
            "criteria",
            (
                f"- {{ id: {near('c', i)}, group: {near('g', i, 'cdcd')}, when: {{ any: [{{ input: {near('i', i, 'cdcd')}, "
                f"is: true }}, {{ signal: {near('s', i, 'cdcd')}, is: true }}] }}, points: 1 }}"
                for i in range(n)
            ),
        ),
        section(
            "triggers",
            (
                f"- {{ id: t{i}, when: {{ any: [{{ group: {near('g', i, 'cdcd')}, at_least: 1 }}, {{ criterion: {near('c', i, 'cdcd')}, "
                f"at_least: 1 }}, {{ value: {near('v', i, 'cdcd')}, at_least: 1 }}] }}, actions: [{near('x', i, 'cdcd')}] }}"
                for i in range(100)
            ),
        ),
        section("actions", (f"{near('x', i)}: {{ do: x, owner: o, due: 1 week }}" for i in range(n))),
    )


def words_alike() -> str:
    """Options of choices that are none, and keys that no block has."""
    options = joined(near("o", n) for n in range(500))
    asked = (
        f"when: {{ input: i, one_of: [{joined(near('o', 500 * n + k, 'cdcd') for k in range(100))}] }}, points: 1"
        for n in range(70)
    )
    return book(f"inputs: {{ i: {{ type: choice, options: [{options}] }} }}\n", criteria(asked))


def keys_unknown() -> str:
    return book(
        booleans(500),
        criteria(
            filled(
                lambda n: (
                    f"whem: {{ inptu: i{n}, iss: true, knwon: true }}, pionts: 1, lable: x, gruop: y, actoinable: true"
                ),
                500,
            )
        ),
    )


def keys_of_a_matrix() -> str:
    levels = joined(f"{{ id: {near('l', n)}, from: {50 - n} }}" for n in range(50))
    cells = joined(
        f"{near('l', n, 'cdcd')}: {{ {joined(f'{near(chr(109), k, chr(100))}: x' for k in range(60))} }}"
        for n in range(80)
    )
    return book(
        booleans(1),
        section("groups", ["- { id: a }", "- { id: b }"]),
        criteria(["group: a, when: { input: i0, is: true }, points: 1"]),
        f"matrix: {{ id: m, rows: {{ group: a, levels: [{levels}] }}, columns: {{ group: b, levels: [{levels}] }}, cells: {{ {cells} }} }}\n",
    )
