from scorewright.diagnostics.quoting import LONGEST, one_line, quoted


def test_text_is_shown_in_backticks_on_one_line() -> None:
    assert quoted("a\n  b\tc") == "`a b c`"


def test_a_long_text_is_cut() -> None:
    assert one_line("x" * LONGEST) == "x" * LONGEST
    assert one_line("x" * 10**6) == "x" * (LONGEST - 3) + "..."
    assert one_line("x" * 30 + " " * 10**6) == "x" * 30 + "..."
