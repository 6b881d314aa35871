"""What follows: what fired, what is missing, the ways to the next band, what to do and what not."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from scorewright.cli.explanation.action_states import standing_text
from scorewright.cli.explanation.layout import Page, fit
from scorewright.cli.explanation.words import asked, cause_text
from scorewright.cli.reporters.shown import shown, width
from scorewright.program import Input, Program
from scorewright.program.exact_numbers import text
from scorewright.program.phrasing import zero_text
from scorewright.program.unset_fields import for_people, optional_fields
from scorewright.program.value import value_text
from scorewright.results import ENGINE_VERSION, Fired, NextBandWay, Recommended, Score, zero_divisors

if TYPE_CHECKING:
    from scorewright.storage import ActionState

ZERO = Fraction(0)

_STYLES = {"urgent": "bad", "warning": "warn", "info": "note"}


def fired(score: Score, page: Page) -> Iterator[str]:
    """Write the disqualifiers and triggers that are true."""
    found = score.outcome
    program = score.program
    paths = {hit.id: hit.path for hit in program.disqualifiers}
    paths |= {trigger.id: trigger.path for trigger in program.triggers}
    if found.disqualifiers:
        yield from page.heading("Disqualified")
        for hit in found.disqualifiers:
            yield from _fired(hit, page, "bad", paths[hit.id])
    if found.triggers:
        yield from page.heading("Triggered")
        for trigger in found.triggers:
            yield from _fired(trigger, page, _STYLES.get(trigger.severity, "note"), paths[trigger.id])


def _fired(item: Fired, page: Page, style: str, path: tuple[str | int, ...]) -> Iterator[str]:
    label = shown(item.label)
    severity = f" ({item.severity})" if item.severity else ""
    line = f"  {page.paint(label, style)}{severity}"
    yield page.apart(line, 2 + width(label) + len(severity), page.place(path))
    yield from page.wrapped(item.reason, 4, "dim")


def missing(score: Score, page: Page) -> Iterator[str]:
    """Write which answers are missing, what they would take, and which were assumed."""
    program, found = score.program, score.outcome
    if found.missing:
        yield from page.heading("Missing")
        told = list(for_people(found.missing))
        wide = min(max(len(name) for names, _ in told for name in names), 32)
        for names, more in told:
            yield from (line for name in names for line in _missing(program, name, wide, page))
            yield from page.wrapped(f"and {more}", 2, "dim") if more else ()
    for assumption in found.assumed:
        if assumption is found.assumed[0]:
            yield from page.heading("Assumed")
        yield f"  {assumption.input} is {shown(value_text(assumption.value))}"


def _missing(program: Program, name: str, wide: int, page: Page) -> Iterator[str]:
    items = {item.name: item for item in program.inputs}
    takes = _takes(program, items[name]) if name in items else asked(_field(items, name))
    first, *rest = page.wrapped(takes, wide + 4)
    yield f"  {page.paint(fit(name, wide), 'yellow')}  {first.lstrip()}"
    yield from rest


def _field(items: Mapping[str, Input], name: str) -> Input:
    """Find the field that a name such as `weeks[1].actual` means."""
    record, _, field = name.partition("[")
    return next(part for part in optional_fields(items[record]) if field.endswith(f"].{part.name}"))


def _takes(program: Program, item: Input) -> str:
    worth = [criterion.highest for criterion in program.criteria if item.name in criterion.inputs]
    most = f", for up to {text(sum(worth, ZERO))} points" if worth and not program.weighted else ""
    return f"{asked(item)}{most}"


def over_zero(score: Score, page: Page) -> Iterator[str]:
    """Write which divisors are 0, and what could not be worked out for each."""
    found = score.outcome
    if found.over_zero:
        yield from page.heading("Divided by 0")
    for divisor in zero_divisors(found.over_zero):
        without = [each for each in found.over_zero if each.divisor == divisor]
        told = ", ".join(cause_text(score.program, f"{each.kind}:{each.id}") for each in without)
        yield from page.wrapped(f"{zero_text([divisor])}: there is no {told}", 2, mark="- ")


def next_band(score: Score, page: Page) -> Iterator[str]:
    """Write the points to the next band and the cheapest ways there."""
    above = score.outcome.next_band
    if above is None:
        return
    points = "point" if above.points_missing == 1 else "points"
    yield from page.heading(
        f"To reach {above.label} (from {text(above.edge)}): {text(above.points_missing)} {points} more"
    )
    if not above.ways and not above.undecided:
        yield page.paint("  no criteria that can still be earned reach it", "dim")
    for way in above.ways:
        yield from _way(score, way, page)
    if above.undecided:
        more = " more" if above.ways else ""
        sets = "set of criteria" if above.undecided == 1 else "sets of criteria"
        told = f"{above.undecided}{more} {sets} not tried out: they share too many inputs"
        yield page.paint(f"  {told}", "dim")


def _way(score: Score, way: NextBandWay, page: Page) -> Iterator[str]:
    earned = {criterion.id: criterion for criterion in score.outcome.criteria}
    parts = []
    for id in way.criteria:
        criterion = earned[id]
        state = "missing" if criterion.missing else f"now {text(criterion.points or ZERO)}"
        parts.append(f"{criterion.label} ({state}, up to {text(criterion.max_points)})")
    yield from page.wrapped(" + ".join(parts), 2, mark="- ", note=f"→ {text(way.total)}")


def actions(score: Score, page: Page, standing: "Sequence[ActionState] | None" = None) -> Iterator[str]:
    """Write what to do, the most urgent first, how it stands where a ledger says so, and what is withheld."""
    found = score.outcome
    if not score.program.actions:
        return
    yield from page.heading("What to do")
    if not found.actions:
        yield page.paint("  nothing is recommended", "dim")
    for number, action in enumerate(found.actions, 1):
        yield from _action(score, number, action, page)
        if standing is not None:
            yield from page.wrapped(standing_text(action.id, standing), 5)
    if found.withheld:
        yield from page.heading("Withheld")
    for withheld in found.withheld:
        instead = f"; instead: {withheld.replaced_by}" if withheld.replaced_by else ""
        yield from page.wrapped(f"{withheld.id}: {withheld.reason}{instead}", 2, mark="- ")


def _action(score: Score, number: int, action: Recommended, page: Page) -> Iterator[str]:
    place = page.place(("actions", action.id))
    yield from page.wrapped(action.do, 2, "bold", mark=f"{number}. ", note=place)
    channel = f", by {action.channel}" if action.channel else ""
    yield from page.wrapped(f"{action.owner}, {action.due}{channel}", 5)
    yield from page.wrapped(action.reason, 5, "dim")
    causes = ", ".join(cause_text(score.program, cause) for cause in action.causes)
    yield from page.wrapped(f"from {causes}", 5, "dim")


def receipt(score: Score, page: Page) -> Iterator[str]:
    """Write the flags, and what replays the answer."""
    program = score.program
    if score.flags():
        yield from page.heading("Flags")
        yield from page.wrapped(", ".join(score.flags()), 2)
    yield ""
    told = (
        f"{program.id} {program.version}, digest {program.digest[:12]}, "
        f"engine {ENGINE_VERSION}, as of {score.as_of}"
    )
    yield from page.wrapped(told, 0, "dim")
