"""What is certain however the missing answers turn out, and how many items can then be listed.

Items that share a missing answer are looked at together, so that both ends of a count are attained by real
answers. Items that ask about a value worked out from a missing answer, about other lists or about points
count as independent, and so do those that share more answers than can be tried: their count may then reach
further than any real answers take it, and never less far.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, product
from math import prod

from scorewright.partition import Cuts, choices, compares, cuts_of, inputs_of, is_open, joint, size
from scorewright.program import Item, Method, Program
from scorewright.program.condition import Compare, CriterionRef, GroupRef, ListRef, TotalRef
from scorewright.program.unset_fields import from_unset, over_unset, settled
from scorewright.semantics.conditions import Environment
from scorewright.semantics.lists import listed
from scorewright.semantics.possible_truth import outcomes
from scorewright.semantics.total_bounds import components
from scorewright.validation import Answers

MOST = 1_000
"""The most joint answers, or numbers of items, that are tried."""

MOST_MEMBERS = 8
"""The most members of a list, or texts in a text, that are looked for while every set of them is tried."""

Count = tuple[Fraction, Fraction]
"""How many items can be listed at least and at most."""


def later(program: Program, answers: Answers, environment: Environment) -> Environment:
    """Return what is certain of the grounds once everything is known; the total is not."""
    missing, over = frozenset(answers.missing), over_unset(program, answers.known)
    moving = {criterion.id for criterion in program.criteria if missing.intersection(criterion.inputs)}
    criteria = {id: points for id, points in environment.criteria.items() if id not in moving}
    still = (group for group in program.groups if moving.isdisjoint(group.criteria))
    groups = {group.id: environment.groups.get(group.id) for group in still}
    never = frozenset(never_known(program, answers))
    certain = settled(environment.answers, from_unset(program, answers.known))
    return Environment(certain, environment.as_of, criteria, groups, coming=missing | over, never=never)


def never_known(program: Program, answers: Answers) -> set[str]:
    """Name the values that no further answer makes known: they divide by 0, or look up what is not listed."""
    found: set[str] = set()
    unsure = from_unset(program, answers.known)
    for derived in program.values:
        if derived.name in answers.known:
            continue
        answered = derived.name not in unsure and all(name in answers.known for name in derived.inputs)
        zero = not unsure.issuperset(answers.zero.get(derived.name, ()))
        if answered or found.intersection(derived.inputs) or zero:
            found.add(derived.name)
    return found


def worlds(
    program: Program, certain: Environment, totals: Sequence[Fraction | None] = (None,)
) -> Iterator[Environment]:
    """Yield every total beside every number of items that the lists which are asked for can come to hold."""
    asked = [named for named in program.lists if named.id in _asked_for(program)]
    ends = [tally(program, named.items, certain) for named in asked]
    sizes = [[Fraction(n) for n in range(int(low), int(high) + 1)] for low, high in ends]
    if prod(map(len, sizes)) * len(totals) > MOST:
        yield certain
        return
    for *counts, total in product(*sizes, totals):
        lists = {named.id: size for named, size in zip(asked, counts, strict=True) if size is not None}
        own = lists.get(program.of or "") if program.method is Method.COUNT else None
        yield replace(certain, lists=lists, total=total if own is None else own)


def _asked_for(program: Program) -> set[str]:
    conditions = [band.condition for band in program.bands if band.condition is not None]
    conditions += [disqualifier.condition for disqualifier in program.disqualifiers]
    conditions += [trigger.condition for trigger in program.triggers]
    lefts = (compare.left for condition in conditions for compare in compares(condition))
    return {left.id for left in lefts if isinstance(left, ListRef)}


def tally(program: Program, items: Iterable[Item], certain: Environment) -> Count:
    """Count how many of the items can be listed at least and at most."""
    unknown = _unknown_values(program, certain.coming)
    asked = [_asked(item, unknown) for item in items]
    together = components((one for one in asked if one.plain), certain.answers)
    counts = [_joint_counts(program, members, certain) for members in together]
    counts += [_counts(one.item, certain) for one in asked if not one.plain]
    return Fraction(sum(map(min, counts))), Fraction(sum(map(max, counts)))


@dataclass(frozen=True, slots=True)
class _ItemInputs:
    """An item and the inputs that it reads; `plain` where answers alone decide it."""

    item: Item
    inputs: tuple[str, ...]
    plain: bool


def _asked(item: Item, unknown: frozenset[str]) -> _ItemInputs:
    lefts = [compare.left for compare in _compares([item])]
    names = tuple(dict.fromkeys(chain.from_iterable(map(inputs_of, lefts))))
    beyond = any(isinstance(left, ListRef | CriterionRef | GroupRef | TotalRef) for left in lefts)
    return _ItemInputs(item, names, not beyond and unknown.isdisjoint(names))


def _compares(items: Iterable[Item]) -> Iterator[Compare]:
    for item in items:
        for condition in (item.when, item.unless):
            if condition is not None:
                yield from compares(condition)


def _unknown_values(program: Program, missing: frozenset[str]) -> frozenset[str]:
    """Name the values that are worked out from missing answers, or read unset fields."""
    found = missing
    for derived in program.values:
        if found.intersection(derived.inputs):
            found |= {derived.name}
    return found.intersection(derived.name for derived in program.values)


def _joint_counts(program: Program, members: Sequence[_ItemInputs], certain: Environment) -> set[int]:
    """Return how many of the members can be listed together."""
    names = [n for n in dict.fromkeys(n for m in members for n in m.inputs) if n in certain.coming]
    items = [member.item for member in members]
    cuts = cuts_of((), list(_compares(items)))
    if _can_try(program, cuts, names, certain):
        tried = joint(program, cuts, names, certain.answers, certain.as_of)
        found = {sum(listed(item, Environment(whole, certain.as_of)) for item in items) for whole in tried}
        if found:
            return found
    counts = [_counts(item, certain) for item in items]
    return {sum(map(min, counts)), sum(map(max, counts))}


def _can_try(program: Program, cuts: Cuts, names: Sequence[str], certain: Environment) -> bool:
    for item in program.inputs:
        own = cuts.by_input.get(item.name, ()) if item.name in names else ()
        if is_open(item, own) or choices(item, own) > MOST_MEMBERS:
            return False
    return size(program, cuts, names, certain.as_of) <= MOST


def _counts(item: Item, certain: Environment) -> set[int]:
    """Return whether an item can be listed, and whether it can be left out."""
    applies = outcomes(item.when, certain) if item.when else {True}
    excused = outcomes(item.unless, certain) if item.unless else {False}
    listed = {1} if True in applies and excused != {True} else set()
    return listed | ({0} if applies != {True} or True in excused else set())
