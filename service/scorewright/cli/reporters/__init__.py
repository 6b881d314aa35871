"""How findings are written: one format a file, and the table of them."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from scorewright.cli.reporters import concise, github, human
from scorewright.cli.reporters import json as json_reporter
from scorewright.diagnostics import Diagnostic, Text

Reporter = Callable[[Sequence[Diagnostic], Mapping[str, Text], bool], str]
"""Writes findings, with the source lines and in colour where the format has them."""


def _without_sources(render: Callable[[Sequence[Diagnostic]], str]) -> Reporter:
    def report(diagnostics: Sequence[Diagnostic], _sources: Mapping[str, Text], _color: bool) -> str:
        return render(diagnostics)

    return report


REPORTERS: Mapping[str, Reporter] = MappingProxyType(
    {
        "human": human.render,
        "concise": _without_sources(concise.render),
        "json": _without_sources(json_reporter.render),
        "github": _without_sources(github.render),
    }
)
"""Every format by its name."""
