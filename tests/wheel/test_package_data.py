"""What comes with the package: the wheel's copy is the folder's, byte for byte."""

import subprocess
import tarfile
import tomllib
from email.parser import Parser
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest

from scorewright.rulebook.package_data import Kind, shipped, shipped_sample
from tests.architecture.source import ROOT
from tests.wheel.build import build

KINDS: tuple[Kind, ...] = get_args(Kind)


@pytest.fixture(scope="module")
def files(wheel: Path) -> dict[str, bytes]:
    """Read the files of the wheel."""
    with ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(*folders: str) -> list[str]:
    """Return the files of some folders that are not ignored."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *folders]
    found = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [name for name in found.split("\0") if (ROOT / name).is_file()]


@pytest.mark.parametrize("kind", KINDS)
def test_a_checkout_reads_the_folder_where_it_lies(kind: Kind) -> None:
    assert shipped(kind) == ROOT / kind
    assert shipped(kind).is_dir()


def test_a_rulebook_that_ships_has_a_sample_and_no_other() -> None:
    assert shipped_sample("bant_20") == ROOT / "rules" / "samples" / "bant_20.csv"
    assert shipped_sample("bant_2") is None


def test_the_build_ships_the_folders_that_are_read() -> None:
    sources = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]
    mapped = sources["wheel"]["sources"]
    data: dict[str, str] = {kind: f"scorewright/data/{kind}" for kind in KINDS}
    assert mapped == {"scorers": "", "service": ""} | data


@pytest.mark.parametrize("kind", KINDS)
def test_the_wheel_holds_the_folder_byte_for_byte(files: dict[str, bytes], kind: str) -> None:
    start = f"scorewright/data/{kind}/"
    built = {name.removeprefix(start): data for name, data in files.items() if name.startswith(start)}
    assert built == {str(Path(name).relative_to(kind)): (ROOT / name).read_bytes() for name in listed(kind)}


def test_the_wheel_holds_what_is_promised_as_data(files: dict[str, bytes]) -> None:
    data = {name.removeprefix("scorewright/data/") for name in files}
    assert data >= {
        "rules/bant_20.yaml",
        "rules/bant_20.tests.yaml",
        "rules/samples/bant_20.csv",
        "rules/rulebook.schema.json",
        "proto/scorewright/v1/scorewright.proto",
        "templates/blank.yaml",
        "docs/diagnostics/unknown-key.md",
        "docs/journey.md",
    }


def test_the_wheel_holds_the_code_byte_for_byte(files: dict[str, bytes]) -> None:
    built = {name: data for name, data in files.items() if "/data/" not in name and ".dist-info/" not in name}
    tree = {name.partition("/")[2]: (ROOT / name).read_bytes() for name in listed("scorers", "service")}
    assert built == tree


def test_a_source_distribution_builds_the_same_wheel(files: dict[str, bytes], tmp_path: Path) -> None:
    with tarfile.open(build(tmp_path, kind="sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    [source] = (path for path in tmp_path.iterdir() if path.is_dir())
    with ZipFile(build(tmp_path, source)) as again:
        assert {name: again.read(name) for name in again.namelist()} == files


def test_the_wheel_has_one_package_and_one_marker(files: dict[str, bytes]) -> None:
    tops = {name.split("/")[0] for name in files if ".dist-info/" not in name}
    assert tops == {"scorewright"}
    assert "scorewright/py.typed" in files
    assert "scorewright/__init__.py" not in files


def test_the_wheel_has_description_urls_licence_and_notice(files: dict[str, bytes]) -> None:
    info = "scorewright-0.1.0.dist-info"
    metadata = Parser().parsestr(files[f"{info}/METADATA"].decode())
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_payload() == (ROOT / "README.md").read_text()
    assert metadata.get_all("License-File") == ["LICENSE", "NOTICE"]
    for name in ("LICENSE", "NOTICE"):
        assert files[f"{info}/licenses/{name}"] == (ROOT / name).read_bytes()
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata.get_all("Project-URL")
    assert sorted(metadata.get_all("Provides-Extra", [])) == ["all", "durable", "postgres", "server"]
