"""A text as it is once somebody has done what the help of a finding says, to the letter.

What a help says to write stands in place of what the finding points at; where it gives two ways, each is one.
A help that leaves something to be decided (`add a case that earns 20`) says no edit, and gives none here.
"""

import re
from collections.abc import Callable, Iterator

from scorewright.diagnostics.diagnostic import Diagnostic
from scorewright.rulebook.errors.foreign_characters import kinds_in, without
from scorewright.rulebook.nodes import Mapping, Sequence
from scorewright.rulebook.source import Source
from scorewright.rulebook.yaml_reader import read_tree

_WRITTEN = re.compile(r"`(.+?)`(?=$|[ ,;?.])")


def obeyed(source: Source, found: Diagnostic) -> list[str]:
    """List the texts that come of a finding's help, one for each way; none where it says no edit."""
    way_out = found.help or ""
    for pattern, edit in _EDITS:
        if said := re.match(pattern, way_out):
            return list(dict.fromkeys(edit(source, found, said)))
    return []


def _bounds(source: Source, found: Diagnostic) -> tuple[int, int]:
    span = found.span
    return source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)


def _put(source: Source, found: Diagnostic, new: str) -> str:
    start, end = _bounds(source, found)
    return f"{source.text[:start]}{new}{source.text[end:]}"


def _entry(source: Source, found: Diagnostic, key: str | None) -> tuple[int, int] | None:
    """Find where a key and its value stand: those that a finding points at, or of this key around it."""
    start, end = _bounds(source, found)
    root = read_tree(source)[0]
    nodes = [root] if root else []
    best = None
    while nodes:
        node = nodes.pop()
        if isinstance(node, Sequence):
            nodes += node.items
        for entry in node.entries if isinstance(node, Mapping) else ():
            nodes.append(entry.value)
            (first, _), (_, last) = (
                [source.offset(*place) for place in part.span.ends] for part in (entry.key, entry.value)
            )
            value = source.offset(*entry.value.span.ends[0])
            is_meant = entry.key.text == key and first <= start <= last if key else start in (first, value)
            if is_meant and end <= last:
                best = first, last
    return best


def _write(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    start, end = _bounds(source, found)
    if "..." in said["words"] or "key: value" in said["words"]:
        return
    for word in _WRITTEN.findall(said["words"]):
        entry = _entry(source, found, None) if re.match(r"\w+: ", word) else None
        first, last = entry or (start, end)
        yield f"{source.text[:first]}{word}{source.text[last:]}"


def _everywhere(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    line = source.excerpt(found.span.line)
    same = next(kind for kind in kinds_in(line) if source.text[_bounds(source, found)[0]] in kind)
    yield _line(source, found, without(line, same))


def _write_line(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    if "..." not in said["line"]:
        yield _line(source, found, " " * (int(said["column"]) - 1) + said["line"])


def _line(source: Source, found: Diagnostic, new: str | None) -> str:
    lines = source.text.splitlines(keepends=True)
    line = found.span.line - 1
    ending = lines[line][len(lines[line].rstrip("\r\n")) :]
    return "".join([*lines[:line], *([] if new is None else [new + ending]), *lines[line + 1 :]])


def _delete(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    start, end = _bounds(source, found)
    text = source.text
    entry = _entry(source, found, said["key"])
    if entry is None:
        yield _put(source, found, "")
        return
    start, end = entry
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if before.endswith(","):
        yield before[:-1] + text[end:]
    elif after.startswith(","):
        yield text[:start] + after[1:].lstrip(" ")
    else:
        yield text[: text.rindex("\n", 0, start)] + text[end:]


def _delete_line(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    yield _line(source, found, None)


def _space(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    yield _put(source, found, " ")


def _spaces(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    yield source.text.replace("\t", "  ")


def _move(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    lines = source.text.splitlines(keepends=True)
    first = found.span.line - 1
    own = _indent(lines[first])
    last = int(said["last"]) if said["last"] else first + 1
    if said["all"]:
        deeper = (n for n in range(first + 1, len(lines)) if lines[n].strip() and _indent(lines[n]) <= own)
        last = next(deeper, len(lines))
    by = int(said["column"]) - 1 - own
    moved = [
        " " * (_indent(line) + by) + line.lstrip(" ") if line.strip() else line for line in lines[first:last]
    ]
    yield "".join([*lines[:first], *moved, *lines[last:]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _quote(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    first, last = _bounds(source, found)
    line = source.excerpt(found.span.line)
    begins = source.line_starts[found.span.line - 1]
    value = re.match(r"\s*(?:- )?(?:[\w.]+: +)?(?=[^\s])", line)
    if found.code in ("not-yaml", "text-cut-by-comma", "text-cut-by-comment"):
        first, last = begins + (value.end() if value else 0), begins + len(line.rstrip())
    text = source.text[first:last].replace("\\", "\\\\").replace('"', '\\"')
    yield f'{source.text[:first]}"{text}"{source.text[last:]}'


def _both(source: Source, found: Diagnostic, said: re.Match[str]) -> Iterator[str]:
    text = source.text[slice(*_bounds(source, found))]
    yield _put(source, found, said["quote"] + text[1:-1] + said["quote"])
    kept = '"' if said["kept"] == "double" else "'"
    yield _put(source, found, f"{kept}{text}{kept}")


Edit = Callable[[Source, Diagnostic, re.Match[str]], Iterator[str]]
_EDITS: tuple[tuple[str, Edit], ...] = (
    (r".*, everywhere in this line$", _everywhere),
    (r"write `(?P<line>.+)`, with the `-` in column (?P<column>\d+)$", _write_line),
    (r"write `(?P<quote>.)` instead of both; .*whole text in (?P<kept>\w+) quotes", _both),
    (
        r"write (?P<words>`.+?`)(?: instead| without quotes)?(?:$|, or quote|, which|, or give|; | and not )",
        _write,
    ),
    (r"write (?P<words>`.+`)(?: instead| without quotes)?$", _write),
    (r"write plain digits such as (?P<words>.*), or quote", _write),
    (r"write small letters.*such as (?P<words>`.*`)$", _write),
    (r"did you mean (?P<words>`.+?`)\?", _write),
    (r"delete the line$", _delete_line),
    (r"delete it and type a space$", _space),
    (r"delete (?:it|`(?P<key>.*)`)$", _delete),
    (r"use spaces$", _spaces),
    (
        r"start it in column (?P<column>\d+)"
        r"(?P<all>, with what is in it)?(?:, and the lines up to (?P<last>\d+) likewise)?$",
        _move,
    ),
    (r"(?:write it, or )?put (?:it|the (?:whole )?text(?:, with its comma,)?) in double quotes", _quote),
)
