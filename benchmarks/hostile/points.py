"""Points, steps, groups and bands of every number."""

from benchmarks.hostile.write import book, booleans, criteria, filled, joined, numbers, section
from scorewright.rulebook.source import MAX_BYTES


def subset_sums() -> str:
    asked = [f"when: {{ input: i{n}, is: true }}, points: {1009 + n * n % 8191}" for n in range(490)]
    return book(booleans(490), criteria(asked))


def sums_with_decimals() -> str:
    asked = [
        f"when: {{ input: i{n}, is: true }}, points: {n + 1}.{(7919 * n) % 10**9:09d}" for n in range(490)
    ]
    return book(booleans(490), criteria(asked))


def many_bands() -> str:
    bands = section(
        "bands", (f"- {{ id: b{n}, from: {499 - n}, qualified: true, actions: [a{n}] }}" for n in range(499))
    )
    asked = [f"when: {{ input: i{n}, is: true }}, points: 1" for n in range(490)]
    actions = section(
        "actions",
        (
            f"a{n}: {{ do: x, owner: o, due: 1 week, only_if: {{ score: total, at_least: {n} }} }}"
            for n in range(499)
        ),
    )
    return book(
        booleans(490),
        criteria(asked),
        actions,
        bands=bands,
        score="method: sum, out_of: 490, if_missing: no_points",
    )


def bands_with_conditions() -> str:
    bands = section(
        "bands",
        filled(
            lambda n: (
                f"- {{ id: b{n}, when: {{ any: [{joined(f'{{ input: i{(k * 3 + n) % 60}, at_least: {k + n} }}' for k in range(20))}] }} }}"
            ),
            499,
        ),
    )
    return book(numbers(60), bands=bands, score="method: none")


def steps_and_options() -> str:
    steps = joined(f"{{ from: {n}, points: {n * 37 % 101} }}" for n in range(480))
    return book(numbers(30), criteria(filled(lambda n: f"input: i{n % 30}, steps: [{steps}]", 500)))


def options_with_points() -> str:
    options = joined(f"o{n}" for n in range(480))
    points = joined(f"o{n}: {n * 7919 % 10007}" for n in range(480))
    declared = section("inputs", (f"i{n}: {{ type: choice, options: [{options}] }}" for n in range(20)))
    return book(
        declared,
        criteria(
            filled(
                lambda n: f"input: i{n % 20}, options: {{ {points} }}", 500, MAX_BYTES - len(declared) - 9000
            )
        ),
    )


def fine_numbers() -> str:
    declared = numbers(480, "min: 0, max: 1000, decimals: 4")
    return book(declared, criteria(f"input: i{n}, value: as_is" for n in range(480)))


def fine_counts_and_decay() -> str:
    declared = section("inputs", (f"i{n}: {{ type: {'count' if n % 2 else 'date'} }}" for n in range(480)))
    return book(
        declared,
        criteria(
            f"input: i{n}, each: 3, up_to: {3 * (n + 1)}"
            if n % 2
            else f"input: i{n}, decay: {{ points: {n + 1}, half_life: 30 days }}"
            for n in range(480)
        ),
    )


def weighted_groups() -> str:
    groups = section("groups", (f"- {{ id: g{n}, weight: 0.25 }}" for n in range(400)))
    asked = (f"group: g{n}, when: {{ input: i{n}, is: true }}, points: {n + 2}" for n in range(400))
    return book(
        booleans(400), groups, criteria(asked), score="method: weighted, out_of: 100, if_missing: leave_out"
    )


def capped_groups() -> str:
    groups = section("groups", (f"- {{ id: g{n}, cap: {n + 3}, floor: 0 }}" for n in range(60)))
    asked = (
        f"group: g{n % 60}, when: {{ input: i{n * 11 % 480}, is: true }}, points: {n % 17 + 1}"
        for n in range(490)
    )
    return book(booleans(480), groups, criteria(asked))


def groups_tied() -> str:
    groups = section("groups", (f"- {{ id: g{n} }}" for n in range(100)))
    asked = (
        f"group: g{n % 100}, when: {{ input: i{n // 4}, at_least: {n % 4 * 10} }}, points: {n % 17 + 1}"
        for n in range(490)
    )
    return book(numbers(130), groups, criteria(asked))
