"""Add up the answers of a key as the law does, from what was worked out before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter

from scorewright.engines.compiled.bound_tables import BoundTables
from scorewright.engines.compiled.criterion_cache import CriterionCache
from scorewright.engines.compiled.fixed_point import finest
from scorewright.engines.compiled.group_sums import Sums
from scorewright.engines.compiled.key_decoder import KeyDecoder
from scorewright.engines.compiled.key_encoder import Key
from scorewright.engines.compiled.next_band_search import CompiledState, NextBandSearch
from scorewright.engines.compiled.totals_cache import GroupLine, ShownCriterion, TotalLine, TotalsCache
from scorewright.results import Adjustment, GroupPoints, NextBand
from scorewright.semantics import Environment, Moves, SubjectTotals, lists_of
from scorewright.semantics.total_bounds import Ends
from scorewright.validation import Answers

_rank = attrgetter("rank")


class IncrementalTotals:
    """Add up the points of one program whose total is made of them."""

    def __init__(self, moves: Moves, reader: KeyDecoder) -> None:
        program = moves.program
        unit = finest(program)
        self.program = program
        self.reader = reader
        self.parts = CriterionCache(program, reader, unit)
        self.book = TotalsCache(program, unit)
        self.sums = Sums(program, unit)
        self.ways = NextBandSearch(moves, self.book, self.sums)
        self.reach = BoundTables(program, reader, self.sums)
        self._ids = tuple(criterion.id for criterion in program.criteria)
        self._groups = tuple(group.id for group in program.groups)

    def score(self, key: Key, answers: Answers) -> SubjectTotals:
        """Add up the points of a key; `answers` have this key."""
        parts = self.parts.of(key)
        marks = bytes([part.mark for part in parts])
        sheet = self.book.sheets[marks]
        sums = self.sums.of_groups(parts)
        as_of = self.reader.as_of(key)
        now = CompiledState(parts, marks, sheet, sums, answers.known, as_of)
        lines = [self.book.lines[sheet, part] for part in parts]
        groups = [self.book.groups[sheet, place, units] for place, units in enumerate(sums)]
        total = self.book.totals[sheet, self.sums.total(sheet, sums)] if sheet.has_total else None
        points = dict(zip(self._ids, [part.earned.points for part in parts], strict=True))
        settled = replace(
            sheet.settled, points=points, zero={p.criterion.id: p.earned.zero for p in parts if p.earned.zero}
        )
        environment = Environment(answers.known, as_of)
        return SubjectTotals(
            total.total if total else None,
            total.percent if total else None,
            total is not None,
            settled,
            dict(zip(self._groups, [group.counted for group in groups], strict=True)),
            dict(zip(self._groups, [group.known for group in groups], strict=True)),
            tuple([line.shown for line in lines]),
            lists_of(self.program, environment) if self.program.lists else {},
            _Details(self, key, answers, now, lines, groups, total),
        )


@dataclass(frozen=True, slots=True)
class _Details:
    """What is told of a total, from the lines of the book."""

    adder: IncrementalTotals
    key: Key
    answers: Answers
    now: CompiledState
    lines: Sequence[ShownCriterion]
    group_lines: Sequence[GroupLine]
    total: TotalLine | None

    def groups(self) -> tuple[GroupPoints, ...]:
        return tuple([line.shown for line in self.group_lines if line.shown.id])

    def steps(self) -> tuple[Adjustment, ...]:
        if self.total is None:
            return ()
        clamping = chain.from_iterable(line.clamping for line in self.group_lines)
        left_out = chain.from_iterable(line.left_out for line in self.group_lines)
        return (*left_out, *clamping, *self.total.steps)

    def reasons(self) -> tuple[str, ...]:
        return tuple([line.reason for line in sorted(self.lines, key=_rank) if line.rank])

    def ends(self) -> Ends | None:
        return self.adder.reach.ends(self.key, self.now.parts, self.answers.missing)

    def next_band(self, *, ways: bool) -> NextBand | None:
        above = self.total.above if self.total else None
        if above is None or not ways:
            return above
        found = self.adder.ways.to(self.now, above.edge)
        return replace(above, ways=found.ways, undecided=found.undecided)
