"""A second reading of facts and signals, from the rulebook as written: plain, slow, of its own code."""

import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from scorewright.program.condition import Value
from scorewright.program.fact import Fact
from tests.properties.histories import NOW
from tests.properties.oracle import DAYS, TESTS

Block = Mapping[str, Any]
MICROS = {"minute": 60 * 10**6, "hour": 3600 * 10**6, "day": 86400 * 10**6, "week": 7 * 86400 * 10**6}
TEXTS = {word: TESTS[word] for word in ("starts_with", "ends_with", "contains")}

SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": operator.eq, "at_least": operator.ge, "at_most": operator.le, "more_than": operator.gt,
    "less_than": operator.lt, "between": lambda left, right: bool(right[0] <= left <= right[1]),
}  # fmt: skip


class Reader:
    """The facts of one account at a moment, read as a rulebook says."""

    def __init__(self, written: Block, facts: Sequence[Fact], moment: int = NOW) -> None:
        self.moment = moment
        self.as_of = date(1970, 1, 1) + timedelta(microseconds=1) * moment
        self.facts = [f for f in facts if f.at <= moment and not self._replaced(f, written["facts"], facts)]
        self.facts.sort(key=lambda fact: (fact.at, fact.id))
        self.written = written

    def _replaced(self, fact: Fact, kinds: Mapping[str, Block], facts: Sequence[Fact]) -> bool:
        key = kinds[fact.kind].get("key", [])
        return bool(key) and any(
            other.kind == fact.kind
            and other.at <= self.moment
            and (other.at, other.id) > (fact.at, fact.id)
            and all(other.values[name] == fact.values[name] for name in key)
            for other in facts
        )

    def aged(self, kind: str, line: Block) -> list[Fact]:
        """List the facts of a kind in a window."""
        start = micros(line.get("ending") or line.get("older_than"))
        end = micros(line["within"]) + micros(line.get("ending")) if "within" in line else None
        found = [(self.moment - fact.at, fact) for fact in self.facts if fact.kind == kind]
        return [fact for age, fact in found if start <= age and (end is None or age < end)]

    def passes(self, fact: Fact, line: Block, named: Mapping[str, Fact]) -> bool:
        """Tell whether a fact is as a line says, beside the facts that earlier lines have."""
        where = line.get("where", {})
        return (
            all(self._field(fact, name, test, named) for name, test in where.items())
            and ("after" not in line or fact.at > named[line["after"]].at)
            and ("before" not in line or fact.at < named[line["before"]].at)
        )

    def _field(self, fact: Fact, name: str, test: Block, named: Mapping[str, Fact]) -> bool:
        value: Any = fact.values[name]

        def other(reference: str) -> Any:
            *alias, field = reference.split(".")
            return (named[alias[0]] if alias else fact).values[field]

        if "times" in test or "above" in test:
            key, number = next(pair for pair in test.items() if pair[0] in SIGNS)
            reach = number * other(test["times"]) if "times" in test else number + other(test["above"])
            return SIGNS[key](value, reach)
        ((key, right),) = test.items()
        if isinstance(value, date) and key not in ("same_as", "differs_from"):
            return self._day(value, key, right)
        match key:
            case "same_as":
                return bool(value == other(right))
            case "differs_from":
                return bool(value != other(right))
            case "is":
                return bool(value == right)
            case "one_of":
                return any(value == one for one in right)
            case "not_one_of":
                return all(value != one for one in right)
            case _ if isinstance(value, str):
                return bool(TEXTS[key](value, right))
        return SIGNS[key](value, right)

    def _day(self, value: date, key: str, right: Any) -> bool:
        if key in DAYS:
            return bool(DAYS[key](value.toordinal() - self.as_of.toordinal(), right))
        days = [self.as_of if one == "as_of" else date.fromisoformat(one) for one in listed(right)]
        found = {"before": value < days[0], "after": value > days[0], "one_of": value in days}
        return found.get(key, value not in days)

    def selected(self, kind: str, line: Block) -> list[Fact]:
        """List the facts of a kind that are as a line says."""
        return [fact for fact in self.aged(kind, line) if self.passes(fact, line, {})]

    def placed(self, facts: list[Fact]) -> list[Fact]:
        """Put records in the order of their keys."""
        return sorted(facts, key=self._key)

    def _key(self, fact: Fact) -> list[Any]:
        return [fact.values[name] for name in sorted(self.written["facts"][fact.kind].get("key", []))]

    def measured(self, how: Block, records: Sequence[str] | None) -> Value | None:
        """Make one answer."""
        way, kind = next(pair for pair in how.items() if pair[0] in WAYS)
        if way == "days_of":
            return self._days_of(kind)
        found = self.selected(kind, how)
        if way == "every":
            found = self.placed(found)
        values = [fact.values[how["field"]] for fact in found] if "field" in how else []
        match way:
            case "count":
                return Fraction(len(found))
            case "total":
                return sum((value for value in values if isinstance(value, Fraction)), Fraction(0))
            case "streak":
                looked_at = self.placed(self.aged(kind, how))
                failing = [place for place, fact in enumerate(looked_at) if fact not in found]
                return Fraction(len(looked_at) - 1 - failing[-1] if failing else len(looked_at))
            case "days_since":
                days = [(self.moment - fact.at) // MICROS["day"] for fact in found]
                return Fraction(min(days)) if days else how.get("otherwise")
            case "latest":
                return values[-1] if values else how.get("otherwise")
            case "highest" | "lowest":
                ranked = sorted(values, key=lambda value: self._rank(kind, how["field"], value))
                return ranked[-1 if way == "highest" else 0] if ranked else how.get("otherwise")
        if records is None:
            return tuple(values)
        return tuple(tuple(fact.values[name] for name in sorted(records)) for fact in found)

    def _rank(self, kind: str, field: str, value: Any) -> Any:
        options = self.written["facts"][kind]["fields"][field].get("options")
        return options.index(value) if options else value

    def _days_of(self, name: str) -> Fraction:
        signal = next(signal for signal in self.written["signals"] if signal["id"] == name)
        ways = self.ways(signal)
        # The first fact of the first way, where ways count by the place of their facts, line by line.
        return Fraction((self.moment - ways[0][0].at) // MICROS["day"]) if ways and ways[0] else Fraction(0)

    def true(self, signal: Block) -> bool:
        """Tell whether a signal is true, by trying all facts for all lines."""
        return bool(self.ways(signal))

    def ways(self, signal: Block) -> list[Sequence[Fact]]:
        """List the ways to give each line a fact, the oldest facts first."""
        every = signal["all"] if "all" in signal else [signal["when"]]
        for line in every:
            key, number = next((pair for pair in line.items() if pair[0] in SIGNS), ("", None))
            if key:
                value = self.measured({k: v for k, v in line.items() if k != key}, None)
                if not SIGNS[key](value, number):
                    return []
        present = [line for line in every if "fact" in line]
        absent = [line for line in every if "no" in line]
        every_way = product(*(self.aged(line["fact"], line) for line in present))
        return [way for way in every_way if self._together(present, way, absent)]

    def _together(self, present: Sequence[Block], way: Sequence[Fact], absent: Sequence[Block]) -> bool:
        named = {line["as"]: fact for line, fact in zip(present, way, strict=True) if "as" in line}
        fitting = all(self.passes(fact, line, named) for line, fact in zip(present, way, strict=True))
        others = ((line, fact) for line in absent for fact in self.aged(line["no"], line))
        return fitting and not any(self.passes(fact, line, named) for line, fact in others)


WAYS = ("count", "total", "streak", "days_since", "days_of", "latest", "highest", "lowest", "every")


def micros(age: str | None) -> int:
    """Read an age."""
    if age is None:
        return 0
    count, unit = age.split()
    return int(count) * MICROS[unit.rstrip("s")]


def listed(value: Any) -> list[Any]:
    """Give one or several as a list."""
    return value if isinstance(value, list) else [value]
