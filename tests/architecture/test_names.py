"""A name leads to one place: modules, faces and rooms do not share names, and rooms stay few."""

import ast
from collections import defaultdict
from pathlib import PurePosixPath

import pytest

from tests.architecture.source import PACKAGES, ROOT, Module, modules

MOST_ROOMS = {"scorers": 18, "service": 14}
"""The most rooms of a root; a new one raises the number, with a line in `docs/decisions`."""
PAIR = frozenset({"rulebook/model", "program"})
"""The folders in which a written block and what it is compiled to bear one name."""


def below(module: Module) -> PurePosixPath:
    """Return the path of a module below its root's `scorewright`."""
    return PurePosixPath(*PurePosixPath(module.path).parts[2:])


def named_twice(found: tuple[Module, ...]) -> list[str]:
    """List the names that two modules of one root share, written and compiled pairs apart."""
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for module in found:
        if not module.is_package:
            folders[below(module).stem].append(below(module).parent.as_posix())
    return [
        f"{name}.py: {', '.join(places)}"
        for name, places in folders.items()
        if len(places) > 1 and (len(places) > 2 or set(places) != PAIR)
    ]


def exported(face: Module) -> set[str]:
    """Return what a face exports, read and not run: the names of its `__all__`."""
    for node in face.tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "__all__":
            return set(ast.literal_eval(node.value))  # type: ignore[attr-defined]  # an assignment has a value
    return set()


def hidden_by_their_face(found: tuple[Module, ...]) -> list[str]:
    """List the modules whose name, asked of their folder, is something that its face exports."""
    faces = {module.name: exported(module) for module in found if module.is_package}
    return [
        f"{module.path}: {folder} exports a `{name}` as well"
        for module in found
        for folder, _, name in [module.name.rpartition(".")]
        if name in faces.get(folder, set())
    ]


@pytest.mark.parametrize("root", PACKAGES)
def test_no_module_name_stands_twice_in_a_root_but_for_written_and_compiled_pairs(root: str) -> None:
    twice = named_twice(modules(root))
    assert not twice, "\n" + "\n".join(twice)


@pytest.mark.parametrize("root", PACKAGES)
def test_no_module_bears_the_name_of_what_its_face_exports(root: str) -> None:
    hidden = hidden_by_their_face(modules(root))
    assert not hidden, "\n" + "\n".join(hidden)


@pytest.mark.parametrize("root", PACKAGES)
def test_rooms_stay_few(root: str) -> None:
    rooms = {path.parent.name for path in (ROOT / root / "scorewright").glob("*/__init__.py")}
    assert rooms
    assert len(rooms) <= MOST_ROOMS[root], f"{root} has {len(rooms)} rooms: {', '.join(sorted(rooms))}"


def test_rooms_of_both_roots_differ_in_name() -> None:
    library, service = (
        {path.name for path in (ROOT / root / "scorewright").iterdir() if path.suffix != ".typed"}
        for root in PACKAGES
    )
    assert library & service <= {"__pycache__"}


def module(path: str, text: str = "") -> Module:
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return Module(name, f"scorers/{path}", text, ast.parse(text), path.endswith("__init__.py"))


@pytest.mark.parametrize(
    ("first", "second", "complaints"),
    [
        ("scorewright/rulebook/model/fact.py", "scorewright/program/fact.py", 0),
        ("scorewright/rulebook/fact.py", "scorewright/program/fact.py", 1),
        ("scorewright/checks/__init__.py", "scorewright/program/__init__.py", 0),
        ("scorewright/checks/matrix.py", "scorewright/checks/analysis/matrix.py", 1),
    ],
)
def test_a_name_that_stands_twice_is_found(first: str, second: str, complaints: int) -> None:
    assert len(named_twice((module(first), module(second)))) == complaints


def test_a_module_behind_what_its_face_exports_is_found() -> None:
    face = module("scorewright/scoring/__init__.py", '__all__ = ["score", "load"]')
    found = (face, module("scorewright/scoring/score.py"), module("scorewright/scoring/scorer.py"))
    assert hidden_by_their_face(found) == [
        "scorers/scorewright/scoring/score.py: scorewright.scoring exports a `score` as well"
    ]
