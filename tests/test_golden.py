"""The golden fixture itself."""

from collections.abc import Callable

import pytest

from tests import conftest


@pytest.fixture(autouse=True)
def golden_in_scratch(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conftest, "GOLDEN_DIR", tmp_path)


def test_a_missing_golden_says_how_to_write_it(golden: Callable[[str, str], None]) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"no golden file tests/golden/a\.txt.*--update-golden"):
        golden("a.txt", "one\n")


def test_a_difference_is_shown_as_a_diff(golden: Callable[[str, str], None]) -> None:
    (conftest.GOLDEN_DIR / "a.txt").write_text("one\ntwo\n")
    golden("a.txt", "one\ntwo\n")
    with pytest.raises(pytest.fail.Exception, match=r"(?s)-two\n\+three\n"):
        golden("a.txt", "one\nthree\n")


def test_a_difference_in_line_ends_is_visible(golden: Callable[[str, str], None]) -> None:
    (conftest.GOLDEN_DIR / "a.txt").write_bytes(b"one\r\n")
    with pytest.raises(pytest.fail.Exception, match=r"-'one\\r\\n'"):
        golden("a.txt", "one\n")
