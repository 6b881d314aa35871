"""The wheel in an environment and a folder of its own, beside an application with a `service` of its own."""

import shutil
import subprocess
import sys

import pytest

from scorewright.diagnostics.extras import EXTRAS
from tests.wheel.drill import Install, all_commands, application, calls

STUBS = """\
from {package}scorewright.v1 import scorewright_pb2 as own
from scorewright.client import Client
from scorewright.v1 import scorewright_pb2 as ours
asked = own.ScoreRequest(rulebooks=["bant_20"])
assert ours.ScoreRequest.FromString(asked.SerializeToString()).rulebooks == ["bant_20"]
assert own.Answer.DESCRIPTOR is ours.Answer.DESCRIPTOR
print(own.__file__)
"""

NO_DATABASE = ("--database", "sqlite:///nowhere.db")


def test_without_an_extra_everything_but_the_server_works(plain: Install) -> None:
    application(plain.folder)
    all_commands(plain)


def test_without_an_extra_none_of_what_extras_bring_is_there(plain: Install) -> None:
    names = [module for modules in EXTRAS.values() for module in modules]
    done = plain.python(
        f"from importlib.util import find_spec\nprint([name for name in {names} if find_spec(name)])"
    )
    assert done.stdout == "[]\n", done.stderr


def test_without_an_extra_serve_says_which_it_needs(plain: Install) -> None:
    done = plain.run("scorewright", "serve", "--demo", "--port", "0")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.endswith(": pip install 'scorewright[server]'\n")


def test_an_application_with_packages_of_our_folders_names_imports_the_client(plain: Install) -> None:
    done = plain.python(
        "import service\nfrom scorewright.client import Client\nfrom scorewright.api import Scorer\n"
        "print(service.OURS, Client.__name__, Scorer.__name__)"
    )
    assert done.stdout == "own Client Scorer\n", done.stderr


def test_with_the_extra_server_every_command_works(server: Install) -> None:
    application(server.folder)
    all_commands(server)
    calls(server)


def test_the_account_history_is_read_with_the_extra_server(server: Install) -> None:
    done = server.run("scorewright", "explain", "--demo", "account_watch", "--account", "a-1", *NO_DATABASE)
    assert done.returncode == 2
    assert "there is no such file" in done.stderr


@pytest.mark.parametrize("package", ["", "stubs."], ids=["at_the_top", "below"])
@pytest.mark.parametrize("marked", [False, True], ids=["namespace", "package"])
def test_stubs_that_a_caller_makes_live_beside_ours(plain: Install, package: str, *, marked: bool) -> None:
    folder = application(plain.folder)
    [proto] = plain.bin.parent.glob("lib/python*/site-packages/scorewright/data/proto")
    into = folder / package.rstrip(".")
    into.mkdir(exist_ok=True)
    file = "scorewright/v1/scorewright.proto"
    protoc = [sys.executable, "-m", "grpc_tools.protoc", "-I", str(proto)]
    subprocess.run([*protoc, f"--python_out={into}", f"--grpc_python_out={into}", file], check=True)
    if marked:
        (into / "scorewright" / "v1" / "__init__.py").touch()
    done = plain.python(STUBS.format(package=package))
    assert done.returncode == 0, done.stderr
    # A namespace package gives way to ours, which is a regular one; anything else is the caller's.
    assert str(folder) in done.stdout or (not package and not marked)
    shutil.rmtree(into / "scorewright")
