"""Build the wheel, and install it without an index beside what it requires and nothing else."""

import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.architecture.source import ROOT
from tests.wheel.drill import Install, application


def build(folder: Path, source: Path = ROOT, kind: str = "wheel") -> Path:
    """Build a wheel, or another `kind`, of a source tree; return its file."""
    code = f"import hatchling.build as build; print(build.build_{kind}({str(folder)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=source, check=True, capture_output=True, text=True
    )
    return folder / done.stdout.split("\n")[-2]


def install(wheel: Path, folder: Path, extras: Iterable[str]) -> Install:
    """Install a wheel in a new environment with what it requires with these extras, linked from this one."""
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"), "--isolated"]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True
    )
    [ours] = (environment / "lib").glob("python*/site-packages")
    here = Path(sysconfig.get_path("purelib"))
    [found] = Distribution.discover(name="scorewright", path=[str(ours)])
    for name in {name for dist in required(found, extras) for name in tops(dist)}:
        (ours / name).symlink_to(here / name)
    return Install(environment / "bin", application(folder / "an app"))


def required(top: Distribution, extras: Iterable[str]) -> list[Distribution]:
    """Return the distributions that one requires with some extras, and those that they require."""
    wanted: list[tuple[Distribution, frozenset[str]]] = [(top, frozenset(extras))]
    seen = set()
    for found, chosen in wanted:
        for line in found.requires or ():
            requirement = Requirement(line)
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": extra}) for extra in (*chosen, "")):
                continue
            key = (requirement.name, frozenset(requirement.extras))
            if key not in seen:
                seen.add(key)
                wanted.append((distribution(requirement.name), key[1]))
    return [found for found, _ in wanted[1:]]


def tops(found: Distribution) -> set[str]:
    """Return the files and folders at the top of what a distribution installs."""
    return {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}
