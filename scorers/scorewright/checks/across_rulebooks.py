"""Rulebooks side by side: what happened is recorded once for all of them, so that all must mean the same."""

from collections.abc import Iterator, Sequence

from scorewright.checks.analysis.analysis import Analysis
from scorewright.checks.check import Path
from scorewright.diagnostics import Label, Report, finding, quoted
from scorewright.program import Input, Kind
from scorewright.rulebook.nodes import locate

_MEANING = ("type", "minimum", "maximum", "decimals", "options")
_WORDS = {"minimum": "min", "maximum": "max"}


def kinds_differ(rulebooks: Sequence[Analysis]) -> Report:
    """Find kinds of fact that an earlier rulebook declares with another key or other fields."""
    first: dict[str, tuple[Analysis, Kind]] = {}
    fields: dict[tuple[str, str], tuple[Analysis, Input]] = {}
    found = Report()
    for here in rulebooks:
        for kind in here.program.kinds:
            there, other = first.setdefault(kind.name, (here, kind))
            path: Path = ("facts", kind.name)
            if kind.key != other.key:
                message = f"the `key` of {quoted(kind.name)} differs from that in another rulebook"
                found += _told(here, there, path, "key", message)
            for field in kind.fields:
                there, known = fields.setdefault((kind.name, field.name), (here, field))
                if word := next(_differing(field, known), None):
                    message = f"the `{word}` of {quoted(field.name)} differs from that in another rulebook"
                    found += _told(here, there, (*path, "fields", field.name), word, message)
    return found


def _differing(one: Input, other: Input) -> Iterator[str]:
    return (_WORDS.get(key, key) for key in _MEANING if getattr(one, key) != getattr(other, key))


def _told(here: Analysis, there: Analysis, path: Path, word: str, message: str) -> Report:
    spans = [locate(each.document.root, (*path, word), key=True) for each in (here, there)]
    way = "declare it alike, or give the kind another name"
    labels = [Label(spans[1], "declared otherwise here")]
    return Report.of([finding("kinds-differ", spans[0], message, way, (), labels)])
