"""The table of extras is the one of `pyproject.toml`, and names what is absent."""

import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scorewright.diagnostics.extras import EXTRAS, extra_of, install_command, need_of_engine
from scorewright.engines.engine_errors import EngineNotInstalledError
from tests.architecture.source import ROOT
from tests.architecture.test_doors import DOORS, WIRE

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DISTRIBUTIONS = {
    "durable_rules_engine": "durable-rules",
    **{
        module: canonicalize_name(names[0])
        for module, names in packages_distributions().items()
        if module in {*DOORS, *WIRE}
    },
}
"""Top-level module -> the package that brings it, by its metadata; `durable` may not be installed."""


def required(extra: str) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in PROJECT["optional-dependencies"][extra]}


def test_each_extra_of_the_project_is_in_the_table() -> None:
    assert PROJECT["optional-dependencies"].keys() == {*EXTRAS, "all"}


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_the_modules_of_the_table(extra: str) -> None:
    assert {DISTRIBUTIONS[module] for module in EXTRAS[extra] if module in DISTRIBUTIONS} == required(extra)


def test_all_is_every_extra_that_needs_neither_a_compiler_nor_a_database() -> None:
    [whole] = map(Requirement, PROJECT["optional-dependencies"]["all"])
    assert (whole.name, whole.extras) == ("scorewright", EXTRAS.keys() - {"durable", "postgres"})


def test_every_third_party_comes_with_the_plain_package_or_an_extra() -> None:
    plain = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    brought = {DISTRIBUTIONS[module] for module in {*DOORS, *WIRE} if extra_of(module) is None}
    # `google` is a namespace of two packages, `pydantic_core` is what pydantic stands on.
    assert brought - {"pydantic-core"} <= plain


def test_no_extra_but_durable_ends_at_a_python() -> None:
    extras = PROJECT["optional-dependencies"]
    bound = [line for lines in extras.values() for line in lines if Requirement(line).marker]
    assert bound == extras["durable"]
    assert PROJECT["requires-python"] == ">=3.11"


@pytest.mark.parametrize(
    ("module", "extra"),
    [
        ("sqlalchemy", "server"),
        ("grpc_health.v1", "server"),
        ("psycopg", "postgres"),
        ("durable_rules_engine", "durable"),
        ("grpc", None),
        ("nothing", None),
        (None, None),
    ],
)
def test_a_module_leads_to_its_extra(module: str | None, extra: str | None) -> None:
    assert extra_of(module) == extra


def test_an_engine_says_what_to_install_or_which_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 9))
    assert need_of_engine("durable") == f"the engine `durable` needs the extra: {install_command('durable')}"
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    assert str(EngineNotInstalledError("durable")) == (
        "the engine `durable` needs Python 3.12 or older; `compiled` gives the same answers on any"
    )
