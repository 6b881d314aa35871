"""Sort raw answers into a small key: two subjects with equal keys get equal outcomes.

A number that is only compared is reduced to its cell between the rulebook's numbers, a choice to its place, a
missing answer to None; what the points depend on in full stays as it is. The function is generated once per
program: one straight block an input, no loop and no look-up of what an input is. The generated source holds
none of the rulebook's text: every name and number of the rulebook is bound as a constant in its namespace.

A float can be compared with a float as it is: shortest decimals keep the order of their floats, and every
number of a rulebook (15 digits at most) is the shortest decimal of its own float.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from scorers.condition import Change, Compare, Condition, InputRef, Op, Ratio
from scorers.earning import Counted, Linear, Steps, When
from scorers.exact import DIGITS, as_float
from scorers.inputs import MAX_TEXT, check
from scorers.law.cells import compares, inputs_of
from scorers.law.texts import slots_of
from scorers.program import Input, Program, Type

Key = tuple[Hashable, ...]
Classify = Callable[[Callable[[str], object], date], Key | None]
"""From a mapping's `get` and as_of to a key; None where something is unusual or invalid."""

_CHAIN = 6
"""Up to so many cells are told apart by comparisons, more by bisection."""

_UNBOUNDED = 10**DIGITS


def classifier(program: Program) -> Classify:
    """Generate the function that sorts a subject's raw answers."""
    namespace: dict[str, object] = {"left": bisect_left, "right": bisect_right}
    writer = _Writer(program, namespace)
    source = "\n".join(writer.lines())
    # The source is built from constant templates and integers only, never from the rulebook's text.
    exec(compile(source, f"<classifier of {program.digest[:12]}>", "exec"), namespace)  # noqa: S102  # see above
    return namespace["classify"]  # type: ignore[return-value]  # just defined by the line above


def conditions_of(program: Program) -> Iterator[Condition]:
    """List every condition of a program."""
    for criterion in program.criteria:
        if isinstance(criterion.earning, When):
            yield criterion.earning.condition
    yield from (disqualifier.condition for disqualifier in program.disqualifiers)
    yield from (trigger.condition for trigger in program.triggers)
    yield from (flag.condition for flag in program.flags)
    yield from (band.condition for band in program.bands if band.condition is not None)
    for item in (item for named in program.lists for item in named.items):
        yield from (condition for condition in (item.when, item.unless) if condition is not None)
    for action in program.actions:
        if action.only_if is not None:
            yield action.only_if


def told_in_full(program: Program) -> set[str]:
    """Name the inputs whose very value the outcome depends on."""
    names = {slot.key for slot in slots_of(program) if slot.name == "inputs"}
    names |= {program.band_on} if program.band_on else set()
    for criterion in program.criteria:
        if isinstance(criterion.earning, Linear | Counted):
            names.add(criterion.earning.input)
    for derived in program.values:
        names |= set(derived.inputs)
    for compare in _all_compares(program):
        if isinstance(compare.left, Ratio | Change):
            names |= set(inputs_of(compare.left))
    return names


def _all_compares(program: Program) -> Iterator[Compare]:
    for condition in conditions_of(program):
        yield from compares(condition)


Edge = tuple[Fraction, bool]
"""A number at which answers part: below it from at it (False), or up to it from above it (True)."""

_SIDES: Mapping[Op, tuple[bool, ...]] = {
    Op.AT_LEAST: (False,),
    Op.LESS_THAN: (False,),
    Op.AT_MOST: (True,),
    Op.MORE_THAN: (True,),
    Op.EQUALS: (False, True),
    Op.IS: (False, True),
    Op.ONE_OF: (False, True),
    Op.NOT_ONE_OF: (False, True),
}


def edges_of(program: Program, name: str) -> list[Edge]:
    """List where answers to one number part, in order."""
    found: set[Edge] = set()
    for criterion in program.criteria:
        if isinstance(criterion.earning, Steps) and criterion.earning.input == name:
            found |= {(step.start, False) for step in criterion.earning.steps}
    for compare in _all_compares(program):
        if compare.left == InputRef(name):
            found |= edges_made(compare)
    return sorted(found)


def edges_made(compare: Compare) -> set[Edge]:
    """List where answers to the left side of one comparison of numbers part."""
    if compare.op is Op.BETWEEN and isinstance(compare.value, tuple):
        first, last = compare.value
        return {(n, side) for n, side in ((first, False), (last, True)) if isinstance(n, Fraction)}
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    sides = _SIDES.get(compare.op, ())
    return {(value, side) for value in values if isinstance(value, Fraction) for side in sides}


