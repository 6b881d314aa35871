"""Did-you-mean: the allowed word that a misspelt one stands for."""

from collections.abc import Iterable

from scorers.wording import one_line

LISTED = 30
"""The most allowed words that a help line lists."""

BEGUN = 3
"""So many letters tell which word was begun: `bant` for `bant_20`."""

LONGEST_WORD = 64
MOST_WORDS = 1_000
"""Past these sizes no near word is looked for, so that a hostile file stays cheap."""


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Find the allowed word within a small edit distance, or nothing."""
    limit = _limit(word)
    if limit == 0:
        return None
    near = [(d, w) for w in sorted(allowed)[:MOST_WORDS] if (d := distance(word, w, limit)) <= limit]
    return min(near)[1] if near else None


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """Write the help for a word that is not allowed: the near one, those that it begins, or all that are."""
    words = sorted(set(allowed))
    near = nearest(word, words)
    if near is None and BEGUN <= len(word) <= LONGEST_WORD:
        words = [longer for longer in words if longer.startswith(_folded(word))] or words
        near = words[0] if len(words) == 1 and words[0].startswith(_folded(word)) else None
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
    """Count the edits between two words, up to `limit` + 1: a letter more, less, changed, or two swapped."""
    a, b = _folded(a), _folded(b)
    far = limit + 1
    if a == b:
        return 0
    if abs(len(a) - len(b)) > limit or len(set(a) ^ set(b)) > 2 * limit:
        return far
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        before, row = row, _next_row(i, letter, a, b, before, row)
        if min(row) > limit:
            return far
    return min(row[-1], far)


def _next_row(i: int, letter: str, a: str, b: str, above2: list[int], above: list[int]) -> list[int]:
    row = [i]
    for j, other in enumerate(b, 1):
        best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
        if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
            best = min(best, above2[j - 2] + 1)
        row.append(best)
    return row


def _limit(word: str) -> int:
    if not 2 <= len(word) <= LONGEST_WORD:
        return 0
    return 1 if len(word) <= 4 else 2 if len(word) <= 9 else 3


def _folded(word: str) -> str:
    # `Team-Size` and `team size` are the same slip: the wrong form of a known word.
    return word.casefold().replace("-", "_").replace(" ", "_")
