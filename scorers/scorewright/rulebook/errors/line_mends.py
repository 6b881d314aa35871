"""Small changes of a line that would mend what people often get wrong; each is tried before it is told."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scorewright.diagnostics import one_line, quoted
from scorewright.rulebook.errors.foreign_characters import described, kinds_in, mend, without
from scorewright.rulebook.source import Source

_COMPARISON = re.compile(
    r"(?P<before>^\s*(?:- )?|[{,]\s*)(?P<sign>[<>=!]{1,2}|[≤≥≠])\s*:?\s+(?P<value>[^,}#]*[^,}#\s])"
)
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    ">=": ("at_least",), "=>": ("at_least",), "≥": ("at_least",), "<=": ("at_most",), "=<": ("at_most",),
    "≤": ("at_most",), ">": ("more_than",), "<": ("less_than",), "==": ("equals", "is"),
    "=": ("equals", "is"), "!=": ("not_one_of",), "<>": ("not_one_of",), "≠": ("not_one_of",),
}  # fmt: skip
"""The words of the language for signs of comparison, the likeliest first."""

_ROUND = re.compile(r"(?P<before>:\s+)\((?P<inside>[^()\[\]{}\"']*)\)")
_BULLET = re.compile(r"(?P<bullet>[-•*+·‣●○◦▪]|//)(?P<space>\s*)(?P<rest>\S.*)")
_ITEM_AS_KEY = re.compile(r"(?P<key>\w+):(?: \{ ?(?P<rest>.*))?$")
_OPENS = re.compile(r":(?: +[>|][-+0-9]*)?$")
_FARTHEST = 60
"""How many lines above tell in which columns something can begin."""
_MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Mend:
    """Lines as they would be, by number from the first on, and what is said of it at a column of that."""

    lines: Mapping[int, str]
    column: int
    width: int
    message: str
    help: str
    moved: bool = False
    """Whether lines are only moved, so that the place where they would stand is told."""

    @property
    def line(self) -> int:
        """Return the first line that it changes."""
        return next(iter(self.lines))


def of_line(source: Source, line: int) -> Iterator[Mend]:
    """List what could mend a line, the likeliest first."""
    text = source.excerpt(line)
    if not text.strip() or text.lstrip().startswith("#"):
        return
    yield from _foreign(line, text)
    yield from _round(line, text)
    yield from _signs(line, text)
    yield from _dashes(line, text)
    yield from _moves(source, line)


def _foreign(line: int, text: str) -> Iterator[Mend]:
    kinds = kinds_in(text)
    for chars in [*kinds, *(["".join(kinds)] if len(kinds) > 1 else [])]:
        at = next(index for index, char in enumerate(text) if char in chars)
        new = {line: without(text, chars)}
        more = ", everywhere in this line" if sum(char in chars for char in text) > 1 else ""
        yield Mend(new, at + 1, 1, described(text[at]), mend(text[at]) + more)


def _round(line: int, text: str) -> Iterator[Mend]:
    for found in _ROUND.finditer(text):
        square = f"[{found['inside'].strip()}]"
        start = found.end("before")
        new = f"{text[:start]}{square}{text[found.end() :]}"
        message = "a list stands in square brackets, not in round ones"
        yield Mend({line: new}, start + 1, found.end() - start, message, f"write `{one_line(square)}`")


def _signs(line: int, text: str) -> Iterator[Mend]:
    for found in _COMPARISON.finditer(text):
        for word in _WORDS.get(found["sign"], ()):
            value = f"[{found['value']}]" if word == "not_one_of" else found["value"]
            written = f"{word}: {value}"
            start = found.start("sign")
            new = f"{text[:start]}{written}{text[found.end() :]}"
            message = f"{quoted(found['sign'])} is no word for a comparison"
            width = found.end() - start
            yield Mend({line: new}, start + 1, width, message, f"write `{one_line(written)}`")


def _dashes(line: int, text: str) -> Iterator[Mend]:
    indent = len(text) - len(text.lstrip(" "))
    body = text.strip()
    bullet = _BULLET.fullmatch(body)
    if bullet and (bullet["bullet"] != "-" or not bullet["space"]):
        yield _bullet(line, indent, bullet)
    if body.startswith("- "):
        return
    word = quoted(re.split(r"[:,]", body, maxsplit=1)[0])
    message, way_out = f"a `- ` is missing before {word}", f"write {quoted(f'- {body}')}"
    for column in (indent - 2, indent):
        if column >= 0:
            new = {line: f"{' ' * column}- {body}"}
            yield Mend(new, indent + 1, len(body), message, f"{way_out}, with the `-` in column {column + 1}")
    if item := _ITEM_AS_KEY.fullmatch(body):
        rest = "" if item["rest"] is None else f", {item['rest']}"
        written = f"- {{ id: {item['key']}{rest}" if rest else f"- id: {item['key']}"
        message = f"{quoted(item['key'])} is an item of a list, which begins with `- ` and has its id inside"
        yield Mend({line: " " * indent + written}, indent + 1, len(body), message, f"write {quoted(written)}")


def _bullet(line: int, indent: int, found: re.Match[str]) -> Mend:
    sign = found["bullet"]
    if sign == "//":
        new = f"# {found['rest']}"
        message = "`//` begins no comment"
    else:
        new = f"- {found['rest']}"
        message = "a space is missing after the `-`" if sign == "-" else f"`{sign}` begins no item of a list"
    return Mend({line: " " * indent + new}, indent + 1, len(found.group()), message, f"write {quoted(new)}")


def _moves(source: Source, line: int) -> Iterator[Mend]:
    text = source.excerpt(line)
    indent, body = indent_of(text), text.strip()
    word = body if body.startswith("- ") else body.partition(":")[0]
    columns = [column for column in _columns(source, line) if column != indent]
    for extent, words in ((line, ""), (_block_end(source, line), ", with what is in it"), _run(source, line)):
        if words and extent == line:
            continue
        moved = _written(source, line, extent)
        leftmost = min(map(indent_of, moved.values()))
        for column in columns[:_MOST_COLUMNS]:
            if leftmost + column >= indent:
                way_out = f"start it in column {column + 1}{words}"
                message = f"{quoted(word)} stands in column {indent + 1}, where it does not belong"
                lines = Shifted(moved, column - indent)
                yield Mend(lines, indent + 1, len(word), message, way_out, moved=True)


@dataclass(frozen=True, slots=True)
class Shifted(Mapping[int, str]):
    """Lines moved to the left or right: each is made when it is asked for, since few mends are tried."""

    written: Mapping[int, str]
    by: int

    def __getitem__(self, line: int) -> str:
        text = self.written[line]
        return " " * (indent_of(text) + self.by) + text.lstrip(" ")

    def __iter__(self) -> Iterator[int]:
        return iter(self.written)

    def __len__(self) -> int:
        return len(self.written)


def _written(source: Source, first: int, last: int) -> Mapping[int, str]:
    """Return the lines from one to another in which anything is written."""
    lines = ((line, source.excerpt(line)) for line in range(first, last + 1))
    return {line: text for line, text in lines if text.strip()}


def _block_end(source: Source, line: int) -> int:
    """Find the last line that is indented deeper than a line."""
    indent, last = indent_of(source.excerpt(line)), line
    for below in range(line + 1, len(source.line_starts) + 1):
        text = source.excerpt(below)
        if text.strip() and indent_of(text) <= indent:
            break
        last = below if text.strip() else last
    return last


def _run(source: Source, line: int) -> tuple[int, str]:
    """Find the last of the lines that follow without a gap and are not indented less."""
    indent, last = indent_of(source.excerpt(line)), line
    for below in range(line + 1, len(source.line_starts) + 1):
        text = source.excerpt(below)
        if not text.strip() or indent_of(text) < indent:
            break
        last = below
    return last, f", and the lines up to {last} likewise"


def indent_of(text: str) -> int:
    """Count the spaces that a line begins with."""
    return len(text) - len(text.lstrip(" "))


def opens(text: str) -> bool:
    """Return whether the lines below a line, where they are deeper, belong to it."""
    return bool(_OPENS.search(text))


def steps_of(source: Source) -> Mapping[bool, int]:
    """Return how much deeper than their keys this file's blocks begin, and its lists (true), most often."""
    counted: dict[bool, Counter[int]] = {False: Counter(), True: Counter()}
    above = ""
    for text in source.text.splitlines():
        if text.strip() and not text.lstrip().startswith("#"):
            if opens(above):
                counted[text.lstrip().startswith("- ")][indent_of(text) - indent_of(above)] += 1
            above = text
    return {kind: steps.most_common(1)[0][0] if steps else 2 for kind, steps in counted.items()}


