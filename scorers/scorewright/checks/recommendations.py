"""Actions: texts with placeholders that exist, replacements that end, and bands that recommend something."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import Diagnostic, quoted, suggestion
from scorewright.rulebook import PLACEHOLDERS, Document, split
from scorewright.rulebook import references as uses
from scorewright.rulebook.model.rulebook import Rulebook

_KEYED: Final = ("inputs", "groups")


def placeholders(document: Document) -> Findings:
    """Find placeholders that do not exist, and braces that are none."""
    find = Finder(document, "unknown-placeholder")
    known = list(_known(document.rulebook))
    for path, text in uses.texts(document.rulebook):
        for index, part in enumerate(split(text)):
            if index % 2 and part not in known:
                yield _unknown(find, path, part, known)
            elif not index % 2 and ("{" in part or "}" in part):
                message = "a brace stands alone in this text"
                yield find.at(path, message, "braces hold a placeholder, such as `{score}`")


def _unknown(find: Finder, path: Path, part: str, known: list[str]) -> Diagnostic:
    bare = "".join(part.split())
    if bare != part and bare in known:
        message = f"spaces stand inside the braces of `{{{bare}}}`"
        return _in_text(find, path, part, message, f"write `{{{bare}}}`")
    of_kind = [name for name in known if part and name.partition(".")[2] == part]
    near = suggestion(of_kind[0] if of_kind else part, known, find.document.budget)
    way = near.replace("did you mean `", "did you mean `{").replace("`?", "}`?")
    return _in_text(find, path, part, f"`{{{quoted(part)[1:-1]}}}` is not a placeholder", way)


def _in_text(find: Finder, path: Path, part: str, message: str, way: str) -> Diagnostic:
    """Write a finding at a placeholder itself, where its text is written as it is read."""
    found, source = find.at(path, message, way), find.document.source
    start, end = (source.offset(*place) for place in found.span.ends)
    at = source.text.find(f"{{{part}}}", start, end)
    return found if at < 0 else replace(found, span=source.span(at, at + len(part) + 2))


def _known(rulebook: Rulebook) -> Iterator[str]:
    yield from PLACEHOLDERS
    yield from (f"inputs.{name}" for name in rulebook.inputs)
    yield from (f"groups.{group.id}" for group in rulebook.groups)


def without_otherwise(document: Document) -> Findings:
    """Find guarded actions that nothing replaces."""
    find = Finder(document, "blocked-action-without-otherwise")
    for name, action in document.rulebook.actions.items():
        if action.only_if is not None and action.otherwise is None:
            message = f"when `only_if` fails, {quoted(name)} is dropped without a replacement"
            yield find.at(("actions", name, "only_if"), message, "add `otherwise`", key=True)


def bands_without_action(document: Document) -> Findings:
    """Find bands that recommend nothing while others do."""
    find = Finder(document, "band-without-action")
    bands = document.rulebook.bands
    for index, band in enumerate(bands):
        if not band.actions and any(other.actions for other in bands):
            yield find.at(
                ("bands", index, "id"), f"band {quoted(band.id)} recommends nothing", "add `actions`"
            )


def otherwise_loops(document: Document) -> Findings:
    """Find replacements that lead back to the action itself."""
    find = Finder(document, "otherwise-loop")
    actions = document.rulebook.actions
    followed: set[str] = set()
    for name in actions:
        chain: dict[str, None] = {}
        step: str | None = name
        while step is not None and step in actions and step not in followed and step not in chain:
            chain[step] = None
            step = actions[step].otherwise
        followed.update(chain)
        if step is not None and step in chain:
            message = f"`otherwise` leads back to {quoted(step)}"
            way = "let the last replacement have no `otherwise`"
            yield find.at(("actions", step, "otherwise"), message, way)


CHECKS: tuple[Check[Document], ...] = (
    Check("unknown-placeholder", placeholders),
    Check("otherwise-loop", otherwise_loops),
    Check("blocked-action-without-otherwise", without_otherwise),
    Check("band-without-action", bands_without_action),
)
