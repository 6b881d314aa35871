"""The strict, located YAML 1.2 reader: the one place that imports `yaml`.

It takes the events of the C parser and no more. YAML's own composer crashes on deep nesting, takes seconds on
a few hundred bytes of merge keys, and silently keeps the last of two equal keys.
"""

import yaml

from scorewright.diagnostics import Budget, Report, Span, finding
from scorewright.rulebook.errors import yaml_pitfalls as slips
from scorewright.rulebook.node_builder import MAX_DEPTH, MAX_NODES, Builder, Enough
from scorewright.rulebook.nodes import (
    Entry,
    Mapping,
    Node,
    Plain,
    Scalar,
    Sequence,
    Step,
    Value,
    locate,
    node_at,
    plain,
)
from scorewright.rulebook.source import MAX_PLACES, Source, check_text

if not yaml.__with_libyaml__:
    raise ImportError("PyYAML was installed without libyaml; its Python parser is not safe for hostile files")

from yaml._yaml import CParser

__all__ = [
    "MAX_DEPTH", "MAX_NODES", "Entry", "Mapping", "Node", "Plain", "Scalar", "Sequence", "Step", "Value",
    "locate", "node_at", "plain", "read_tree",
]  # fmt: skip


def read_tree(source: Source, budget: Budget | None = None) -> tuple[Node | None, Report]:
    """Read a text strictly as YAML; no node comes back if there is an error."""
    unwanted = check_text(source)
    if unwanted.has_errors:
        return None, unwanted
    builder = Builder(source, budget or Budget())
    try:
        _read(builder)
    except Enough:
        pass
    else:
        _refuse_nothing(builder)
    report = Report.of(builder.found)
    return (None if report.has_errors else builder.root), report


def _read(builder: Builder) -> None:
    text = _readable(builder)
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None and not isinstance(event, yaml.DocumentEndEvent):
            _take(builder, event)
        if event is not None and event.start_mark is not None:
            builder.end(event.start_mark.index)
    except yaml.YAMLError as error:
        _stop(builder, error)
    finally:
        parser.dispose()


def _readable(builder: Builder) -> str:
    """Report tabs and directives, and take them out so that the rest can be read."""
    text = builder.source.text
    for diagnostic in slips.tabs(builder.source):
        builder.add(diagnostic)
    for diagnostic, offset in slips.directives(builder.source):
        builder.add(diagnostic)
        text = f"{text[:offset]}#{text[offset + 1 :]}"
    if builder.errors >= MAX_PLACES:
        raise Enough
    return text.replace("\t", " ")


def _take(builder: Builder, event: yaml.Event) -> None:
    start, end = event.start_mark, event.end_mark
    # INVARIANT: the C parser marks every event.
    assert start is not None
    assert end is not None
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and (event.anchor or event.tag):
        builder.property(start)
    if isinstance(event, yaml.ScalarEvent):
        builder.scalar(start, end, event.value, event.style or "", event.tag is not None)
    elif isinstance(event, yaml.CollectionStartEvent):
        builder.open(start, isinstance(event, yaml.SequenceStartEvent), bool(event.flow_style))
    elif isinstance(event, yaml.CollectionEndEvent):
        builder.close(end)
    elif isinstance(event, yaml.AliasEvent):
        builder.alias(start, end)


def _stop(builder: Builder, error: yaml.YAMLError) -> None:
    if "\t" in builder.source.text:
        return  # The tabs are the likely cause, and they are reported.
    if not isinstance(error, yaml.MarkedYAMLError):
        builder.stop(str(error), 0, None)
        return
    at, opened = error.problem_mark, error.context_mark
    problem = " ".join(part for part in (error.context, error.problem) if part)
    builder.stop(problem, at.index if at else 0, opened.index if opened else None)


def _refuse_nothing(builder: Builder) -> None:
    if not builder.errors and (builder.root is None or slips.is_nothing(builder.root)):
        top = Span(builder.source.name, 1, 1, 1, 1)
        builder.add(finding("file-empty", top, "there is nothing in this file"))
