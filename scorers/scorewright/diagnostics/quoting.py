"""How a user's text is shown inside a message: on one line, shortened, in backticks."""

LONGEST = 60
"""The most characters of a user's text that a message repeats."""


def one_line(text: str) -> str:
    """Squeeze white space to single spaces and cut a long text."""
    short = " ".join(text[: 4 * LONGEST].split())
    return short if len(short) <= LONGEST and len(text) <= 4 * LONGEST else short[: LONGEST - 3] + "..."


def quoted(text: str) -> str:
    """Put a user's text in backticks, on one line and shortened."""
    return f"`{one_line(text)}`"
