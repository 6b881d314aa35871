"""Did-you-mean: the allowed word that a misspelt one stands for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scorewright.diagnostics.budget import Budget
from scorewright.diagnostics.quoting import one_line

LISTED = 30
"""The most allowed words that a help line lists."""

BEGUN = 3
"""So many letters tell which word was begun: `bant` for `bant_20`."""

LONGEST_WORD = 64
MOST_WORDS = 1_000
"""Past these sizes no near word is looked for, so that a hostile file stays cheap."""

NEAR_STEPS = 1_000_000
"""The work of looking for one near word where a report has no budget for all of them."""


def nearest(word: str, allowed: Iterable[str], budget: Budget | None = None) -> str | None:
    """Find the allowed word within a small edit distance, or nothing; nothing as well past the budget."""
    limit = _limit(word)
    if limit == 0:
        return None
    budget = budget or Budget(NEAR_STEPS)
    near: list[tuple[int, str]] = []
    for other in sorted(allowed)[:MOST_WORDS]:
        if not budget.spend(_cost(word, other, limit)):
            return None
        if (edits := distance(word, other, limit)) <= limit:
            near.append((edits, other))
    return min(near)[1] if near else None


@dataclass(frozen=True, slots=True)
class Meant:
    """A word that is none of those allowed: what to say of it is found out when it is said."""

    word: str
    allowed: Collection[str]

    def help(self, budget: Budget) -> str:
        """Write the help, with a near word as long as the budget lasts."""
        return suggestion(self.word, self.allowed, budget)


Help = str | Meant | None
"""What a finding says on how to mend it: in words, by what is meant, or not at all."""


def said(help: Help, budget: Budget) -> str | None:  # noqa: A002 -- the word of all findings
    """Return a help in words."""
    return help.help(budget) if isinstance(help, Meant) else help


def suggestion(word: str, allowed: Iterable[str], budget: Budget | None = None) -> str:
    """Write the help for a word that is not allowed: the near one, those that it begins, or all that are."""
    words = sorted(set(allowed))
    near = nearest(word, words, budget)
    if near is None and BEGUN <= len(word) <= LONGEST_WORD:
        begun = _folded(word)
        words = [longer for longer in words if longer.startswith(begun)] or words
        near = words[0] if len(words) == 1 and words[0].startswith(begun) else None
    return f"did you mean `{near}`?" if near else listing(words)


def listing(allowed: Iterable[str]) -> str:
    """List the allowed words, sorted and not too many."""
    words = sorted(set(allowed))
    shown = [one_line(w) for w in words[:LISTED]]
    if not shown:
        return "there is none to choose from"
    if len(shown) == 1:
        return f"the only one is {shown[0]}"
    more = f" and {len(words) - LISTED} more" if len(words) > LISTED else ""
    return "one of " + ", ".join(shown) + more


def distance(a: str, b: str, limit: int) -> int:
    """Count the edits between two words, up to `limit` + 1: a letter more, less, changed, or two swapped.

    The bits of a whole number hold a column of the table of distances (Hyyro 2003), so that a letter costs a
    few operations, whatever the length of the other word.
    """
    a, b = _folded(a), _folded(b)
    far = limit + 1
    if a == b:
        return 0
    if not a or not b or abs(len(a) - len(b)) > limit or len(set(a) ^ set(b)) > 2 * limit:
        return min(far, max(len(a), len(b)))
    every, last = (1 << len(a)) - 1, 1 << (len(a) - 1)
    letters: dict[str, int] = {}
    for index, letter in enumerate(a):
        letters[letter] = letters.get(letter, 0) | 1 << index
    found, rises, falls, same, before = len(a), every, 0, 0, 0
    for index, letter in enumerate(b):
        met = letters.get(letter, 0)
        swapped = ((~same & met) << 1) & before
        same = (((met & rises) + rises) ^ rises | met | falls | swapped) & every
        right_rises, right_falls = falls | ~(same | rises), same & rises
        found += bool(right_rises & last) - bool(right_falls & last)
        if found - (len(b) - index - 1) > limit:
            return far
        right_rises = right_rises << 1 | 1
        rises, falls = (right_falls << 1 | ~(same | right_rises)) & every, right_rises & same
        before = met
    return min(found, far)


def _cost(a: str, b: str, limit: int) -> int:
    """Count the steps of a distance: most words differ too much in their length to be compared at all."""
    return 10 if abs(len(a) - len(b)) > limit else 60 + 20 * len(b)


def _limit(word: str) -> int:
    if not 2 <= len(word) <= LONGEST_WORD:
        return 0
    return 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3


def _folded(word: str) -> str:
    # `Team-Size` and `team size` are the same slip: the wrong form of a known word.
    return word.casefold().replace("-", "_").replace(" ", "_")
