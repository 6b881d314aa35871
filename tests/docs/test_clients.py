"""docs/clients is true where it can be without other tools; `make test-clients` runs the rest."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT
from tests.service.conftest import serving

FOLDER = ROOT / "docs" / "clients"
RUN = (ROOT / "tests" / "clients" / "calls.py").read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    text = (FOLDER / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as found:
        yield found.address


def test_the_python_prints_what_is_shown(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    codes, shown = blocks("python.md", "python"), blocks("python.md", "text")
    for code, text in zip(codes, shown, strict=True):
        exec(code.replace("127.0.0.1:50051", address), {})  # noqa: S102 -- the page's own block is what is tested
        assert capsys.readouterr().out == text


def test_a_page_that_no_test_runs_says_so() -> None:
    table = dict(
        re.findall(
            r"^\| \[[^]]+\]\(([\w-]+\.md)\) \| .* \| (.*) \|$",
            (FOLDER / "README.md").read_text(),
            re.MULTILINE,
        )
    )
    assert set(table) == {path.name for path in FOLDER.glob("*.md")} - {"README.md"}
    for page, tried in table.items():
        says = "**No test ran this page.**" in (FOLDER / page).read_text(encoding="utf-8")
        assert says == (tried == "no test ran it")
        assert says or "tests" in tried or f'"{page}"' in RUN


def test_what_node_needs_is_locked_and_names_no_index() -> None:
    wanted = json.loads((FOLDER / "node" / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((FOLDER / "node" / "package-lock.json").read_text(encoding="utf-8"))
    for kind in ("dependencies", "devDependencies"):
        assert lock["packages"][""][kind] == wanted[kind]
    installed = {name: each for name, each in lock["packages"].items() if name}
    assert all(each["integrity"] and "resolved" not in each for each in installed.values())
