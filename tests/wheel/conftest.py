"""A wheel, and two environments of its own: with the extra `server`, and without any."""

from pathlib import Path

import pytest

from tests.wheel.build import build, install
from tests.wheel.drill import Install


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Install the wheel without any extra."""
    return install(wheel, tmp_path_factory.mktemp("plain"), ())


@pytest.fixture(scope="session")
def server(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Install the wheel with the extra `server`."""
    return install(wheel, tmp_path_factory.mktemp("server"), ("server",))
