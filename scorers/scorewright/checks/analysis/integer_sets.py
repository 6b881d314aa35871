"""Sets of whole numbers as the bits of one number, or, where they lie far apart, as a sorted list."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from scorewright.diagnostics import Budget

MAX_BITS = 1_000_000
MAX_SUMS = 200_000
"""The most sums of numbers far apart that are worked out at once."""


@dataclass(frozen=True, slots=True)
class Bits:
    """Bit n of `mask` stands for the number `base` + n; `far` lists numbers that are too far apart."""

    base: int = 0
    mask: int = 0
    far: tuple[int, ...] = ()

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Bits":
        """Hold these numbers, given in any order."""
        found = sorted(set(numbers))
        if not found:
            return cls()
        base, width = found[0], found[-1] - found[0] + 1
        if width > MAX_BITS:
            return cls(far=tuple(found))
        if len(found) < 50:
            return cls(base, sum(1 << (number - base) for number in found))
        digits = bytearray(b"0") * width
        for number in found:
            digits[width - 1 - (number - base)] = ord("1")
        return cls(base, int(digits, 2))

    @classmethod
    def union(cls, parts: Iterable["Bits"]) -> "Bits":
        """Hold what any of the parts holds."""
        given = [part for part in parts if part]
        if len(given) < 2:
            return given[0] if given else cls()
        low, high = min(part.lowest for part in given), max(part.highest for part in given)
        if high - low >= MAX_BITS or any(part.far for part in given):
            return cls.of(chain.from_iterable(given))
        mask = 0
        for part in given:
            mask |= part.mask << (part.base - low)
        return cls(low, mask)

    def __len__(self) -> int:
        return len(self.far) or self.mask.bit_count()

    def __bool__(self) -> bool:
        return bool(self.far or self.mask)

    def __iter__(self) -> Iterator[int]:
        if self.far:
            yield from self.far
            return
        digits = f"{self.mask:b}"[::-1]
        place = digits.find("1")
        while place >= 0:
            yield self.base + place
            place = digits.find("1", place + 1)

    @property
    def lowest(self) -> int:
        """Return the lowest number of a set that is not empty."""
        return self.far[0] if self.far else self.base

    @property
    def highest(self) -> int:
        """Return the highest number of a set that is not empty."""
        return self.far[-1] if self.far else self.base + self.mask.bit_length() - 1

    def first(self, low: int) -> int | None:
        """Return the lowest number that is at least `low`."""
        if self.far:
            return next(iter(self.far[bisect_left(self.far, low) :][:1]), None)
        skipped = max(low - self.base, 0)
        rest = self.mask >> skipped
        return self.base + skipped + (rest & -rest).bit_length() - 1 if rest else None

    def last(self, high: int) -> int | None:
        """Return the highest number that is at most `high`."""
        if self.far:
            return next(iter(self.far[: bisect_right(self.far, high)][-1:]), None)
        kept = min(max(high - self.base + 1, 0), self.mask.bit_length())
        rest = self.mask & ((1 << kept) - 1)
        return self.base + rest.bit_length() - 1 if rest else None

    def shifted(self, by: int) -> "Bits":
        """Add one number to all."""
        return Bits(self.base + by, self.mask) if not self.far else Bits(far=tuple(n + by for n in self.far))

    def outside(self, runs: Sequence[tuple[int, int]]) -> "Bits":
        """Leave out what lies in any of these runs."""
        if self.far:
            return Bits.of(n for n in self.far if not any(low <= n <= high for low, high in runs))
        mask = self.mask
        for low, high in runs:
            first, width = max(low - self.base, 0), high - max(low, self.base) + 1
            if width > 0 and first < mask.bit_length():
                mask &= ~(((1 << min(width, mask.bit_length() - first)) - 1) << first)
        return self if mask == self.mask else Bits._of_mask(self.base, mask)

    @classmethod
    def _of_mask(cls, base: int, mask: int) -> "Bits":
        skipped = (mask & -mask).bit_length() - 1
        return cls(base + skipped, mask >> skipped) if mask else cls()

    def plus(self, other: "Bits", budget: Budget, digits: int) -> "Bits | None":
        """Add all numbers to all of another set; None where the budget ends. Long numbers take more of it."""
        if not self or not other:
            return Bits()
        few, many = sorted((self, other), key=len)
        width = few.highest - few.lowest + many.highest - many.lowest + 1
        if width <= MAX_BITS and budget.spend(len(few) * (3 + width // 10_000)):
            mask = 0
            for number in few:
                mask |= many.mask << (number - few.lowest)
            return Bits(few.lowest + many.lowest, mask)
        size = len(few) * len(many)
        if size <= MAX_SUMS and budget.spend(size * (2 + (digits // 50) ** 2)):
            return Bits.of(a + b for a in few for b in many)
        return None
