"""The way back from a key to answers: what the law is asked about where no outcome is at hand."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

from scorewright.engines.compiled.key_encoder import Key, holds_day
from scorewright.engines.compiled.key_layout import Whole, kept_of
from scorewright.engines.compiled.memo import Memo
from scorewright.program import Program
from scorewright.program.condition import Value
from scorewright.program.unset_fields import optional_fields
from scorewright.results import Assumed, Invalid
from scorewright.validation import Answers, conclude

MOST = 1024
"""The most answers to one input, and the most sets of absent inputs, that are kept."""

ANY_DAY = date.min
"""Stands for as_of where no outcome depends on it."""


class _Same:
    def __getitem__(self, part: Value) -> Value:
        return part


class KeyDecoder:
    """Read the keys of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._dated = holds_day(program)
        self._concluded = bool(program.values) or any(optional_fields(item) for item in program.inputs)
        self._names = tuple(item.name for item in program.inputs)
        # A key's parts are what its own classifier wrote, which the types cannot tell.
        self._answers: tuple[Any, ...] = tuple(
            _Same() if isinstance(kept, Whole) else Memo(kept.representative, MOST)
            for kept in kept_of(program)
        )
        self._absences = Memo(self._absence, MOST)

    def as_of(self, key: Key) -> date:
        """Return the day of a key."""
        day = key[-1] if self._dated else ANY_DAY
        assert isinstance(day, date)  # INVARIANT: the classifier puts as_of last
        return day

    def places(self, names: Sequence[str]) -> tuple[int, ...]:
        """Return where in a key the answers to some inputs stand, and the day where there is one."""
        inputs = tuple(self._names.index(name) for name in names)
        return (*inputs, len(self._names)) if self._dated else inputs

    def at(self, places: Sequence[int], parts: Sequence[Hashable]) -> Key:
        """Return a key that holds these parts only."""
        key: list[Hashable] = [None] * (len(self._names) + self._dated)
        for place, part in zip(places, parts, strict=True):
            key[place] = part
        return tuple(key)

    def known(self, key: Key) -> Answers:
        """Return answers that have this key, before values are worked out from them."""
        known: dict[str, Value] = {}
        absent = []
        for name, answers, part in zip(self._names, self._answers, key, strict=False):
            if part is None:
                absent.append(name)
            else:
                known[name] = answers[part]
        if not absent:
            return Answers(known, (), ())
        missing, assumed = self._absences[tuple(absent)]
        known.update((each.input, each.value) for each in assumed)
        return Answers(known, missing, assumed)

    def answers(self, key: Key) -> Answers | Invalid:
        """Return answers that have this key, and the values worked out from them."""
        answers = self.known(key)
        return conclude(self.program, answers) if self._concluded else answers

    def _absence(self, absent: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Assumed, ...]]:
        items = [item for item in self.program.inputs if item.name in absent]
        missing = tuple(item.name for item in items if item.assumed is None)
        return missing, tuple(Assumed(item.name, item.assumed) for item in items if item.assumed is not None)
