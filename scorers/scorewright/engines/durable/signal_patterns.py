"""From the signals of a program to rules: each signal is one, of patterns that must all match.

What compares facts is left to the rule; what looks at one fact alone is decided before, exactly. So is how
old a fact is: microseconds need not fit the library, and facts that only their age tells apart would be many.
Tallies are tests of the moment, one more fact that stands first; it also stands before an absence that
nothing else comes before.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from scorewright.engines.compiled.fact_index import Choosing
from scorewright.engines.compiled.signal_matcher import CompiledMeasure
from scorewright.engines.durable.axes import AxisKind, Basic, basics, cut
from scorewright.engines.durable.facts_encoding import MeasureCell, PatternEncoding, SignalEncoding
from scorewright.engines.durable.join_encoding import Link, links_of
from scorewright.engines.durable.normal import Axes, rules_from
from scorewright.engines.durable.rule_language import (
    MAX_COMPARED,
    MAX_FIELDS,
    MAX_KINDS,
    MAX_PATTERNS,
    MAX_RULES,
    Kinds,
    Of,
    Rule,
    RulePattern,
    RuleSign,
    RuleTest,
)
from scorewright.engines.engine_errors import Inexpressible, InexpressibleError
from scorewright.program import Program
from scorewright.program.condition import Compare, InputRef
from scorewright.program.signal import MeasureTest, Signal
from scorewright.program.signal import Pattern as Line

HELP: Final = "leave something out, or score with the engine `compiled`, which answers the same"


class UnfitError(ValueError):
    """The box cannot express a signal."""


def askings(program: Program, choose: Choosing | None = None) -> tuple[SignalEncoding, ...]:
    """Write every signal as a rule; those that cannot be expressed are refused at once."""
    choose = choose or Choosing()
    found: list[SignalEncoding] = []
    refused: list[Inexpressible] = []
    for signal in program.signals:
        try:
            found.append(_asking(signal, choose))
        except UnfitError as error:
            refused.append(Inexpressible(signal.path, str(error), HELP))
    if refused:
        raise InexpressibleError("durable", tuple(refused))
    return tuple(found)


def boxes_of(found: Sequence[SignalEncoding]) -> Iterator[Sequence[SignalEncoding]]:
    """Fill one box after the other."""
    box: list[SignalEncoding] = []
    for asking in found:
        if len(box) == MAX_RULES or sum(len(other.kinds) for other in (*box, asking)) > MAX_KINDS:
            yield box
            box = []
        box.append(asking)
    if box:
        yield box


def _asking(signal: Signal, choose: Choosing) -> SignalEncoding:
    lines = [part for part in signal.parts if isinstance(part, Line)]
    tallies = [part for part in signal.parts if isinstance(part, MeasureTest)]
    links = _links(lines)
    slots = tuple(_slot(signal.id, place, line, links, choose) for place, line in enumerate(lines))
    told = [_cell(place, tally, choose) for place, tally in enumerate(tallies)]
    patterns = [_pattern(place, slot) for place, slot in enumerate(slots)]
    kinds: Kinds = {slot.kind: dict.fromkeys(slot.fields, int) for slot in slots}
    moment = None
    if tallies or all(line.absent for line in lines):
        moment = f"{signal.id} moment"
        kinds = {moment: {cell.field: int for cell, _ in told}, **kinds}
        patterns.insert(0, RulePattern("moment", moment, tuple(test for _, tests in told for test in tests)))
    _check(patterns, kinds)
    cells = tuple(cell for cell, _ in told)
    return SignalEncoding(signal.id, Rule(signal.id, tuple(patterns)), kinds, moment, cells, links, slots)


def _links(lines: Sequence[Line]) -> tuple[Link, ...]:
    try:
        return tuple(links_of(lines))
    except KeyError as key:
        raise UnfitError(f"it compares facts by `{key.args[0]}`") from None


def _slot(id: str, place: int, line: Line, links: Sequence[Link], choose: Choosing) -> PatternEncoding:
    own = tuple(link for link in links if place in (link.place, link.other))
    return PatternEncoding(f"{id} {place}", choose(line.select), line.absent, own)


def _pattern(place: int, slot: PatternEncoding) -> RulePattern:
    compared = (link for link in slot.links if link.place == place)
    tests = (RuleTest(link.field, link.sign, Of(f"{link.other}", link.field)) for link in compared)
    return RulePattern(f"{place}", slot.kind, tuple(tests), slot.absent)


def _cell(place: int, tally: MeasureTest, choose: Choosing) -> tuple[MeasureCell, tuple[RuleTest, ...]]:
    """Cut a tally's numbers where it parts them, and test on which side of the cuts its measure lies."""
    field = f"t{place}"
    basic = _basic(Compare(InputRef(field), tally.op, tally.value))
    cells = cut(basic.axis, [basic])
    never = (RuleTest(field, RuleSign.SAME, cells.size),)
    rules = list(rules_from({0: cells.where(basic)}, Axes((cells,), {}, frozenset()), lambda _: field))
    if len(rules) > 1:
        raise UnfitError(f"it compares a number of facts by `{tally.op}`")
    return MeasureCell(field, CompiledMeasure(tally.measure, choose(tally.measure.select)), cells), (
        *rules,
        never,
    )[0]


def _basic(compare: Compare) -> Basic:
    found = basics(compare)
    if len(found) != 1 or found[0].axis.kind is not AxisKind.NUMBER:
        raise UnfitError(f"it compares a number of facts by `{compare.op}`")
    return found[0]


def _check(patterns: Sequence[RulePattern], kinds: Kinds) -> None:
    """Refuse what `check_rules` would, in the words of the language."""
    absent = [pattern for pattern in patterns if pattern.absent]
    if len(absent) > 1 or (absent and not patterns[-1].absent):
        raise UnfitError("only its last line can say that there is no fact")
    if len(patterns) > MAX_PATTERNS:
        raise UnfitError(f"it joins {len(patterns)} facts, at most {MAX_PATTERNS}")
    compared = max(sum(isinstance(test.than, Of) for test in pattern.tests) for pattern in patterns)
    if compared > MAX_COMPARED:
        raise UnfitError(f"it compares one fact with others {compared} times, at most {MAX_COMPARED}")
    if (fields := max(map(len, kinds.values()))) > MAX_FIELDS:
        raise UnfitError(f"one of its facts is compared {fields} times, at most {MAX_FIELDS}")
