"""What no linter holds: sizes, printing, and a reason beside everything that is switched off."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import PACKAGES, Module, comments, modules

MODULE_LINES = 300
FUNCTION_LINES = 40
# What follows the directive must hold words, not only codes.
SWITCHED_OFF = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?"
    r"|type:\s*ignore(?:\[[^\]]*\])?"
    r"|pragma:\s*no cover)(?P<rest>.*)"
)
WORDS = re.compile(r"[A-Za-z]{2,}.*[A-Za-z]{2,}")
SKIPS = {"skip", "skipif", "xfail", "importorskip"}


def test_no_module_is_over_300_lines() -> None:
    long = [
        f"{module.path}:{count}: {count} lines, at most {MODULE_LINES}; one thing per file"
        for module in modules(*PACKAGES)
        if (count := len(module.text.splitlines())) > MODULE_LINES
    ]
    assert not long, "\n" + "\n".join(long)


def test_no_function_is_over_40_lines() -> None:
    long = [
        f"{module.path}:{node.lineno}: `{node.name}` has {count} lines, at most {FUNCTION_LINES}"
        for module in modules(*PACKAGES)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (count := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert not long, "\n" + "\n".join(long)


def test_the_library_never_prints() -> None:
    prints = [
        f"{module.path}:{node.lineno}: the library returns values; printing belongs to scorewright.cli"
        for module in modules("scorers")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not prints, "\n" + "\n".join(prints)


def test_everything_switched_off_says_why() -> None:
    bare = [line for module in modules(*PACKAGES, "tests", "benchmarks") for line in without_reason(module)]
    assert not bare, "\n" + "\n".join(bare)


def without_reason(module: Module) -> Iterator[str]:
    """Yield a line for each ignore comment and each skip that gives no reason."""
    # To look closer takes long, and most files have none of these.
    for line, text in comments(module) if SWITCHED_OFF.search(module.text) else ():
        found = SWITCHED_OFF.search(text)
        if found and not WORDS.search(found["rest"]):
            yield f"{module.path}:{line}: say why after `{text}`"
    for skip, call in skips(module) if any(word in module.text for word in SKIPS) else ():
        if not gives_reason(skip, call):
            yield f"{module.path}:{skip.lineno}: say why with `reason=`"


def skips(module: Module) -> Iterator[tuple[ast.Attribute, ast.Call | None]]:
    """Yield `pytest.skip`, `pytest.mark.xfail` and their like, with the call of it, if there is one."""
    calls = {id(node.func): node for node in ast.walk(module.tree) if isinstance(node, ast.Call)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute) or node.attr not in SKIPS:
            continue
        if ast.unparse(node.value) in {"pytest", "pytest.mark"}:
            yield node, calls.get(id(node))


def gives_reason(skip: ast.Attribute, call: ast.Call | None) -> bool:
    """Tell whether a skip carries `reason=`, or is `pytest.skip(why)`."""
    if call is None:
        return False
    why = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
    if skip.attr in {"skip", "xfail"}:
        why += call.args[:1]
    return any(not isinstance(value, ast.Constant) or bool(value.value) for value in why)


@pytest.mark.parametrize(
    ("line", "complaints"),
    [
        ("x = 1  # noqa: S101", 1),
        ("x = 1  # noqa: S101, E501", 1),
        ("x = 1  # noqa: S101 - the generator is seeded", 0),
        ("x = 1  # type: ignore[arg-type]", 1),
        ("x = 1  # type: ignore[arg-type]  # the stub is wrong", 0),
        ("pytest.skip()", 1),
        ("pytest.skip('no compiler here')", 0),
        ("@pytest.mark.skip\ndef f(): ...", 1),
        ("@pytest.mark.xfail(strict=True)\ndef f(): ...", 1),
        ("@pytest.mark.skipif(True, reason='no compiler here')\ndef f(): ...", 0),
    ],
)
def test_a_bare_ignore_is_found(line: str, complaints: int) -> None:
    module = Module("example", "example.py", line, ast.parse(line), is_package=False)
    assert len(list(without_reason(module))) == complaints
