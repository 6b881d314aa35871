"""Lines of a page: wrapped, aligned, and no wider than the page."""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scorewright.cli.reporters.shown import shown, width
from scorewright.cli.stdio import Paint

EIGHTHS = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class Page:
    """How a page looks: its colours, its width, and where a path of the rulebook stands (`:45`)."""

    paint: Paint
    width: int
    place: Callable[[tuple[str | int, ...]], str]

    def heading(self, text: str, note: str = "") -> list[str]:
        """Start a section."""
        return ["", self.apart(self.paint(shown(text), "bold"), width(shown(text)), note)]

    def apart(self, painted: str, columns: int, note: str) -> str:
        """Put a small note at the right end of a line that is so many columns wide."""
        gap = self.width - columns - width(note)
        return f"{painted}{' ' * gap}{self.paint(note, 'dim')}" if note and gap >= 2 else painted

    def wrapped(
        self, text: str, indent: int, style: str = "", *, mark: str = "", note: str = ""
    ) -> Iterator[str]:
        """Write a text over as many lines as it takes: the mark before the first, the note at its end."""
        room = self.width - indent - len(mark) - (width(note) + 2 if note else 0)
        for index, line in enumerate(wrap(shown(text), room)):
            marked = (" " * len(mark) if index else mark) + line
            painted = " " * indent + (self.paint(marked, style) if style else marked)
            yield self.apart(painted, indent + width(marked), "" if index else note)


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns."""
    return textwrap.wrap(text, max(columns, 20), break_on_hyphens=False) or [""]


def fit(text: str, columns: int) -> str:
    """Fill a text up to so many columns, or cut it."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def small_bar(share: float, columns: int) -> str:
    """Draw a share of 1 on a track of so many columns, exact to an eighth of one."""
    eighths = min(max(round(share * columns * 8), 0), columns * 8)
    full, part = divmod(eighths, 8)
    drawn = "█" * full + (EIGHTHS[part] if part else "")
    return drawn + "·" * (columns - len(drawn))
