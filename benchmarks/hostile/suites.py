"""Suites, beside a rulebook of 500 inputs that are all called alike."""

from collections.abc import Callable

from benchmarks.hostile.write import book, criteria, filled, joined, near, section

HEAD = "tests_for: hostile\n"


def tested() -> str:
    """Write the rulebook that the suites are for."""
    declared = section("inputs", (f"{near('i', n)}: {{ type: boolean }}" for n in range(500)))
    asked = (f"when: {{ input: {near('i', n)}, is: true }}, points: 1" for n in range(490))
    return book(declared, criteria(asked), score="method: sum, out_of: 490, if_missing: no_points")


def _cases(line: Callable[[int], str]) -> str:
    return HEAD + section("cases", filled(lambda n: f"- {{ name: c{n}, {line(n)} }}", 5_000))


def inputs_unknown() -> str:
    return _cases(lambda n: f"inputs: {{ {near('i', n, 'cdcd')}: true }}, expect: {{ score: 1 }}")


def expectations_unknown() -> str:
    def expected(n: int) -> str:
        points = f"points: {{ {near('c', n, 'cdcd')}: 1 }}, missing: [{near('i', n, 'cdcd')}]"
        return f"inputs: {{ }}, expect: {{ {points}, band: {near('b', n)}, flags: [{near('f', n)}] }}"

    return _cases(expected)


def codes_unknown() -> str:
    return _cases(lambda n: f"inputs: {{ }}, expect: {{ invalid: {{ {near('i', n % 500)}: out_of_rang }} }}")


def columns_unknown() -> str:
    columns = [near("i", n, "cdcd") for n in range(490)]
    rows = filled(lambda n: f"    - [{joined(['true'] * 490)}]", 80)
    return (
        f"{HEAD}tables:\n  - name: t\n    columns: [{joined(columns)}]\n    rows:\n" + "\n".join(rows) + "\n"
    )


def many_rows() -> str:
    """No mistake but in what is expected."""
    columns = [near("i", n) for n in range(8)]
    rows = filled(lambda n: f"    - [{joined(['true'] * 8)}, {n}]", 5_000)
    table = f"  - name: t\n    columns: [{joined(columns)}, score]\n    rows:\n"
    return f"{HEAD}tables:\n{table}" + "\n".join(rows) + "\n"


def keys_unknown() -> str:
    return _cases(lambda n: "inptus: { a: 1 }, expct: { scroe: 1 }, nots: x")


def facts_unknown() -> str:
    fact = joined(f"{{ kind: {near('k', n)}, at: 2026-01-01, {near('f', n)}: 1 }}" for n in range(20))
    return HEAD + _cases(lambda n: f"facts: [{fact}], expect: {{ score: 1 }}").removeprefix(HEAD)
