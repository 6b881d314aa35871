"""How a score adds up: every criterion with its points, by group, and each step that changed something."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorewright.cli.explanation.layout import Page, fit, small_bar, wrap
from scorewright.cli.explanation.words import adjustment_text
from scorewright.cli.reporters.shown import shown, width
from scorewright.program import Program
from scorewright.program.exact_numbers import text
from scorewright.results import CriterionPoints, GroupPoints, Outcome, Score

BAR = 8
LABEL, WORKED_OUT = 30, 54
NARROW = 22
"""Where fewer columns are left beside the labels, reasons stand on lines of their own."""


def points(score: Score, page: Page, file: str) -> Iterator[str]:
    """Write the criteria, the adjustments, worked-out values and named lists."""
    program, found = score.program, score.outcome
    if found.criteria:
        yield from page.heading("How it adds up", file)
        yield from _Table(program, found, page).lines()
    if found.adjustments:
        yield ""
        for step in found.adjustments:
            yield from page.wrapped(adjustment_text(program, step), 2)
    if found.values:
        yield from page.heading("Worked out")
        wide = min(max(width(shown(value.label)) for value in found.values), WORKED_OUT)
        for value in found.values:
            number = "unknown" if value.value is None else f"{text(value.value)} {value.unit or ''}".rstrip()
            yield f"  {fit(shown(value.label), wide)}  {number}"
    for named in found.lists:
        if named.items:
            yield from page.heading(named.label)
            for item in named.items:
                yield from page.wrapped(item.text, 2, mark="- ")


class _Table:
    """The criteria of an answer as a table with columns that fit all of them."""

    def __init__(self, program: Program, found: Outcome, page: Page) -> None:
        self.page = page
        self.found = found
        self.paths = {criterion.id: criterion.path for criterion in program.criteria}
        self.possible = {g.id: g.max_points for g in found.groups}
        numbers = [_points(c.points) for c in found.criteria] + [_points(g.points) for g in found.groups]
        most = [text(c.max_points) for c in found.criteria] + [text(g.max_points) for g in found.groups]
        self.earned = max(map(width, numbers))
        self.most = max(map(len, most))
        labels = [shown(c.label) for c in found.criteria] + [shown(g.label) for g in found.groups]
        self.label = min(LABEL, max(map(width, labels)))
        self.start = 2 + self.earned + 1 + self.most + 2 + BAR + 2

    def lines(self) -> Iterator[str]:
        """Write the criteria of each group below it, then those outside any group."""
        groups: dict[str, list[CriterionPoints]] = {}
        for criterion in self.found.criteria:
            groups.setdefault(criterion.group, []).append(criterion)
        for group in self.found.groups:
            head = self._head(group.points, group.max_points, shown(group.label), "bold")
            yield head + self.page.paint(_own(group), "dim")
            yield from self._criteria(groups.pop(group.id, []), 2)
        for rest in groups.values():
            yield from self._criteria(rest, 0)

    def _criteria(self, criteria: Sequence[CriterionPoints], indent: int) -> Iterator[str]:
        for criterion in criteria:
            yield from self._criterion(criterion, indent)

    def _criterion(self, criterion: CriterionPoints, indent: int) -> Iterator[str]:
        page, style = self.page, "yellow" if criterion.missing or criterion.zero else ""
        label = " " * indent + fit(shown(criterion.label), self.label)
        line = self._head(criterion.points, criterion.max_points, label, style)
        place = page.place(self.paths[criterion.id])
        start = self.start + indent + self.label + 2
        room = page.width - start - len(place) - 2
        if room < NARROW:
            yield page.apart(line, start - 2, place)
            yield from page.wrapped(criterion.reason, self.start + indent, style or "dim")
            return
        first, *rest = wrap(shown(criterion.reason), room)
        yield page.apart(f"{line}  {page.paint(first, style or 'dim')}", start + width(first), place)
        for more in rest:
            yield " " * start + page.paint(more, style or "dim")

    def _head(self, points: Fraction | None, most: Fraction, label: str, style: str) -> str:
        paint = self.page.paint
        share = points / most if points is not None and points > 0 and most > 0 else Fraction(0)
        number = f"{_points(points):>{self.earned}}"
        number = paint(number, "red") if points is not None and points < 0 else number
        drawn = paint(small_bar(float(share), BAR), "cyan")
        return f"  {number}/{text(most):<{self.most}}  {drawn}  {paint(label, style) if style else label}"


def _own(group: GroupPoints) -> str:
    """Return what a group earned before weights, which conditions ask."""
    if group.own is None or group.own.points is None:
        return ""
    return f"  {text(group.own.points)} of {text(group.own.most)} own points"


def _points(number: Fraction | None) -> str:
    return "-" if number is None else text(number)
