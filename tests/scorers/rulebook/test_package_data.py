"""What comes with the package: the wheel's copy is the folder's, byte for byte."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from scorewright.rulebook.package_data import shipped
from tests.architecture.source import ROOT


def test_a_checkout_reads_the_folders_where_they_lie() -> None:
    assert (shipped("rules"), shipped("proto")) == (ROOT / "rules", ROOT / "proto")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build the wheel; return its files."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"import hatchling.build as build; build.build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.iterdir()
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("kind", ["rules", "proto"])
def test_the_wheel_holds_the_folder_byte_for_byte(wheel: dict[str, bytes], kind: str) -> None:
    start = f"scorewright/data/{kind}/"
    built = {name.removeprefix(start): data for name, data in wheel.items() if name.startswith(start)}
    folder = ROOT / kind
    listed = subprocess.run(
        ["git", "ls-files", kind], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert built == {str(Path(name).relative_to(kind)): (ROOT / name).read_bytes() for name in listed}
    assert folder.is_dir()


def test_the_wheel_has_one_package_and_one_marker(wheel: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in wheel if ".dist-info/" not in name}
    assert tops == {"scorewright"}
    assert "scorewright/py.typed" in wheel
    assert "scorewright/__init__.py" not in wheel
