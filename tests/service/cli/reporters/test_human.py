import pytest

from scorewright.cli.reporters.human import render
from scorewright.diagnostics.codes import finding
from scorewright.diagnostics.diagnostic import Diagnostic, Label, Span
from scorewright.rulebook.source import Source


def told(text: str, *diagnostics: Diagnostic, color: bool = False) -> str:
    return render(diagnostics, {"a.yaml": Source("a.yaml", text)}, color)


def at(line: int, column: int, end_column: int, end_line: int | None = None, file: str = "a.yaml") -> Span:
    return Span(file, line, column, end_line or line, end_column)


def underlined(report: str) -> list[str]:
    return [line.partition("| ")[2] for line in report.splitlines() if "| " in line]


def test_a_finding_shows_its_line_underlined_with_help() -> None:
    text = "\n" * 56 + "    when: { input: teamsize, at_least: 5 }\n"
    diagnostic = finding(
        "undeclared-input",
        at(57, 20, 28),
        "`teamsize` is not declared under `inputs`",
        "did you mean `team_size`?",
    )
    assert (
        told(text, diagnostic)
        == """\
a.yaml:57:20: error[undeclared-input]: `teamsize` is not declared under `inputs`
   |
57 |     when: { input: teamsize, at_least: 5 }
   |                    ^^^^^^^^
   = help: did you mean `team_size`?
"""
    )


def test_a_second_place_is_underlined_in_the_order_of_lines() -> None:
    text = "\n" * 97 + "    weight: 40\n\n\n    weight: 45\n"
    label = Label(at(98, 5, 11), "first written here")
    diagnostic = finding("key-twice", at(101, 5, 11), "twice", "delete one", ["a note"], [label])
    assert (
        told(text, diagnostic)
        == """\
a.yaml:101:5: error[key-twice]: twice
    |
 98 |     weight: 40
    |     ------ first written here
101 |     weight: 45
    |     ^^^^^^
    = note: a note
    = help: delete one
"""
    )


def test_two_places_in_one_line_get_an_underline_each() -> None:
    diagnostic = finding("key-twice", at(1, 8, 9), "twice", labels=[Label(at(1, 2, 3), "first")])
    assert underlined(told("{a: 1, a: 2}", diagnostic)) == ["{a: 1, a: 2}", "       ^", " - first"]


def test_findings_are_separated_by_an_empty_line() -> None:
    one = finding("tag", at(1, 1, 2), "one")
    assert told("x\n", one, one).split("\n\n") == [told("x\n", one).removesuffix("\n"), told("x\n", one)]


def test_nothing_found_is_nothing_written() -> None:
    assert told("x") == ""


def test_a_block_is_underlined_in_its_first_line_only() -> None:
    text = "a:\n  b: 1   \n  c: 2\n"
    assert underlined(told(text, finding("tag", at(2, 3, 7, end_line=3), "m"))) == ["  b: 1", "  ^^^^"]


def test_an_empty_place_is_one_sign_wide() -> None:
    assert underlined(told("a:\n", finding("tag", at(1, 3, 3), "m"))) == ["a:", "  ^"]


def test_wide_and_combining_characters_keep_the_underline_in_place() -> None:
    assert underlined(told("顧客e\u0301: 顧客", finding("tag", at(1, 7, 9), "m"))) == [
        "顧客e\u0301: 顧客",
        "       ^^^^",
    ]


def test_a_tab_is_shown_as_spaces() -> None:
    assert underlined(told("a:\tb", finding("tag", at(1, 4, 5), "m"))) == ["a:    b", "      ^"]


def test_a_text_cannot_drive_the_terminal() -> None:
    report = told("a: \x1b[31m\u202e", finding("tag", at(1, 4, 5), "`\x1b[2J` \r\n", "\x07", ["\u2028"]))
    assert "\x1b" not in report
    assert report.startswith("a.yaml:1:4: error[tag]: `\\u{1b}[2J` \\u{d}\\u{a}\n")
    assert underlined(report) == ["a: \\u{1b}[31m\\u{202e}", "   ^^^^^^"]


@pytest.mark.parametrize(("column", "line"), [(1, 1), (5_000, 1), (10_000, 1)])
def test_a_very_long_line_is_cut_around_the_place(column: int, line: int) -> None:
    text = "".join(chr(ord("a") + n % 26) for n in range(10_000))
    shown, marked = underlined(told(text, finding("tag", at(line, column, column + 1), "m")))
    assert len(shown) <= 104
    assert shown[marked.index("^")] == text[column - 1]


def test_a_place_behind_the_end_of_the_file_is_harmless() -> None:
    assert underlined(told("a", finding("tag", at(9, 9, 12), "m"))) == ["^"]


def test_a_finding_without_its_source_is_told_in_words() -> None:
    diagnostic = finding(
        "tag", at(3, 1, 2, file="b.yaml"), "m", labels=[Label(at(1, 1, 2, file="c.yaml"), "there")]
    )
    assert told("x", diagnostic) == "b.yaml:3:1: error[tag]: m\n  = c.yaml:1:1: there\n"


def test_a_second_place_in_another_file_names_that_file() -> None:
    sources = {name: Source(name, "id: one\n") for name in ("a.yaml", "b.yaml")}
    diagnostic = finding(
        "duplicate-id", at(1, 5, 8), "m", labels=[Label(at(1, 5, 8, file="b.yaml"), "also here")]
    )
    assert (
        render([diagnostic], sources, color=False)
        == """\
a.yaml:1:5: error[duplicate-id]: m
  |
1 | id: one
  |     ^^^
 ::: b.yaml:1:5
  |
1 | id: one
  |     --- also here
"""
    )


def test_colour_changes_nothing_but_colour() -> None:
    import re

    label = Label(at(1, 1, 2), "first")
    diagnostic = finding("key-twice", at(2, 1, 2), "m", "h", ["n"], [label])
    coloured = told("a: 1\na: 2\n", diagnostic, color=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == told("a: 1\na: 2\n", diagnostic)
