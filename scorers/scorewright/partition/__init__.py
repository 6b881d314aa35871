"""How comparisons cut the domain of an answer into cells."""

from scorewright.partition.cells import (
    MOST_COUNTED,
    Cuts,
    compares,
    conditions_of,
    cuts_of,
    inputs_of,
    joint,
    most_crossings,
    size,
)
from scorewright.partition.lines import FEW, ends_of, grid_of
from scorewright.partition.partition import Intervals, Partition, Words
from scorewright.partition.samples import choices, every_number, is_open, representatives
from scorewright.partition.spans import NumberSpan, span_of, spans_of

__all__ = (
    "FEW",
    "MOST_COUNTED",
    "Cuts",
    "Intervals",
    "NumberSpan",
    "Partition",
    "Words",
    "choices",
    "compares",
    "conditions_of",
    "cuts_of",
    "ends_of",
    "every_number",
    "grid_of",
    "inputs_of",
    "is_open",
    "joint",
    "most_crossings",
    "representatives",
    "size",
    "span_of",
    "spans_of",
)
