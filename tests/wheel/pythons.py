"""Install the wheel with every Python that is found, from an index, and run the drill: `make test-wheel`.

A version that is not on this machine is said to be skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT
from tests.wheel.build import build
from tests.wheel.drill import Install, all_commands, application, calls

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
ASK = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"


def found() -> dict[str, str]:
    """Return the Python of each version that runs, by its path."""
    known: dict[str, str] = {}
    for candidate in (sys.executable, *(f"python{version}" for version in VERSIONS), *_of_pyenv()):
        path = shutil.which(candidate)
        done = path and subprocess.run([path, "-c", ASK], capture_output=True, text=True, check=False)
        if path and done and done.returncode == 0:
            known.setdefault(done.stdout.strip(), path)
    return known


def _of_pyenv() -> Iterator[str]:
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from (str(path) for path in sorted(root.glob("versions/*/bin/python3")))


def drill(python: str, wheel: Path, folder: Path) -> None:
    """Install the wheel plain, and run what needs no extra; then install the server, and call it."""
    environment = folder / "environment"
    subprocess.run([python, "-m", "venv", environment], check=True)
    install = Install(environment / "bin", application(folder / "an app"))
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(_pins()))
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-input", "install", "--constraint", str(constraints)]
    subprocess.run([*pip, str(wheel)], check=True)
    all_commands(install)
    refused = install.run("scorewright", "serve", "--demo", "--port", "0")
    assert refused.stderr.endswith(": pip install 'scorewright[server]'\n"), refused.stderr
    # What the line says to type, word by word: the package is installed, so no index is asked for it.
    subprocess.run([*pip, "scorewright[server]"], check=True)
    calls(install)


def _pins() -> Iterator[str]:
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            yield line.removesuffix("\\").strip()


def main() -> int:
    """Drill every version from 3.11 on; return 1 where one failed."""
    known = {version: path for version, path in found().items() if _key(version) >= (3, 11)}
    failed = 0
    with tempfile.TemporaryDirectory(prefix="a wheel ") as top:
        wheel = build(Path(top))
        for version in sorted({*VERSIONS, *known}, key=_key):
            folder = Path(top) / version
            folder.mkdir()
            say = f"Python {version}: passed"
            try:
                if version in known:
                    drill(known[version], wheel, folder)
                else:
                    say = f"SKIPPED: Python {version} is not on this machine"
            except (AssertionError, subprocess.SubprocessError) as error:
                say = f"Python {version}: FAILED: {error}"
                failed += 1
            sys.stdout.write(f"{say}\n")
            sys.stdout.flush()
    return 1 if failed else 0


def _key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


if __name__ == "__main__":
    raise SystemExit(main())
