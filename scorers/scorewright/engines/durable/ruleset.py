"""A set of rules over facts, boxed in: what fires for these facts, exactly, and nothing stays behind."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from scorewright.engines.durable.encoding import Form
from scorewright.engines.durable.rule_language import Kinds, Match, Rule, RuleFact


class Fires(Protocol):
    """Rules where they run: in this process, or in another one."""

    def fire(self, facts: Iterable[str]) -> list[str]:
        """Return what fires for the written facts."""
        ...

    def first(self, firings: Sequence[Sequence[str]]) -> list[str]:
        """Return what fires first for each of several lots of written facts, where anything does."""
        ...

    def close(self) -> None:
        """Free the rules."""
        ...


Open = Callable[[str], Fires]
"""From the text of rules to where they run."""


def here(rules: str) -> Fires:
    """Run rules in this process; it fails with what is to be installed where the library is not."""
    from scorewright.engines.durable.native import Ruleset

    return Ruleset(rules)


class Box:
    """Rules that fire; safe to share between threads. Let it go or close it, and the library forgets it."""

    def __init__(self, rules: Sequence[Rule], kinds: Kinds, run: Open = here) -> None:
        self._form = Form(rules, kinds)
        self._fires = run(self._form.rules)

    def fire(self, facts: Sequence[RuleFact]) -> list[Match]:
        """Return each way in which the facts match a rule, once."""
        return [self._form.match(fired) for fired in self._fires.fire(self._form.facts(facts))]

    def first(self, firings: Iterable[Sequence[RuleFact]]) -> list[Match]:
        """Return the first match of each lot of facts that has one; no lot knows of another."""
        written = [list(self._form.facts(facts)) for facts in firings]
        return [self._form.match(fired) for fired in self._fires.first(written)]

    def close(self) -> None:
        """Free the rules; a closed box cannot fire."""
        self._fires.close()
