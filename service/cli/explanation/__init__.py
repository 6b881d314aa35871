"""One answer as a page for a person: the verdict first, then why, then what to do."""

from scorers.load import Loaded
from scorers.result import Score
from scorers.rulebook.nodes import locate
from service.cli.explanation import advice, head, points
from service.cli.explanation.layout import Page
from service.cli.reporters.shown import shown
from service.cli.streams import Paint


def render(score: Score, loaded: Loaded, paint: Paint, width: int) -> str:
    """Write the whole page."""

    def place(path: tuple[str | int, ...]) -> str:
        return f":{locate(loaded.document.root, path).line}"

    page = Page(paint, width, place)
    sections = (
        head.head(score, page),
        points.points(score, page, shown(loaded.source.name)),
        advice.fired(score, page),
        advice.missing(score, page),
        advice.next_band(score, page),
        advice.actions(score, page),
        advice.receipt(score, page),
    )
    return "".join(f"{line.rstrip()}\n" for section in sections for line in section)