def is_usual(source: Source, mend: Mend, steps: Mapping[bool, int]) -> bool:
    """Return whether a change leaves its line as deep below the line that it belongs to as others are."""
    if not mend.moved:
        return True
    text = mend.lines[mend.line]
    is_item = text.lstrip().startswith("- ")
    for line in range(mend.line - 1, 0, -1):
        above = source.excerpt(line)
        if above.strip() and not above.lstrip().startswith("#") and indent_of(above) < indent_of(text):
            return indent_of(text) - indent_of(above) == steps[is_item] + 2 * above.lstrip().startswith("- ")
    return indent_of(text) == 0 and not is_item


def _columns(source: Source, line: int) -> Sequence[int]:
    """List where something can begin: as lines above do, and what is in them; the nearest first."""
    found: dict[int, None] = {}
    for above in range(line - 1, max(line - _FARTHEST, 0), -1):
        text = source.excerpt(above)
        body = text.strip()
        if not body or body.startswith("#"):
            continue
        indent = indent_of(text)
        if opens(body):
            found.setdefault(indent + 2 + 2 * body.startswith("- "))
        if body.startswith("- "):
            found.setdefault(indent + 2)
        found.setdefault(indent)
        if indent == 0:
            break
    found.setdefault(0)
    return list(found)
