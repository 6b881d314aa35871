"""Where a rulebook looks for facts and signals, and where it says that more follow, each with its path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scorewright.rulebook.model.fact import TALLIES, Assertion, FieldTest, Measured, Pattern, Then
from scorewright.rulebook.model.rulebook import Rulebook
from scorewright.rulebook.references import Path, Use, all_comparisons

REFERENCES = ("same_as", "differs_from", "times", "above")
"""The keys of a test that name another field."""


@dataclass(frozen=True, slots=True)
class FactLookup:
    """A line of a signal, or a measure: where facts of a kind are looked for.

    `aliases` are the facts that earlier lines name, with their kinds; facts that are counted or measured are
    looked at one at a time (`alone`) and know none.
    """

    path: Path
    window: Pattern | Measured
    alone: bool
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldTestReference:
    """A test of one field."""

    path: Path
    looked: FactLookup
    field: str
    test: FieldTest

    @property
    def reference(self) -> tuple[str, str, str] | None:
        """Return the key that names another field, the alias of its fact (empty: this one) and its name."""
        for key in self.test.given(*REFERENCES):
            alias, _, name = str(getattr(self.test, key)).rpartition(".")
            return key, alias, name
        return None


def lines(rulebook: Rulebook) -> Iterator[FactLookup]:
    """List the lines of signals."""
    for index, signal in enumerate(rulebook.signals):
        named: dict[str, str] = {}
        for place, line in signal.lines:
            alone = line.way in TALLIES
            yield FactLookup(("signals", index, *place), line, alone, {} if alone else dict(named))
            if line.as_ is not None:
                named[line.as_] = line.kind


def measures(rulebook: Rulebook) -> Iterator[tuple[str, FactLookup]]:
    """List how inputs are measured, by their names."""
    for name, given in rulebook.inputs.items():
        if given.measured is not None:
            yield name, FactLookup(("inputs", name, "measured"), given.measured, True)


def looked(rulebook: Rulebook) -> Iterator[FactLookup]:
    """List every place where facts are looked for."""
    yield from lines(rulebook)
    for _, found in measures(rulebook):
        if found.window.way != "days_of":
            yield found


def tested(rulebook: Rulebook) -> Iterator[FieldTestReference]:
    """List the tests of fields."""
    for found in looked(rulebook):
        for name, test in found.window.where.items():
            yield FieldTestReference((*found.path, "where", name), found, name, test)


def thens(rulebook: Rulebook) -> Iterator[tuple[Path, Then]]:
    """List what follows from signals and from actions."""
    for index, signal in enumerate(rulebook.signals):
        if signal.then is not None:
            yield ("signals", index, "then"), signal.then
    for name, action in rulebook.actions.items():
        if action.then is not None:
            yield ("actions", name, "then"), action.then


def assertions(rulebook: Rulebook) -> Iterator[tuple[Path, Assertion]]:
    """List the further facts that follow."""
    for path, then in thens(rulebook):
        for index, given in enumerate(then.facts):
            yield (*path, "facts", index), given


def kind_uses(rulebook: Rulebook) -> Iterator[Use]:
    """List what names a kind of fact."""
    for found in looked(rulebook):
        yield (*found.path, found.window.way), found.window.kind
    for path, given in assertions(rulebook):
        yield (*path, "fact"), given.fact


def signal_uses(rulebook: Rulebook) -> Iterator[Use]:
    """List what names a signal."""
    for path, condition in all_comparisons(rulebook):
        if condition.signal is not None:
            yield (*path, "signal"), condition.signal
    for _, found in measures(rulebook):
        if found.window.way == "days_of":
            yield (*found.path, "days_of"), found.window.kind
