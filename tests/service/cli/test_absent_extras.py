"""What wants an extra that is absent says in one line which to install; all else needs none."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from scorewright.cli.main import COMMANDS
from scorewright.diagnostics.extras import EXTRAS
from tests.service.cli.calling import RULES, Called

EVERY = [module for modules in EXTRAS.values() for module in modules]
WITHOUT = {
    "init": [],
    "new": ["mine", "--from", "bant_20"],
    "check": [],
    "test": [],
    "fmt": ["--check"],
    "schema": [],
    "score": ["mine", str(RULES / "samples" / "bant_20.csv"), "--format", "jsonl"],
    "explain": ["mine", "--input", "budget=5"],
}
"""Every command but `serve`, in an order in which each finds what it takes."""
ENTRY = "from scorewright.cli.main import main; raise SystemExit(main(sys.argv[1:]))"


def run_without(modules: Iterable[str], code: str, *arguments: str, folder: Path) -> Called:
    """Run code in a process that can import none of some modules."""
    blocked = f"import sys; sys.modules.update(dict.fromkeys({[*modules]!r})); {code}"
    done = subprocess.run(
        [sys.executable, "-c", blocked, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return Called(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("module", EXTRAS["server"])
def test_serve_says_which_extra_it_needs(module: str, tmp_path: Path) -> None:
    called = run_without([module], ENTRY, "serve", "--demo", "--port", "0", folder=tmp_path)
    assert (called.code, called.out, called.err) == (
        2,
        "",
        f"error: this needs the extra `server`, for `{module}`: pip install 'scorewright[server]'\n",
    )


def test_the_history_of_an_account_says_which_extra_it_needs(tmp_path: Path) -> None:
    arguments = ("explain", "--demo", "account_watch", "--account", "a-1")
    called = run_without(["sqlalchemy"], ENTRY, *arguments, folder=tmp_path)
    need = "this needs the extra `server`, for `sqlalchemy`: pip install 'scorewright[server]'"
    assert (called.code, called.out, called.err) == (2, "", f"error: {need}\n")


def test_a_module_of_no_extra_that_is_absent_is_a_bug_and_no_traceback(tmp_path: Path) -> None:
    entry = "from scorewright.cli.main import entry; raise SystemExit(entry())"
    called = run_without(["grpc"], entry, "serve", "--demo", folder=tmp_path)
    assert called.code == 2
    assert called.err.startswith("error: a bug in scorewright: ModuleNotFoundError: ")


def test_every_other_command_works_without_any_extra(tmp_path: Path) -> None:
    assert {command.name for command in COMMANDS} == {*WITHOUT, "serve"}
    for command, arguments in WITHOUT.items():
        called = run_without(EVERY, ENTRY, command, *arguments, folder=tmp_path)
        assert called.code == 0, f"{command}: {called.err}"


def test_the_client_and_the_library_need_no_extra(tmp_path: Path) -> None:
    code = (
        "import json; from scorewright.api import load_paths, Scorer; from scorewright.client import Client\n"
        "with Client('127.0.0.1:1') as client: pass\n"
        "print(json.dumps([name for name in sys.modules if 'scorewright.' in name]))"
    )
    called = run_without(EVERY, code, folder=tmp_path)
    assert called.code == 0, called.err
    assert "scorewright.client" in json.loads(called.out)
