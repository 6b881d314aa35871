"""What is no answer: nothing at all, or a text of nothing but white space (rule 7 of the scoring law).

White space is what Unicode calls so: `str.isspace` and `str.strip` agree on it, no-break and ideographic
spaces among it; a zero-width space is a character. Nothing else decides it.
"""


def blank(text: str) -> bool:
    """Return whether a text is empty or holds only white space."""
    return not text or text.isspace()


def missing(value: object) -> bool:
    """Return whether a value is missing, whatever was asked."""
    return value is None or (isinstance(value, str) and blank(value))
