"""Sort raw answers into a small key: two subjects with equal keys get equal outcomes.

What a key holds of each answer is told by `kept_of`. The function is generated once per program: one straight
block an input, no loop and no look-up of what an input is. The generated source holds none of the rulebook's
text: every name and text of the rulebook is bound as a constant in its namespace, numbers stand as they are.

A float can be compared with a float as it is: shortest decimals keep the order of their floats, and every
number of a rulebook (15 digits at most) is the shortest decimal of its own float.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from fractions import Fraction

from scorewright.engines.compiled.key_layout import Kept, Units, kept_of
from scorewright.partition import Intervals, Words
from scorewright.program import Input, Program, Type
from scorewright.program.condition import Value
from scorewright.program.exact_numbers import DIGITS, as_float, exact, significant_digits
from scorewright.results import Invalid
from scorewright.validation import MAX_TEXT, blank, check, missing

Key = tuple[Hashable, ...]
Classify = Callable[[Callable[[str], object], date], Key | None]
"""From a mapping's `get` and as_of to a key; None where something is unusual or invalid."""

_CHAIN = 6
"""Up to so many cells are told apart by comparisons, more by bisection."""

_PLACES = 4
"""Of a number with any decimals, so many are read fast."""

_LARGE = 256
"""A text in full, or a list, that is longer is not kept."""

_UNBOUNDED = 10**DIGITS


def classifier(program: Program) -> Classify:
    """Generate the function that sorts a subject's raw answers."""
    namespace: dict[str, object] = {
        "left": bisect_left,
        "right": bisect_right,
        "blank": blank,
        "missing": missing,
    }
    source = "\n".join(_Writer(program, namespace).lines())
    # The source is built from constant templates and numbers only, never from the rulebook's text.
    exec(compile(source, f"<classifier of {program.digest[:12]}>", "exec"), namespace)  # noqa: S102  # see above
    return namespace["classify"]  # type: ignore[return-value]  # just defined by the line above


def holds_day(program: Program) -> bool:
    """Return whether the outcome can depend on as_of, which then stands at the end of every key."""
    return any(item.type is Type.DATE or item.item for item in program.inputs)