class _Writer:
    """Write the lines of one classifier, binding the rulebook's values as constants."""

    def __init__(self, program: Program, namespace: dict[str, object]) -> None:
        self.program = program
        self.namespace = namespace
        self.full = told_in_full(program)

    def bind(self, value: object) -> str:
        name = f"c{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def lines(self) -> Iterator[str]:
        yield "def classify(get, as_of):"
        for index, item in enumerate(self.program.inputs):
            yield f"    v = get({self.bind(item.name)})"
            yield from (f"    {line}" for line in self.block(f"k{index}", item))
        parts = [f"k{index}" for index in range(len(self.program.inputs))]
        if any(item.type is Type.DATE or item.item for item in self.program.inputs):
            parts.append("as_of")
        yield f"    return ({', '.join(parts)},)"

    def block(self, key: str, item: Input) -> Iterator[str]:
        absent = "return None" if item.required else f"{key} = None"
        yield f"if v is None: {absent}"
        match item.type:
            case Type.BOOLEAN:
                yield f"elif v is True: {key} = True"
                yield f"elif v is False: {key} = False"
            case Type.NUMBER:
                yield from self.number(key, item)
            case Type.CHOICE:
                options = {option: index for index, option in enumerate(item.options)}
                yield "elif v.__class__ is str:"
                yield f"    {key} = {self.bind(options.get)}(v)"
                yield f"    if {key} is None: return None"
            case Type.TEXT:
                yield f"elif v.__class__ is str and len(v) <= {MAX_TEXT}: {key} = {self.text(item)}"
            case _:
                yield "else:"
                yield f"    {key} = {self.bind(_checker(item))}(v, as_of)"
                yield f"    if {key} is None: return None"
                return
        yield "else: return None"

    def text(self, item: Input) -> str:
        if item.name in self.full:
            return "v"
        own = [c for c in _all_compares(self.program) if c.left == InputRef(item.name)]
        values = [v for c in own for v in (c.value if isinstance(c.value, tuple) else (c.value,))]
        words = {word: index for index, word in enumerate(dict.fromkeys(values)) if isinstance(word, str)}
        return f"{self.bind(words.get)}(v, -1)"

    def number(self, key: str, item: Input) -> Iterator[str]:
        lowest, highest = self.limit(item.minimum, -_UNBOUNDED), self.limit(item.maximum, _UNBOUNDED)
        within = f"{lowest} <= v <= {highest} and -{_UNBOUNDED} < v < {_UNBOUNDED}"
        if self.narrow(item):
            within = f"{lowest} <= v <= {highest}"
        cell = self.cell(item)
        yield "elif v.__class__ is int:"
        yield f"    if not ({within}): return None"
        yield f"    {key} = {cell}"
        yield "elif v.__class__ is float:"
        yield f"    if not ({within} and {self.precise(item)}): return None"
        yield f"    {key} = {cell}"

    def narrow(self, item: Input) -> bool:
        ends = (item.minimum, item.maximum)
        return all(isinstance(end, Fraction) and abs(end) < _UNBOUNDED for end in ends)

    def limit(self, bound: object, otherwise: int) -> str:
        return self.bind(_constant(bound) if isinstance(bound, Fraction) else otherwise)

    def precise(self, item: Input) -> str:
        if item.decimals == 0:
            return "v.is_integer()"
        any_digits = f"(v.is_integer() or {self.bind(_at_most_15_digits)}(v))"
        if item.decimals is None:
            return any_digits
        return f"(v.is_integer() or round(v, {item.decimals}) == v and {any_digits})"

    def cell(self, item: Input) -> str:
        if item.name in self.full:
            return "v"
        edges = edges_of(self.program, item.name)
        if len(edges) > _CHAIN:
            below = self.bind([_constant(n) for n, above in edges if not above])
            upto = self.bind([_constant(n) for n, above in edges if above])
            return f"right({below}, v) + left({upto}, v)"
        signs = ((self.bind(_constant(n)), "<=" if above else "<") for n, above in edges)
        chain = "".join(f"{index} if v {sign} {name} else " for index, (name, sign) in enumerate(signs))
        return f"{chain}{len(edges)}"


def _constant(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else as_float(number)


def _at_most_15_digits(value: float) -> bool:
    return float(f"{value:.{DIGITS}g}") == value


def _checker(item: Input) -> Callable[[object, date], Hashable]:
    def checked(value: object, as_of: date) -> Hashable:
        found = check(item, item.name, value, as_of)
        return None if isinstance(found, list) else found

    return checked
