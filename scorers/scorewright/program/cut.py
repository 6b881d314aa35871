"""Where something changes for the answers to an input."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from scorewright.program.operators import Parting
from scorewright.program.value import Value


@dataclass(frozen=True, slots=True)
class Cut:
    """A value at which something changes for an input, in one of the ways of parting.

    `days` counts back from as_of. A cut of the way `whole` says that answers may differ anywhere.
    """

    value: Value | None = None
    days: Fraction | None = None
    parts: Parting = Parting.SAME


ANYWHERE: Final = Cut(parts=Parting.WHOLE)
