"""Time contenders in interleaved rounds of one process, and compare them by ratios.

A loaded or throttled machine slows all contenders of a round alike, so that a ratio within a round says more
than a time. What is reported is the median over the rounds.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Contender = Callable[[Mapping[str, object]], object]
Subjects = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The time of each round, in microseconds for one subject."""

    rounds: tuple[float, ...]

    def micros(self) -> float:
        return median(self.rounds)

    def speed_against(self, other: "Measured") -> float:
        """Tell how many times as fast as another contender this one is."""
        return median(theirs / own for own, theirs in zip(self.rounds, other.rounds, strict=True))


def race(
    contenders: Mapping[str, Contender], subjects: Callable[[int], Subjects], rounds: int
) -> dict[str, Measured]:
    """Let every contender answer the same subjects, round by round, each round starting with another one."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        batch = subjects(number)
        first = number % len(names)
        for name in (*names[first:], *names[:first]):
            gc.collect()
            times[name].append(_time(contenders[name], batch))
    return {name: Measured(tuple(own)) for name, own in times.items()}


def _time(contender: Contender, subjects: Subjects) -> float:
    start = perf_counter()
    for subject in subjects:
        contender(subject)
    return (perf_counter() - start) / len(subjects) * 1e6


def table(title: str, measured: Mapping[str, Measured], against: Sequence[str]) -> str:
    """Write one line a contender: its median time, and how many times as fast as each of `against` it is."""
    width = max(map(len, measured))
    heads = "  ".join(f"{name:>16}" for name in against)
    lines = [title, f"  {'':{width}}  {'':9}  times as fast as", f"  {'':{width}}  {'us each':>9}  {heads}"]
    for name, own in measured.items():
        ratios = "  ".join(f"{own.speed_against(measured[other]):16.2f}" for other in against)
        lines.append(f"  {name:{width}}  {own.micros():9.2f}  {ratios}")
    return "\n".join(lines)
