"""What a text without quotes stands for: YAML 1.2's true, false and null, plain numbers, or text."""

import re
from dataclasses import dataclass
from fractions import Fraction

from scorewright.diagnostics import quoted
from scorewright.program.exact_numbers import DIGITS
from scorewright.rulebook.nodes import Value

_WORDS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False,
}  # fmt: skip

_SHOUTED = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false"}

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")

# What some YAML reader, spreadsheet or person would take for a number. No part can match in two ways.
_NUMBER_LIKE = re.compile(
    r"""[-+−]?(?:
        [0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?  # 0777  1_000  5.  1e3  +5
      | \.[0-9][0-9_]*([eE][-+]?[0-9]+)?            # .5
      | [0-9]+(:[0-9]{1,2})+(\.[0-9]*)?             # 1:30, ninety in YAML 1.1
      | 0[oO][0-7_]+ | 0[xX][0-9a-fA-F_]+ | 0[bB][01_]+
      | [0-9]{1,3}([ ,'\u00a0\u202f][0-9]{3})+(\.[0-9]+)?
      | [0-9]+,[0-9]+
      | \.(inf|Inf|INF|nan|NaN|NAN)
    )""",
    re.VERBOSE,
)
_STARTS = frozenset("+-−.0123456789")
_SEPARATORS = re.compile(r"[_ ,'\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class ScalarRefusal:
    """Why a text without quotes is not taken: a code, a message and a help."""

    code: str
    message: str
    help: str


def resolve(text: str) -> Value | ScalarRefusal:
    """Read a text without quotes as null, true, false, an exact number or text."""
    if text in _WORDS:
        return _WORDS[text]
    if text in _SHOUTED:
        return _shouted(text)
    if text[0] not in _STARTS:
        return text
    if _NUMBER.fullmatch(text):
        return _number(text)
    return _odd(text) if _NUMBER_LIKE.fullmatch(text) else text


def _shouted(text: str) -> ScalarRefusal:
    right = _SHOUTED[text]
    return ScalarRefusal(
        "old-boolean",
        f"`{text}` is not how true and false are written",
        f"write `{right}`, or quote it if it is text",
    )


def _number(text: str) -> Fraction | ScalarRefusal:
    # Counted as written, so that neither a long run of zeros nor its power of ten costs anything.
    digits = len(text.lstrip("-").replace(".", "").lstrip("0"))
    decimals = len(text.partition(".")[2])
    if max(digits, decimals) <= DIGITS:
        return Fraction(text)
    return ScalarRefusal(
        "too-many-digits",
        f"number has {max(digits, decimals)} digits; at most {DIGITS} are accepted",
        "write fewer digits, or quote it if it is text",
    )


def _odd(text: str) -> ScalarRefusal:
    return ScalarRefusal(
        "odd-number",
        f"{quoted(text)} looks like a number but is not written as plain digits",
        f"write {_in_plain_digits(text)}, or quote it if it is text",
    )


def _in_plain_digits(text: str) -> str:
    sign = "-" if text[0] in "-−" else ""
    digits = text.lstrip("+-−")
    if digits == "000":  # What a list makes of 1,000.
        return "`1000` and not `1,000`"
    comma_is_point = re.fullmatch(r"[0-9]+,([0-9]{1,2}|[0-9]{4,})", digits)
    digits = digits.replace(",", ".") if comma_is_point else _SEPARATORS.sub("", digits)
    whole, point, part = digits.partition(".")
    guess = sign + (whole.lstrip("0") or "0") + (point + part if part else "")
    sure = len(guess) <= DIGITS and _NUMBER.fullmatch(guess)
    return f"`{guess}`" if sure else "plain digits such as `1000` or `0.5`"
