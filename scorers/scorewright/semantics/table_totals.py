"""Totals that are no sum of points: a count, a value worked out, or none at all."""

from fractions import Fraction

from scorewright.partition import span_of
from scorewright.program import Item, Method, Program
from scorewright.program.derived_values import LARGEST
from scorewright.program.exact_numbers import rounded
from scorewright.program.unset_fields import from_unset, settled
from scorewright.semantics.conditions import Environment, ask
from scorewright.semantics.interval_bounds import later, never_known, tally, worlds
from scorewright.semantics.lists import Lists, sizes
from scorewright.semantics.total_bounds import Ends
from scorewright.validation import Answers

TRIGGERS = "triggers"
"""What `of` names to count the triggers that fired."""


def count(program: Program, answers: Answers, environment: Environment, lists: Lists) -> Fraction | None:
    """Return the total of a rulebook without points; `environment` are the answers, and how to ask."""
    if program.method is Method.NONE or program.of is None:
        return None
    if program.method is Method.VALUE:
        value = answers.known.get(program.of)
        return rounded(value) if isinstance(value, Fraction) else None
    if program.of != TRIGGERS:
        return Fraction(len(lists[program.of]))
    asking = Environment(environment.answers, environment.as_of, lists=sizes(lists), tell=environment.tell)
    return Fraction(sum(ask(trigger.condition, asking) is True for trigger in program.triggers))


def ends_of(program: Program, answers: Answers, environment: Environment) -> Ends | None:
    """Return the lowest and the highest total still possible; None where there is none, or no end to it."""
    if program.method is Method.NONE or program.of is None:
        return None
    if program.method is Method.VALUE:
        return _value_ends(program, program.of, answers)
    certain = later(program, answers, environment)
    items = _counted_items(program, program.of)
    ends = [tally(program, items, world) for world in worlds(program, certain)]
    return Ends(min(low for low, _ in ends), max(high for _, high in ends))


def _counted_items(program: Program, of: str) -> tuple[Item, ...]:
    if of == TRIGGERS:
        return tuple(Item(t.id, t.label, t.condition, None) for t in program.triggers)
    return next(named.items for named in program.lists if named.id == of)


def _value_ends(program: Program, name: str, answers: Answers) -> Ends | None:
    if name in never_known(program, answers):
        return None
    span = span_of(program, name, settled(answers.known, from_unset(program, answers.known)))
    ends = [end for end in (span.lowest, span.highest) if isinstance(end, Fraction) and abs(end) < LARGEST]
    return Ends(ends[0], ends[1]) if len(ends) == 2 else None
