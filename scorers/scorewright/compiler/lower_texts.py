"""Labels, and texts cut at their placeholders."""

from scorewright.program import Slot, Text
from scorewright.rulebook import split


def label(given: str | None, id: str) -> str:
    """Return the author's label, or one made from the id: `team_size` reads `Team size`."""
    if given is not None:
        return given
    words = id.replace("_", " ")
    return words[:1].upper() + words[1:]


def cut(text: str | None) -> Text:
    """Cut a text at its placeholders; no text is the empty one."""
    if not text:
        return ()
    parts: list[str | Slot] = []
    for index, part in enumerate(split(text)):
        if index % 2:
            name, _, key = part.partition(".")
            parts.append(Slot(name, key))
        elif part:
            parts.append(part)
    return tuple(parts)
