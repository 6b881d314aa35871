"""One door per third party: each is imported in the modules named here and nowhere else."""

import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest

from tests.architecture.source import PACKAGES, ROOT, Import, Module, imports, modules

# The model of a rulebook is one block a file, so its door is those files, each by its name.
MODEL = (
    "scorewright.rulebook.model.comparison",
    "scorewright.rulebook.model.condition",
    "scorewright.rulebook.model.criterion",
    "scorewright.rulebook.model.fact",
    "scorewright.rulebook.model.table",
    "scorewright.rulebook.model.fields",
    "scorewright.rulebook.model.key_rules",
    "scorewright.rulebook.model.input",
    "scorewright.rulebook.model.rulebook",
    "scorewright.suites.suite",
)
# Third party -> where it may be imported; `*` takes dots in.
DOORS: dict[str, tuple[str, ...]] = {
    "durable_rules_engine": ("scorewright.engines.durable.native",),
    "psycopg": ("scorewright.storage.postgres",),
    "pydantic": (*MODEL, "scorewright.rulebook.document", "scorewright.runtime.settings"),
    "pydantic_core": (*MODEL, "scorewright.rulebook.document"),
    "pydantic_settings": ("scorewright.runtime.settings",),
    "rich": ("scorewright.cli.*",),
    "sqlalchemy": ("scorewright.storage.*",),
    "yaml": ("scorewright.rulebook.yaml_reader",),
}
# The wire: anywhere in the service but the command line, where only `serve` may, and only when it is called.
WIRE = ("google", "grpc", "grpc_health", "grpc_reflection", "grpc_status")
LAZY_WIRE = "scorewright.cli.commands.serve"
FACING_OUT = frozenset(
    folder.name for folder in (ROOT / "service" / "scorewright").iterdir() if folder.is_dir()
)
"""The rooms of the service."""


def third_party(module: Module) -> Iterator[tuple[str, Import]]:
    """Yield the top-level name of each import that is neither the standard library's nor ours."""
    for found in imports(module):
        top = found.name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in ("scorewright", "tests"):
            yield top, found


def objection(module: Module, top: str, found: Import) -> str | None:
    """Say why `module` may not import `top`, or None where it may."""
    if top in WIRE:
        if module.name == LAZY_WIRE:
            return None if found.lazy or found.typing_only else f"{top} only inside a function here"
        outside = room(module.name) not in FACING_OUT or room(module.name) == "cli"
        return f"{top} belongs to the service, scorewright.cli apart" if outside else None
    if top not in DOORS:
        return f"{top} has no door yet; add one to DOORS in {__name__}"
    if any(fnmatchcase(module.name, door) for door in DOORS[top]):
        return None
    return f"{top} has its door in {', '.join(DOORS[top])}"


def room(name: str) -> str:
    """Return the room of a module of ours."""
    return (*name.split("."), "")[1]


def test_each_third_party_is_imported_by_its_door_only() -> None:
    wrong = [
        f"{found.where}: {why}"
        for module in modules(*PACKAGES)
        for top, found in third_party(module)
        if (why := objection(module, top, found))
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_scorers_never_imports_service() -> None:
    wrong = [
        f"{found.where}: scorers is the library below service, and may not import {found.name}"
        for module in modules("scorers")
        for found in imports(module)
        if found.name.startswith("scorewright.") and room(found.name) in FACING_OUT
    ]
    assert not wrong, "\n" + "\n".join(wrong)


def test_importing_the_command_line_never_loads_the_wire_or_the_database() -> None:
    chain = shortest_chain("scorewright.cli.main", (*WIRE, "sqlalchemy"))
    assert not chain, "`check` and `score` would pay for it:\n" + "\n".join(chain)


def shortest_chain(start: str, targets: tuple[str, ...]) -> list[str]:
    """Return the imports, run on import, that lead from `start` to one of `targets`, or nothing."""
    known = {module.name: module for module in modules(*PACKAGES)}
    queue: list[tuple[str, list[str]]] = [(start, [])]
    seen = {start}
    for name, path in queue:
        if name not in known:
            continue
        for found in imports(known[name]):
            if found.lazy or found.typing_only:
                continue
            step = [*path, f"{found.where}: imports {found.name}"]
            if found.name.startswith("scorewright.v1.") or found.name.partition(".")[0] in targets:
                return step
            fresh = [loaded for loaded in loaded_by(found.name) if loaded not in seen]
            seen.update(fresh)
            queue.extend((loaded, step) for loaded in fresh)
    return []


def loaded_by(name: str) -> list[str]:
    """Return every dotted prefix of `name`: importing `a.b.c` runs `a`, `a.b` and `a.b.c`."""
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


@pytest.mark.parametrize(
    ("name", "top", "lazy", "allowed"),
    [
        ("scorewright.rulebook.yaml_reader", "yaml", False, True),
        ("scorewright.checks.declared_names", "yaml", False, False),
        ("scorewright.cli.reporters.human", "rich", False, True),
        ("scorewright.rpc.scoring", "rich", False, False),
        ("scorewright.storage.database", "sqlalchemy", False, True),
        ("scorewright.rpc.scoring", "sqlalchemy", False, False),
        ("scorewright.cli.commands.serve", "sqlalchemy", True, False),
        ("scorewright.rpc.scoring", "grpc", False, True),
        ("scorewright.cli.commands.check", "grpc", True, False),
        ("scorewright.cli.commands.serve", "grpc", False, False),
        ("scorewright.cli.commands.serve", "grpc", True, True),
        ("scorewright.scoring.scorer", "google", False, False),
        ("scorewright.scoring.scorer", "numpy", False, False),
    ],
)
def test_the_doors_are_where_they_should_be(name: str, top: str, lazy: bool, allowed: bool) -> None:
    module = Module(name, name, "", modules("scorers")[0].tree, is_package=False)
    found = Import(top, f"{name}:1", lazy, typing_only=False)
    assert (objection(module, top, found) is None) == allowed
