"""Totals that are no sum of points: a count, a value worked out, or none at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scorers.exact import rounded
from scorers.inputs import Answers
from scorers.law.conditions import Facts, ask
from scorers.law.lists import ListNow
from scorers.law.spans import span_of
from scorers.program import Method, Program

TRIGGERS = "triggers"
"""What `of` names to count the triggers that fired."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A total, whether the answer is complete, and between what the total can still be."""

    total: Fraction | None
    complete: bool
    ends: tuple[Fraction, Fraction] | None


def count(program: Program, answers: Answers, facts: Facts, lists: Mapping[str, ListNow]) -> Counted:
    """Give the total of a rulebook without points; `facts` are the answers, and how to ask."""
    if program.method is Method.NONE or program.of is None:
        return Counted(None, True, None)
    if program.method is Method.VALUE:
        return _value(program, program.of, answers)
    if program.of == TRIGGERS:
        return _fired(program, facts, lists)
    named = lists[program.of]
    return Counted(Fraction(len(named.items)), True, (Fraction(named.fewest), Fraction(named.most)))


def _value(program: Program, name: str, answers: Answers) -> Counted:
    value = answers.known.get(name)
    if isinstance(value, Fraction):
        return Counted(rounded(value), True, (value, value))
    span = span_of(program, name, answers.known)
    if answers.zero or span.lowest is None or span.highest is None:
        return Counted(None, False, None)
    return Counted(None, False, (span.lowest, span.highest))


def _fired(program: Program, facts: Facts, lists: Mapping[str, ListNow]) -> Counted:
    facts = replace(facts, lists=sizes(lists))
    asked = [ask(trigger.condition, facts) for trigger in program.triggers]
    fired = Fraction(asked.count(True))
    return Counted(fired, True, (fired, fired + asked.count(None)))


def sizes(lists: Mapping[str, ListNow]) -> Mapping[str, Fraction]:
    """Give how many items each list holds."""
    return {id: Fraction(len(named.items)) for id, named in lists.items()}
