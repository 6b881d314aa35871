"""A subject that comes without a single input: most often its caller has lost them on the way."""

from typing import Final

from scorewright.program import Program
from scorewright.results import InputCode, InputError, Invalid

NOTHING_SENT: Final = Invalid(
    (
        InputError(
            "",
            InputCode.NO_INPUTS,
            "not one input came, though some are asked; where nothing is known, send one as null",
        ),
    )
)
"""What is wrong with such a subject."""


def asked(program: Program) -> list[str]:
    """Name the inputs that somebody must answer: neither measured nor a signal."""
    signals = {signal.id for signal in program.signals}
    return [item.name for item in program.inputs if item.measure is None and item.name not in signals]


def asks(program: Program) -> bool:
    """Return whether a program has such an input."""
    return bool(asked(program))
