"""The project's own Python files, parsed, and what they import."""

import ast
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("scorers", "service")
"""The two roots of the one package `scorewright`."""
GENERATED = ROOT / "service" / "scorewright" / "v1"


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its dotted name, its path from the root, its text and its tree."""

    name: str
    path: str
    text: str
    tree: ast.Module
    is_package: bool


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name, dotted; `lazy` when it runs only on a call, `typing_only` when it never runs."""

    name: str
    where: str
    lazy: bool
    typing_only: bool


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return the modules below `folders`, generated ones left out, sorted by path."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return tuple(parse(file) for file in files if GENERATED not in file.parents)


def parse(file: Path) -> Module:
    """Read one file as a module of the project."""
    relative = file.relative_to(ROOT)
    parts = relative.with_suffix("").parts
    if parts[0] in PACKAGES:
        parts = parts[1:]
    is_package = parts[-1] == "__init__"
    text = file.read_text(encoding="utf-8")
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, relative.as_posix(), text, ast.parse(text, relative.as_posix()), is_package)


def imports(module: Module) -> Iterator[Import]:
    """Yield each import of a module; `from a import b` gives `a.b`."""
    yield from _imports_below(module, module.tree, lazy=False, typing_only=False)


def comments(module: Module) -> Iterator[tuple[int, str]]:
    """Yield the line number and text of each comment."""
    lines = iter(module.text.splitlines(keepends=True))
    for token in tokenize.generate_tokens(lambda: next(lines, "")):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def _imports_below(module: Module, node: ast.AST, *, lazy: bool, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for name in _imported_names(child):
            yield Import(name, f"{module.path}:{child.lineno}", lazy, typing_only)  # type: ignore[attr-defined]  # only statements yield names
        inside_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if _is_typing_block(child):
            assert isinstance(child, ast.If)
            for part, flag in ((child.body, True), (child.orelse, typing_only)):
                block = ast.Module(body=part, type_ignores=[])
                yield from _imports_below(module, block, lazy=lazy, typing_only=flag)
        else:
            yield from _imports_below(module, child, lazy=lazy or inside_function, typing_only=typing_only)


def _imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _is_typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
