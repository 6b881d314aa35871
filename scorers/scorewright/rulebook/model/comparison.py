"""The keys of comparisons: one for each word of the table of operators, with what may stand after it."""

from collections.abc import Container, Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from scorewright.program.operators import Op, Operand, suiting
from scorewright.program.value import Type
from scorewright.rulebook.model.fields import MAX_ITEMS, Block, Bound, Items, Number, Scalar, Text, Value

Right = Scalar | tuple[Scalar, ...]
"""What stands after a comparison."""

Values = Annotated[tuple[Value, ...], Items, Field(min_length=1, max_length=MAX_ITEMS)]
Numbers = Annotated[tuple[Number, Number], Items]

OF_POINTS = suiting(Type.NUMBER, (Operand.NUMBER, Operand.PAIR))
"""The comparisons of points, which are known and no words of a list."""

_KINDS: Mapping[Operand, Any] = {
    Operand.VALUE: Value,
    Operand.VALUES: Values,
    Operand.NUMBER: Number,
    Operand.PAIR: Numbers,
    Operand.YES: bool,
    Operand.DAY: Bound,
    Operand.DAYS: Number,
    Operand.SPAN: Annotated[Number, Field(ge=0)],
    Operand.TEXT: Text,
}


def field_of(op: Op) -> str:
    """Name the field of a block that holds a comparison: `is` is a keyword of Python."""
    return "is_" if op is Op.IS else op.value


_OPS: Mapping[str, Op] = {field_of(op): op for op in Op}


def compared_by(ops: Iterable[Op]) -> Mapping[str, Any]:
    """Return the annotations of the fields that hold these comparisons, each with its key."""
    return {
        field_of(op): Annotated[
            _KINDS[op.row.operand] | None, Field(default=None, alias="is" if op is Op.IS else None)
        ]
        for op in ops
    }


def comparison_of(block: Block, ops: Container[Op]) -> tuple[Op, Right]:
    """Return the one comparison that a block holds, and what stands after it."""
    op = next(op for op in map(_OPS.get, block.model_fields_set) if op is not None and op in ops)
    return op, getattr(block, field_of(op))
