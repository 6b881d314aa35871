"""Marks for machines: of the band, of conditions, and of what is not known well enough."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain

from scorewright.program import Band, Item, Program
from scorewright.program.condition import Condition
from scorewright.program.exact_numbers import text
from scorewright.results import Withheld, ZeroDivision
from scorewright.semantics.bands import Checked
from scorewright.semantics.conditions import Environment, ask
from scorewright.semantics.subject_totals import SubjectTotals
from scorewright.semantics.zero_divisors import Divisors, Zeros
from scorewright.validation import Answers


def flags_of(
    program: Program, scored: SubjectTotals, band: Band | None, checked: Checked, environment: Environment
) -> Iterator[str]:
    """List the flags but for those of what divides by 0; one may come twice."""
    yield from program.band_unknown_flags if band is None else band.flags
    yield from (flag.id for flag in program.flags if ask(flag.condition, environment))
    if scored.settled.coverage is not None and scored.settled.unknown:
        yield f"coverage:{text(scored.settled.coverage)}"
    yield from (f"not_evaluated:{item.id}" for item in checked.undecided)


def over_zero(
    program: Program,
    answers: Answers,
    scored: SubjectTotals,
    environment: Environment,
    zeros: Zeros,
    withheld: Iterable[Withheld],
) -> tuple[ZeroDivision, ...]:
    """List what could not be worked out because a divisor is 0, in the order in which it is asked."""
    zero = scored.settled.zero
    if not answers.zero and not zero and Fraction(0) not in answers.known.values():
        return ()
    guarded = {action.id for action in withheld}
    guards = [(a.id, a.only_if) for a in program.actions if a.id in guarded and a.only_if is not None]
    found: Iterable[tuple[str, str, Divisors]] = chain(
        (("value", d.name, answers.zero.get(d.name, ())) for d in program.values),
        (("criterion", c.id, zero.get(c.id, ())) for c in program.criteria),
        (("item", i.id, _of_item(i, zeros, environment)) for named in program.lists for i in named.items),
        (("disqualifier", d.id, zeros.of(d.condition, environment)) for d in program.disqualifiers),
        (("trigger", t.id, zeros.of(t.condition, environment)) for t in program.triggers),
        (
            ("band", id, zeros.of(condition, environment))
            for id, condition in _undecided_band(program, environment)
        ),
        (("flag", f.id, zeros.of(f.condition, environment)) for f in program.flags),
        (("guard", id, zeros.of(condition, environment)) for id, condition in guards),
    )
    return tuple(ZeroDivision(kind, id, divisor) for kind, id, divisors in found for divisor in divisors)


def _of_item(item: Item, zeros: Zeros, environment: Environment) -> Divisors:
    """Name the divisors for which an item is undecided; one that is excused or does not apply is decided."""
    applies = True if item.when is None else ask(item.when, environment)
    excused = False if item.unless is None else ask(item.unless, environment)
    if applies is False or excused:
        return ()
    parts = (part for part in (item.when, item.unless) if part is not None)
    return tuple(dict.fromkeys(chain.from_iterable(zeros.of(part, environment) for part in parts)))


def _undecided_band(program: Program, environment: Environment) -> Iterator[tuple[str, Condition]]:
    """Yield the band that no band is told for, because its condition is unknown."""
    for band in program.bands if program.bands_by_condition else ():
        answer = True if band.condition is None else ask(band.condition, environment)
        if answer is None and band.condition is not None:
            yield band.id, band.condition
        if answer is not False:
            return
