"""The lock files: one version of a package across them, with hashes and no trace of where it came from."""

import re

import pytest

from tests.architecture.source import ROOT

LOCKS = sorted(file.name for file in ROOT.glob("requirements*.lock"))
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)(.*)$", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock file."""
    return {name: version for name, version, _ in PIN.findall((ROOT / lock).read_text())}


@pytest.mark.parametrize("lock", [lock for lock in LOCKS if lock != "requirements.lock"])
def test_every_lock_agrees_with_the_runtime_lock(lock: str) -> None:
    runtime = pins("requirements.lock")
    other = pins(lock)
    assert {name: other[name] for name in runtime.keys() & other.keys()} == {
        name: runtime[name] for name in runtime.keys() & other.keys()
    }


def test_the_development_lock_holds_all_of_the_runtime_lock() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    bare = [line for line in PIN.findall((ROOT / lock).read_text()) if not line[2].endswith("\\")]
    assert not bare


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_index_or_a_path(lock: str) -> None:
    named = [
        line
        for line in (ROOT / lock).read_text().splitlines()
        if re.search(r"https?:|file:|index-url| /", line)
    ]
    assert not named
