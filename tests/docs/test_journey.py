"""From lead to renewal: the script prints what its page shows, and the page names every rulebook."""

import subprocess
import sys

from tests.architecture.source import ROOT
from tests.service.conftest import serving

PAGE = (ROOT / "docs" / "journey.md").read_text(encoding="utf-8")
SCRIPT = ROOT / "docs" / "journey.py"


def run(address: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(SCRIPT), address]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_the_script_prints_what_the_page_shows() -> None:
    with serving() as served:
        done = run(served.address)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout in PAGE
    assert PAGE.endswith(f"```text\n{done.stdout}```\n")


def test_without_a_server_the_script_says_so_in_one_line() -> None:
    done = run("127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_the_page_names_every_shipped_rulebook() -> None:
    shipped = {path.stem for path in (ROOT / "rules").glob("*.yaml") if ".tests" not in path.name}
    assert {name for name in shipped if f"`{name}`" not in PAGE} == set()
