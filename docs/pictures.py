"""Draw the pictures of docs/explanation.md from real answers: `python docs/pictures.py`."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from scorewright.results.outcome import Score
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer

FOLDER = Path(__file__).parent / "pictures"
RULES = Path(__file__).parent.parent / "rules"
INK, PALE, LINE = "#1f2937", "#e5e7eb", "#6b7280"
BOLD, SMALL = ' font-weight="600"', ' font-size="11"'
COLOURS = ("#2563eb", "#0d9488", "#b45309", "#7c3aed")
DEAL = {"budget": 5, "authority": 3.5, "need": 4, "timeline": 2}


def pictures() -> dict[str, str]:
    """Draw every picture, by its file name."""
    return {"total.svg": total(), "window.svg": window()}


def total() -> str:
    """Draw how the points of the README's deal add up, and where the total lies among the bands."""
    (loaded,), _ = load_paths([RULES / "bant_20.yaml"], "reference", date(2026, 1, 31))
    score = Scorer(loaded.program, "reference").score(DEAL, subject="deal-7", as_of=date(2026, 1, 31))
    assert isinstance(score, Score)
    outcome, most = score.outcome, 20
    left, top, unit = 30.0, 40, 33.0
    parts = [text(left, 22, "Each question earns points; together they are the total", style=BOLD)]
    at = left
    for criterion, colour in zip(outcome.criteria, COLOURS, strict=True):
        points = float(criterion.points or 0)
        wide = points * unit
        parts += [
            box(at, top, wide, 44, colour),
            text(at + wide / 2, top + 19, criterion.label, "white", "middle"),
        ]
        parts.append(text(at + wide / 2, top + 36, f"{points:g} of 5", "white", "middle"))
        at += wide
    parts += [box(at, top, most * unit - (at - left), 44, PALE), line(at, top - 6, at, top + 88, INK, 2)]
    parts += [text(at + 10, top + 27, f"{float(outcome.total or 0):g} of {most}", style=BOLD)]
    edges = sorted((float(band.edge or 0), band.label) for band in loaded.program.bands)
    for (start, label), end in zip(edges, [*(start for start, _ in edges[1:]), most], strict=True):
        parts += list(band(left + start * unit, left + end * unit, f"{start:g}", label))
    parts.append(text(left + most * unit, 150, f"{most}", LINE, "middle", style=SMALL))
    says = "A bar of four parts, 5, 3.5, 4 and 2 points long, ends at 14.5 of 20, in the band Medium priority"
    return svg(720, 165, says, parts)


def band(start: float, end: float, edge: str, label: str) -> Iterator[str]:
    """Draw a band of the scale below the bar."""
    yield box(start + 1, 96, end - start - 2, 26, "#f3f4f6", LINE)
    yield text((start + end) / 2, 113, label, anchor="middle", style=SMALL)
    yield text(start, 150, edge, LINE, "middle", style=SMALL)


def window() -> str:
    """Draw which facts the words of a window mean."""
    now, day, top = 660.0, 10.0, 60
    parts = [
        text(30, 22, "Which facts a window means, as of now", style=BOLD),
        line(40, top, now, top, INK, 2),
    ]
    for ago in (0, 7, 14, 30, 60):
        at = now - ago * day
        parts += [line(at, top - 5, at, top + 5, INK, 2)]
        parts += [text(at, top - 12, "now" if ago == 0 else f"{ago} days ago", anchor="middle", style=SMALL)]
    rows = (
        ("within: 7 days", 0, 7),
        ("older_than: 14 days", 14, 62),
        ("within: 30 days, ending: 30 days", 30, 60),
    )
    for index, (words, last, first) in enumerate(rows):
        y = top + 24 + index * 40
        wide = (first - last) * day
        parts.append(box(now - first * day, y, wide, 16, COLOURS[index]))
        inside = wide > 200
        place = now - first * day + wide / 2 if inside else now - first * day - 8
        anchor, colour = ("middle", "white") if inside else ("end", INK)
        parts.append(text(place, y + 12, words, colour, anchor, style=SMALL))
    says = "A line of time: within 7 days ends now, older_than 14 days reaches back without end, "
    return svg(720, 190, f"{says}within 30 days ending 30 days lies between 60 and 30 days ago", parts)


def svg(wide: int, high: int, says: str, parts: Sequence[str]) -> str:
    """Write a picture, with what it shows in words."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    )
    font = 'font-family="system-ui, Helvetica, Arial, sans-serif" font-size="13"'
    ground = box(0, 0, wide, high, "white")
    return "\n".join(
        [f'{head} role="img" {font}>', f"<title>{escape(says)}</title>", ground, *parts, "</svg>", ""]
    )


def box(x: float, y: float, wide: float, high: float, fill: str, stroke: str = "none") -> str:
    """Write a rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" fill="{fill}" stroke="{stroke}"/>'


def line(x: float, y: float, to_x: float, to_y: float, colour: str, wide: int) -> str:
    """Write a line."""
    return f'<path d="M{x:g} {y:g} L{to_x:g} {to_y:g}" stroke="{colour}" stroke-width="{wide}"/>'


def text(x: float, y: float, words: str, colour: str = INK, anchor: str = "start", style: str = "") -> str:
    """Write a text."""
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}" text-anchor="{anchor}"{style}>{escape(words)}</text>'


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, drawn in pictures().items():
        (FOLDER / name).write_text(drawn, encoding="utf-8")
