"""Conditions: long, deep, and over inputs that many of them share."""

from benchmarks.hostile.write import book, booleans, criteria, filled, joined, numbers, section


def _ratios(inputs: int, many: int, cuts: int, plain: bool) -> str:
    def asked(i: int) -> str:
        lines = []
        for j in range(cuts):
            one, two = f"i{j % inputs}", f"i{(j + 1) % inputs}"
            lines.append(f"{{ ratio: [{one}, {two}], at_least: {j + 1}.{i:03d} }}")
            if plain:
                lines += [
                    f"{{ input: {one}, at_least: {j * 37 + i} }}",
                    f"{{ input: {two}, at_least: {j * 41 + i} }}",
                ]
        return f"when: {{ all: [{joined(lines)}] }}, points: 1"

    return book(numbers(inputs), criteria(filled(asked, many)))


def ratio_pairs() -> str:
    """No mistake: pairs of inputs, each with some ratios."""
    asked = (
        f"when: {{ any: [{joined(f'{{ ratio: [i{2 * n}, i{2 * n + 1}], at_least: {k + 1} }}' for k in range(6))}] }}, points: 1"
        for n in range(240)
    )
    return book(numbers(480), criteria(asked), score="method: sum, out_of: 240, if_missing: no_points")


def changes() -> str:
    asked = (
        f"when: {{ any: [{joined(f'{{ change: [i{k % 40}, i{(k + n) % 40}], at_least: {k - 90} }}' for k in range(300))}] }}, points: 1"
        for n in range(1, 28)
    )
    return book(numbers(40), criteria(asked))


def ratios_on_a_grid() -> str:
    asked = (
        f"when: {{ any: [{joined(f'{{ ratio: [i{k % 12}, i{(k + 1 + n) % 12}], equals: {k}.{n:02d}1 }}' for k in range(1, 300))}] }}, points: 1"
        for n in range(25)
    )
    return book(numbers(12, "min: 0, max: 60, decimals: 0"), criteria(asked))


def ratios_in_triggers() -> str:
    asked = (
        f"- {{ id: t{n}, when: {{ any: [{joined(f'{{ ratio: [i{k % 30}, i{(k + n + 1) % 30}], at_least: {k + 1} }}' for k in range(100))}] }} }}"
        for n in range(80)
    )
    return book(
        numbers(30), criteria(["when: { input: i0, more_than: 3 }, points: 1"]), section("triggers", asked)
    )


def one_number_many_cuts() -> str:
    asked = filled(
        lambda n: (
            f"when: {{ any: [{joined(f'{{ input: i0, equals: {1000 * n + k} }}' for k in range(450))}] }}, points: 1"
        ),
        60,
    )
    return book(numbers(1, "min: 0, max: 100000000"), criteria(asked))


def deep_nesting() -> str:
    def deep(n: int) -> str:
        text = f"{{ input: i{n % 400}, is: true }}"
        for _ in range(25):
            text = f"{{ not: {text} }}"
        return f"when: {text}, points: 1"

    return book(booleans(400), criteria(filled(deep, 500)))


def wide_and_deep() -> str:
    def tree(depth: int, n: int) -> str:
        if depth == 0:
            return f"{{ input: i{n % 14}, is: true }}"
        return (
            f"{{ {'all' if depth % 2 else 'any'}: [{tree(depth - 1, 2 * n)}, {tree(depth - 1, 2 * n + 1)}] }}"
        )

    return book(booleans(14), criteria(filled(lambda n: f"when: {tree(9, n)}, points: 1", 500)))


def many_booleans() -> str:
    asked = filled(
        lambda n: (
            f"when: {{ any: [{joined(f'{{ input: i{(n * 7 + k) % 400}, is: true }}' for k in range(14))}] }}, points: {n + 1}"
        ),
        490,
    )
    return book(booleans(400), criteria(asked))


def long_lists() -> str:
    words = joined(f"w{k}" for k in range(500))
    asked = filled(lambda n: f"when: {{ input: i{n % 400}, one_of: [{words}] }}, points: 1", 500)
    return book(section("inputs", (f"i{n}: {{ type: text }}" for n in range(400))), criteria(asked))


def lists_of_items() -> str:
    asked = filled(
        lambda n: (
            f"when: {{ all: [{joined(f'{{ input: i{n % 100}, includes: w{k % 10} }}' for k in range(200))}] }}, points: 1"
        ),
        500,
    )
    return book(section("inputs", (f"i{n}: {{ type: list }}" for n in range(100))), criteria(asked))


def dates() -> str:
    asked = filled(
        lambda n: (
            f"when: {{ any: [{joined(f'{{ input: i{k % 20}, days_ago_at_most: {k * 7 + n} }}' for k in range(200))}] }}, points: 1"
        ),
        500,
    )
    return book(section("inputs", (f"i{n}: {{ type: date }}" for n in range(20))), criteria(asked))


def known_or_not() -> str:
    asked = filled(
        lambda n: (
            f"when: {{ any: [{joined(f'{{ input: i{(k + n) % 18}, known: true }}' for k in range(18))}] }}, points: 1"
        ),
        500,
    )
    return book(numbers(18), criteria(asked))


def alike_conditions() -> str:
    asked = filled(
        lambda n: (
            f"when: {{ all: [{joined(f'{{ input: i{k}, at_least: {k} }}' for k in range(30))}, {{ input: i30, at_least: {n} }}] }}, points: 1"
        ),
        500,
    )
    return book(numbers(31), criteria(asked))


def ratios_and_cuts() -> str:
    return _ratios(2, 12, 160, plain=True)


def ratios_of_three() -> str:
    return _ratios(3, 4, 490, plain=False)


def ratios_of_many() -> str:
    return _ratios(40, 20, 450, plain=False)
