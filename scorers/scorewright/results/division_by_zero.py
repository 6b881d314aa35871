"""What could not be worked out because it would divide by 0."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ZeroDivision:
    """Something that could not be worked out because a divisor is 0: its kind and id, and the divisor."""

    kind: str
    id: str
    divisor: str

    @property
    def flag(self) -> str:
        """Mark it for machines: `divisor_zero:criterion:leverage:income`."""
        return f"divisor_zero:{self.kind}:{self.id}:{self.divisor}"


def zero_divisors(several: Iterable[ZeroDivision]) -> tuple[str, ...]:
    """Name every divisor once."""
    return tuple(dict.fromkeys(each.divisor for each in several))
