"""Write a rulebook as messages: enough for a client to list it and to draw its form."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import PurePath

from scorewright.messages.answer_encoder import json_message
from scorewright.messages.message_filler import M, filled
from scorewright.program import Action, Band, Bound, Disqualifier, Input, Matrix, NamedList, Program, Trigger
from scorewright.program.condition import Condition
from scorewright.program.phrasing import condition_text
from scorewright.program.signal import Signal
from scorewright.program.signal_phrasing import assertion_text, measure_text, signal_lines
from scorewright.program.value import value_text
from scorewright.results.outcome_json import json_value
from scorewright.rulebook.model.input import Input as WrittenInput
from scorewright.scoring import Loaded
from scorewright.v1 import scorewright_pb2 as pb


def summary(program: Program) -> pb.RulebookSummary:
    """Return which rulebook a program is."""
    return filled(
        pb.RulebookSummary,
        program,
        max_score=program.out_of,
        inputs=[item.name for item in program.inputs],
        bands=[band.id for band in program.bands],
    )


def rulebook(loaded: Loaded) -> pb.Rulebook:
    """Return everything about a rulebook."""
    program, written = loaded.program, loaded.document.rulebook
    lowest, highest = loaded.ends or (None, None)
    groups = [group for group in program.groups if group.id]
    return filled(
        pb.Rulebook,
        program,
        if_missing=program.policy,
        max_score=program.out_of,
        lowest=lowest,
        highest=highest,
        inputs=[_input(item, written.inputs.get(item.name)) for item in program.inputs],
        groups=[filled(pb.GroupDefinition, group, max_points=group.share) for group in groups],
        criteria=[filled(pb.CriterionDefinition, item) for item in program.criteria],
        values=[filled(pb.ValueDefinition, value, id=value.name) for value in program.values],
        lists=[_list(named) for named in program.lists],
        flags=[filled(pb.FlagDefinition, flag, when=_when(flag.condition)) for flag in program.flags],
        bands=[_band(band, program) for band in program.bands],
        disqualifiers=[_fired(pb.DisqualifierDefinition, item) for item in program.disqualifiers],
        triggers=[_fired(pb.TriggerDefinition, item) for item in program.triggers],
        actions=[_action(action) for action in program.actions],
        matrix=_matrix(program.matrix) if program.matrix else None,
        file=PurePath(loaded.source.name).name,
        text=loaded.source.text,
        facts=[filled(pb.FactKind, kind, fields=map(_shape, kind.fields)) for kind in program.kinds],
        signals=[_signal(signal) for signal in program.signals],
    )


def _list(named: NamedList) -> pb.ListDefinition:
    items = [filled(pb.ListedItem, item, text=item.shown) for item in named.items]
    return filled(pb.ListDefinition, named, items=items)


def _band(band: Band, program: Program) -> pb.BandDefinition:
    edge = None if program.bands_by_condition else band.edge
    return filled(pb.BandDefinition, band, when=_when(band.condition), **_from(edge))


def _action(action: Action) -> pb.ActionDefinition:
    asserts = map(assertion_text, action.asserts)
    return filled(pb.ActionDefinition, action, only_if=_when(action.only_if), asserts=asserts)


def _signal(signal: Signal) -> pb.SignalDefinition:
    asserts, when = map(assertion_text, signal.asserts), signal_lines(signal)
    return filled(pb.SignalDefinition, signal, when=when, actions=signal.enables, asserts=asserts)


def _fired(message: type[M], item: Disqualifier | Trigger) -> M:
    return filled(message, item, when=_when(item.condition))


def _when(condition: Condition | None) -> str | None:
    return condition_text(condition) if condition else None


def _from(edge: Fraction | None) -> Mapping[str, object]:
    return {"from": edge}  # a keyword in Python


_OF_A_WHOLE_INPUT: Mapping[str, object] = {
    **dict.fromkeys(("guide", "required", "if_missing", "assumed", "item")),
    **dict.fromkeys(("max_items", "window", "notes", "source", "measured")),
}
"""What a field of a record, or an item of a list, does not have."""


def _shape(item: Input, /, **own: object) -> pb.InputDefinition:
    return filled(
        pb.InputDefinition,
        item,
        **{
            **_OF_A_WHOLE_INPUT,
            "min": _number(item.minimum),
            "max": _number(item.maximum),
            "earliest": _day(item.minimum),
            "latest": _day(item.maximum),
            "fields": map(_shape, item.fields),
            **own,
        },
    )


def _input(item: Input, written: WrittenInput | None) -> pb.InputDefinition:
    return _shape(
        item,
        measured=measure_text(item.measure) if item.measure else None,
        required=item.required,
        if_missing=item.policy if item.assumed is None else "assume",
        assumed=None if item.assumed is None else json_message(json_value(item.assumed)),
        item=_shape(item.item) if item.item else None,
        max_items=item.max_items if item.item else None,
        **(_written(written) if written else {}),  # a signal, which is answered like an input, is not written
    )


def _written(written: WrittenInput) -> Mapping[str, object]:
    guide = sorted((written.guide or {}).items(), key=_by_value)
    return {
        "guide": [pb.Guide(value=value, text=text) for value, text in guide],
        "window": written.window,
        "notes": written.notes,
        "source": written.source,
    }


def _by_value(guide: tuple[str, str]) -> tuple[float, str]:
    try:
        return float(guide[0]), guide[0]
    except ValueError:
        return 0, guide[0]


def _number(bound: Bound) -> Fraction | None:
    return bound if isinstance(bound, Fraction) else None


def _day(bound: Bound) -> str | None:
    return None if bound is None or isinstance(bound, Fraction) else value_text(bound)


def _matrix(matrix: Matrix) -> pb.MatrixDefinition:
    cells = [
        pb.MatrixCell(id=matrix.id, row=row.id, column=column.id, label=label)
        for row, labels in zip(matrix.rows, matrix.cells, strict=True)
        for column, label in zip(matrix.columns, labels, strict=True)
    ]
    rows, columns = (
        [filled(pb.LevelDefinition, level, **_from(level.edge)) for level in levels]
        for levels in (matrix.rows, matrix.columns)
    )
    return filled(pb.MatrixDefinition, matrix, rows=rows, columns=columns, cells=cells)
