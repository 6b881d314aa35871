"""Write a rulebook as messages: enough for a client to list it and to draw its form."""

from fractions import Fraction
from pathlib import PurePath

from scorewright.messages.answer_encoder import json_message
from scorewright.program.exact_numbers import as_float
from scorewright.program.formula import Derived
from scorewright.program.matrix import Level, Matrix
from scorewright.program.phrasing import condition_text
from scorewright.program.program import (
    Action,
    Band,
    Bound,
    Criterion,
    Disqualifier,
    Group,
    Input,
    Kind,
    NamedList,
    Program,
    Trigger,
)
from scorewright.program.signal import Signal
from scorewright.program.signal_phrasing import assertion_text, measure_text, signal_lines
from scorewright.program.value import value_text
from scorewright.results.outcome_json import json_value
from scorewright.rulebook.model.input import Input as WrittenInput
from scorewright.scoring.load import Loaded
from scorewright.v1 import scorewright_pb2 as pb


def summary(program: Program) -> pb.RulebookSummary:
    """Tell which rulebook a program is."""
    return pb.RulebookSummary(
        id=program.id,
        name=program.name,
        version=program.version,
        digest=program.digest,
        owner=program.owner,
        max_score=_number(program.out_of),
        inputs=[item.name for item in program.inputs],
        bands=[band.id for band in program.bands],
    )


def rulebook(loaded: Loaded) -> pb.Rulebook:
    """Tell everything about a rulebook."""
    program, written = loaded.program, loaded.document.rulebook
    lowest, highest = loaded.ends or (None, None)
    return pb.Rulebook(
        id=program.id,
        name=program.name,
        version=program.version,
        digest=program.digest,
        owner=program.owner,
        source=program.source or "",
        notes=program.notes or "",
        method=program.method.value,
        if_missing=program.policy.value,
        minimum_coverage=_number(program.minimum_coverage),
        minimum_known=program.minimum_known,
        band_on=program.band_on or "",
        max_score=_number(program.out_of),
        lowest=_number(lowest),
        highest=_number(highest),
        inputs=[_input(item, written.inputs.get(item.name)) for item in program.inputs],
        groups=[_group(group) for group in program.groups if group.id],
        criteria=[_criterion(criterion) for criterion in program.criteria],
        values=[_value(value) for value in program.values],
        lists=[_list(named) for named in program.lists],
        flags=[pb.FlagDefinition(id=f.id, when=condition_text(f.condition)) for f in program.flags],
        bands=[_band(program, band) for band in program.bands],
        disqualifiers=[_disqualifier(item) for item in program.disqualifiers],
        triggers=[_trigger(item) for item in program.triggers],
        actions=[_action(action) for action in program.actions],
        matrix=_matrix(program.matrix) if program.matrix else None,
        file=PurePath(loaded.source.name).name,
        text=loaded.source.text,
        facts=[_kind(kind) for kind in program.kinds],
        signals=[_signal(signal) for signal in program.signals],
    )


def _input(item: Input, written: WrittenInput | None) -> pb.InputDefinition:
    found = _shape(item)
    found.measured = measure_text(item.measure) if item.measure else ""
    found.required = item.required
    found.if_missing = item.policy.value if item.assumed is None else "assume"
    if item.assumed is not None:
        found.assumed.CopyFrom(json_message(json_value(item.assumed)))
    if item.item is not None:
        found.item.CopyFrom(_shape(item.item))
        found.max_items = item.max_items
    if written is None:  # a signal, which is answered like an input
        return found
    for value, text in sorted((written.guide or {}).items(), key=_by_value):
        found.guide.add(value=value, text=text)
    found.window = written.window or ""
    found.notes = written.notes or ""
    found.source = written.source or ""
    return found


def _shape(item: Input) -> pb.InputDefinition:
    return pb.InputDefinition(
        name=item.name,
        type=item.type.value,
        kind=item.kind,
        label=item.label,
        unit=item.unit or "",
        min=_number(item.minimum),
        max=_number(item.maximum),
        earliest=_day(item.minimum),
        latest=_day(item.maximum),
        decimals=item.decimals,
        options=item.options,
        fields=[_shape(field) for field in item.fields],
        optional=item.optional,
    )


