"""What happened: every signal with the facts behind it, what was measured, and the facts that followed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.cli.explanation.layout import Page, fit
from scorewright.cli.explanation.words import cause_text
from scorewright.cli.reporters.shown import shown, width
from scorewright.program import Input, Program
from scorewright.program.fact import Fact, Moment, day_of, end_of, time_text
from scorewright.program.signal import Measure, MeasureTest, Signal
from scorewright.program.signal_phrasing import measure_text, signal_lines
from scorewright.program.value import value_text
from scorewright.scoring import Evaluation, value_answer
from scorewright.semantics import History, history
from scorewright.semantics.signals import measure

if TYPE_CHECKING:
    from scorewright.storage import ActionState

WIDEST = 32
"""The widest column of names."""

INDENT = 7
"""Where the words of a signal stand."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of the facts of an account at a moment, and the answers that were given by hand.

    `standing` is what a ledger has of its actions now; None where nobody keeps one.
    """

    evaluation: Evaluation
    moment: Moment
    given: Collection[str]
    standing: "Sequence[ActionState] | None" = None

    def past(self, program: Program) -> History:
        """Return what stood at the moment, what followed from rules among it."""
        return history(program.kinds, (*self.evaluation.facts, *self.evaluation.asserted), self.moment)


def moment_text(moment: Moment) -> str:
    """Write a moment for a person: its day alone where it is the end of one."""
    day = day_of(moment)
    return str(day) if moment == end_of(day) else f"{clock_text(moment)} UTC"


def happened(program: Program, found: Happened, page: Page) -> Iterator[str]:
    """Write the signals, what was measured, and what followed."""
    if program.signals:
        yield from page.heading("What happened", "times in UTC")
    past = found.past(program)
    for signal in program.signals:
        yield from _signal(signal, found, past, page)
    yield from _measured(program, found, page)
    yield from _followed(program, found, page)


def _signal(signal: Signal, found: Happened, past: History, page: Page) -> Iterator[str]:
    behind = found.evaluation.measured.signals.get(signal.id)
    label = shown(signal.label)
    word = page.paint("no ", "dim") if behind is None else page.paint("yes", "warn")
    painted = label if behind is None else page.paint(label, "bold")
    yield page.apart(f"  {word}  {painted}", INDENT + width(label), page.place(signal.path))
    if signal.id in found.given:
        yield from page.wrapped("given, not asked of facts", INDENT, "dim")
        return
    facts = iter(behind or ())
    for part, sought in zip(signal.parts, signal_lines(signal), strict=True):
        if isinstance(part, MeasureTest):
            value = measure(part.measure, past)
            came = "" if value is None else f": {value_text(value)}"
            looks = "looks for " if behind is None else ""
            yield from page.wrapped(f"{looks}{sought}{came}", INDENT, "dim" if behind is None else "")
        elif fact := None if part.absent else next(facts, None):
            yield from page.wrapped(fact_text(fact), INDENT)
        else:
            yield from page.wrapped(f"looks for {sought}" if behind is None else sought, INDENT, "dim")


def fact_text(fact: Fact) -> str:
    """Write a fact in short: its time, its kind, and its fields."""
    fields = ", ".join(f"{name} {value_text(value)}" for name, value in fact.values.items())
    return f"{clock_text(fact.at)}  {fact.kind}{'  ' if fields else ''}{fields}"


def clock_text(moment: Moment) -> str:
    """Write a moment in UTC without saying so."""
    # To the second: what is finer is in the JSON.
    return time_text(moment)[:19].replace("T", " ").removesuffix(":00")


def _measured(program: Program, found: Happened, page: Page) -> Iterator[str]:
    items = [(item, item.measure) for item in program.inputs if item.measure and item.name not in found.given]
    if not items:
        return
    yield from page.heading("Measured")
    values = [_value(item, found) for item, _ in items]
    wide = min(max(width(item.name) for item, _ in items), WIDEST)
    value_wide = min(max(map(width, values)), WIDEST)
    for (item, how), value in zip(items, values, strict=True):
        first, *rest = page.wrapped(_from(how, known=value != "-"), wide + value_wide + 6, "dim")
        yield f"  {fit(item.name, wide)}  {fit(value, value_wide)}  {first.lstrip()}"
        yield from rest


def _from(how: Measure, *, known: bool) -> str:
    return measure_text(how) if known else f"{measure_text(how)}: there is none"


def _value(item: Input, found: Happened) -> str:
    value = found.evaluation.measured.answers.get(item.name)
    if value is None:
        return "-"
    told = value_answer(item, value)
    if not isinstance(told, list):
        return f"{value_text(value)} {item.unit or ''}".rstrip()
    if told and not isinstance(told[0], dict) and width(value_text(value)) <= WIDEST:
        return shown(value_text(value))
    return "1 item" if len(told) == 1 else f"{len(told)} items"


def _followed(program: Program, found: Happened, page: Page) -> Iterator[str]:
    if not found.evaluation.asserted:
        return
    yield from page.heading("What followed")
    for fact in found.evaluation.asserted:
        cause = fact.id.rpartition(":")[0]
        fields = ", ".join(f"{name} {value_text(value)}" for name, value in fact.values.items())
        yield from page.wrapped(f"{fact.kind}{'  ' if fields else ''}{fields}", 2)
        yield from page.wrapped(f"from {cause_text(program, cause)}", 5, "dim")