class _Writer:
    """Write the lines of one classifier, binding the rulebook's names and texts as constants."""

    def __init__(self, program: Program, namespace: dict[str, object]) -> None:
        self.program = program
        self.namespace = namespace

    def bind(self, value: object) -> str:
        name = f"c{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def lines(self) -> Iterator[str]:
        yield "def classify(get, as_of):"
        for index, (item, kept) in enumerate(zip(self.program.inputs, kept_of(self.program), strict=True)):
            yield f"    v = get({self.bind(item.name)})"
            yield from (f"    {line}" for line in self.block(f"k{index}", item, kept))
        parts = [f"k{index}" for index in range(len(self.program.inputs))]
        if holds_day(self.program):
            parts.append("as_of")
        yield f"    return ({', '.join(parts)},)"

    def block(self, key: str, item: Input, kept: Kept) -> Iterator[str]:
        match item.type:
            case Type.BOOLEAN:
                yield "if v is True or v is False:"
                yield f"    {key} = v"
            case Type.NUMBER:
                yield from self.number(key, item, kept)
            case _ if isinstance(kept, Words):
                yield from self.word(key, item, kept)
            case Type.TEXT:
                yield f"if v.__class__ is str and len(v) <= {_LARGE}:"
                yield f"    {key} = v"
                yield from _indented("if blank(v):", *_no_answer(key, item))
            case _:
                yield "if v is not None:"
                yield f"    {key} = {self.bind(_checker(item))}(v, as_of)"
                yield from _indented(f"if {key} is None:", *_no_answer(key, item))
        yield "else:"
        yield from (f"    {line}" for line in _no_answer(key, item))

    def word(self, key: str, item: Input, kept: Words) -> Iterator[str]:
        places = {word: index for index, word in enumerate(kept.words) if not blank(str(word))}
        place = self.bind(places.get)
        if item.type is Type.CHOICE:
            yield "if v.__class__ is str:"
            yield f"    {key} = {place}(v)"
            yield from _indented(f"if {key} is None:", *_no_answer(key, item))
        else:
            others = len(kept.words)
            yield f"if v.__class__ is str and len(v) <= {MAX_TEXT}:"
            yield f"    {key} = {place}(v, {others})"
            yield from _indented(f"if {key} == {others} and blank(v):", *_no_answer(key, item))

    def number(self, key: str, item: Input, kept: Kept) -> Iterator[str]:
        yield "if v.__class__ is int:"
        yield f"    if not ({_within(item, _constant)}): return None"
        scale = 10**kept.decimals if isinstance(kept, Units) else 1
        whole = self.cell(kept, _constant) if isinstance(kept, Intervals) else _times("v", scale)
        yield f"    {key} = {whole}"
        yield "elif v.__class__ is float:"
        yield f"    if not ({_within(item, as_float)}): return None"
        yield from (f"    {line}" for line in self.precise(item))
        if isinstance(kept, Intervals):
            yield f"    {key} = {self.cell(kept, as_float)}"
        else:
            yield f"    {key} = {'n' if scale > 1 else 'v'}"

    def precise(self, item: Input) -> Iterator[str]:
        """Refuse a float of more decimals or digits than it may have; `n` becomes its whole units."""
        if item.decimals == 0:
            yield "if not v.is_integer(): return None"
            return
        scale = float(10 ** (_PLACES if item.decimals is None else item.decimals))
        # A whole number of up to 15 digits divided by a power of ten prints as just that decimal.
        yield f"n = v * {scale!r}"
        exactly = f"n.is_integer() and n / {scale!r} == v and -{_UNBOUNDED}.0 < n < {_UNBOUNDED}.0"
        yield f"if not ({exactly}):"
        if item.decimals is None:
            yield f"    if not {self.bind(_at_most_15_digits)}(v): return None"
        else:
            yield f"    n = {self.bind(_in_units(item.decimals))}(v)"
            yield "    if n is None: return None"

    def cell(self, kept: Intervals, constant: Callable[[Fraction], int | float]) -> str:
        if len(kept.edges) > _CHAIN:
            below = self.bind([constant(n) for n, above in kept.edges if not above])
            upto = self.bind([constant(n) for n, above in kept.edges if above])
            return f"right({below}, v) + left({upto}, v)"
        signs = ((repr(constant(n)), "<=" if above else "<") for n, above in kept.edges)
        chain = "".join(f"{index} if v {sign} {number} else " for index, (number, sign) in enumerate(signs))
        return f"{chain}{len(kept.edges)}"


def _no_answer(key: str, item: Input) -> tuple[str, ...]:
    """Take what is no answer of this input for none at all, where it is missing and may be."""
    return ("return None",) if item.required else ("if not missing(v): return None", f"{key} = None")


def _indented(head: str, *lines: str) -> Iterator[str]:
    """Write a line inside a block, and the lines that it leads."""
    yield f"    {head}"
    yield from (f"        {line}" for line in lines)


def _within(item: Input, constant: Callable[[Fraction], int | float]) -> str:
    ends = (item.minimum, item.maximum)
    lowest, highest = (end if isinstance(end, Fraction) else None for end in ends)
    found = []
    if lowest is None or lowest <= -_UNBOUNDED or highest is None or highest >= _UNBOUNDED:
        found.append(f"-{_UNBOUNDED} < v < {_UNBOUNDED}")
    if lowest is not None and highest is not None:
        return " and ".join([f"{constant(lowest)!r} <= v <= {constant(highest)!r}", *found])
    if lowest is not None:
        found.append(f"v >= {constant(lowest)!r}")
    if highest is not None:
        found.append(f"v <= {constant(highest)!r}")
    return " and ".join(found)


def _times(name: str, scale: int) -> str:
    return name if scale == 1 else f"{name} * {scale}"


def _constant(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else as_float(number)


def _at_most_15_digits(value: float) -> bool:
    return float(f"{value:.{DIGITS}g}") == value


def _in_units(decimals: int) -> Callable[[float], int | None]:
    def units(value: float) -> int | None:
        number = exact(value) * 10**decimals
        return number.numerator if number.denominator == 1 and significant_digits(value) <= DIGITS else None

    return units


def _checker(item: Input) -> Callable[[object, date], Hashable]:
    def checked(value: object, as_of: date) -> Hashable:
        found = check(item, item.name, value, as_of)
        return None if isinstance(found, Invalid) or _size(found) > _LARGE else found

    return checked


def _size(value: Value | None) -> int:
    if isinstance(value, tuple):
        return sum(map(_size, value), len(value))
    return len(value) if isinstance(value, str) else 1
