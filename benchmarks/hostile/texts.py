"""Texts that are hardly YAML."""

from benchmarks.hostile.write import book, booleans, filled, section
from scorewright.rulebook.source import MAX_BYTES


def keys_twice() -> str:
    return "".join(f"k{n % 90}: {n}\n" for n in range(40000))


def merge_conflicts() -> str:
    return book(booleans(5)) + "".join("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n" for _ in range(12000))


def escapes() -> str:
    return book(
        booleans(1),
        section("accepted", filled(lambda n: '- { check: x, because: "' + r"\x41\u0041" * 380 + '" }', 500)),
    )


def nothing_but_nodes() -> str:
    return "a: [" + ",".join(["1"] * 49_000) + "]\n"


def nested_flow() -> str:
    return "".join(f"k{n}: {'[' * 30}{']' * 30}\n" for n in range(1500))


def one_long_line() -> str:
    return "{" + ", ".join(f"k{n}: {{ a: b }}" for n in range(16_000)) + "}"


def no_spaces() -> str:
    return book(section("inputs", (f"i{n}:{{type:boolean}}" for n in range(12000))))


def foreign_spaces() -> str:
    return book(
        section("inputs", (f"i{n}: {{ type:\u00a0boolean, label:\u2003x\u200by }}" for n in range(9000)))
    )


def curly_quotes() -> str:
    return book(section("inputs", (f"i{n}: {{ type: boolean, label: \u201cx\u201d }}" for n in range(9000))))


def look_alikes() -> str:
    cyrillic = "\u0456n\u0440ut{}: {{ t\u0443pe: b\u043eolean, l\u0430bel: \u2018x\u2019 }}"
    return book(section("inputs", (cyrillic.format(n) for n in range(9000))))


def dashes_missing() -> str:
    return (
        book(booleans(5))
        + "criteria:\n  - id: a\n    points: 1\n"
        + "".join(f"    id: c{n}\n    points: {n}\n    label: x\n" for n in range(9000))
    )


def lost_indentation() -> str:
    return book(booleans(5)) + "".join(f"label: a\nwhen: x\nout_of: {n}\n" for n in range(12000))


def round_brackets() -> str:
    return book(section("inputs", (f"i{n}: {{ type: choice, options: (a, b, c) }}" for n in range(9000))))


def texts_of_nearly_nothing() -> str:
    return "x" * (MAX_BYTES - 10)


def spaces() -> str:
    return "a:" + " " * (MAX_BYTES - 100) + "b\n"


def long_key() -> str:
    return "k" * 300_000 + ": 1\n"


def open_quotes() -> str:
    return "a: " + '"x\n' * 120_000


def comments() -> str:
    return "# x\n" * 120_000


def colons() -> str:
    return "a: b: " * 80_000