def _by_value(guide: tuple[str, str]) -> tuple[float, str]:
    try:
        return float(guide[0]), guide[0]
    except ValueError:
        return 0, guide[0]


def _number(number: Bound) -> float | None:
    return as_float(number) if isinstance(number, Fraction) else None


def _day(bound: Bound) -> str:
    return "" if bound is None or isinstance(bound, Fraction) else value_text(bound)


def _group(group: Group) -> pb.GroupDefinition:
    return pb.GroupDefinition(
        id=group.id,
        label=group.label,
        max_points=as_float(group.share),
        cap=_number(group.cap),
        floor=_number(group.floor),
        source=group.source or "",
    )


def _criterion(criterion: Criterion) -> pb.CriterionDefinition:
    return pb.CriterionDefinition(
        id=criterion.id,
        label=criterion.label,
        group=criterion.group,
        inputs=criterion.inputs,
        lowest=as_float(criterion.lowest),
        highest=as_float(criterion.highest),
        actionable=criterion.actionable,
        source=criterion.source or "",
    )


def _value(value: Derived) -> pb.ValueDefinition:
    return pb.ValueDefinition(id=value.name, label=value.label, unit=value.unit or "", inputs=value.inputs)


def _list(named: NamedList) -> pb.ListDefinition:
    items = [pb.ListedItem(id=item.id, text=item.shown, source=item.source or "") for item in named.items]
    return pb.ListDefinition(id=named.id, label=named.label, items=items)


def _band(program: Program, band: Band) -> pb.BandDefinition:
    found = pb.BandDefinition(
        id=band.id,
        label=band.label,
        qualified=band.qualified,
        actions=band.actions,
        flags=band.flags,
        source=band.source or "",
        when=condition_text(band.condition) if band.condition else "",
    )
    if not program.bands_by_condition:
        _set_from(found, band.edge)
    return found


def _disqualifier(item: Disqualifier) -> pb.DisqualifierDefinition:
    return pb.DisqualifierDefinition(
        id=item.id,
        label=item.label,
        when=condition_text(item.condition),
        band=item.band or "",
        actions=item.actions,
        source=item.source or "",
    )


def _trigger(item: Trigger) -> pb.TriggerDefinition:
    return pb.TriggerDefinition(
        id=item.id,
        label=item.label,
        when=condition_text(item.condition),
        severity=item.severity,
        actions=item.actions,
        source=item.source or "",
    )


def _action(action: Action) -> pb.ActionDefinition:
    return pb.ActionDefinition(
        id=action.id,
        do=action.do,
        owner=action.owner,
        due=action.due,
        channel=action.channel or "",
        priority=action.priority,
        only_if=condition_text(action.only_if) if action.only_if else "",
        otherwise=action.otherwise or "",
        source=action.source or "",
        enables=action.enables,
        asserts=map(assertion_text, action.asserts),
    )


def _kind(kind: Kind) -> pb.FactKind:
    fields = [_shape(field) for field in kind.fields]
    return pb.FactKind(name=kind.name, label=kind.label, key=kind.key, fields=fields)


def _signal(signal: Signal) -> pb.SignalDefinition:
    return pb.SignalDefinition(
        id=signal.id,
        label=signal.label,
        when=signal_lines(signal),
        actions=signal.enables,
        asserts=map(assertion_text, signal.asserts),
        source=signal.source or "",
    )


def _matrix(matrix: Matrix) -> pb.MatrixDefinition:
    cells = [
        pb.MatrixCell(id=matrix.id, row=row.id, column=column.id, label=label)
        for row, labels in zip(matrix.rows, matrix.cells, strict=True)
        for column, label in zip(matrix.columns, labels, strict=True)
    ]
    return pb.MatrixDefinition(
        id=matrix.id,
        label=matrix.label,
        row_group=matrix.row_group,
        column_group=matrix.column_group,
        rows=[_level(level) for level in matrix.rows],
        columns=[_level(level) for level in matrix.columns],
        cells=cells,
        source=matrix.source or "",
    )


def _level(level: Level) -> pb.LevelDefinition:
    found = pb.LevelDefinition(id=level.id, label=level.label)
    _set_from(found, level.edge)
    return found


def _set_from(found: pb.BandDefinition | pb.LevelDefinition, edge: Fraction) -> None:
    setattr(found, "from", as_float(edge))  # a keyword in Python
