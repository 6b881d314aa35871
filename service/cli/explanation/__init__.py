"""One answer as a page for a person: the verdict first, then what happened, why, and what to do."""

from scorers.load import Loaded
from scorers.result import Score
from scorers.rulebook.nodes import locate
from service.cli.explanation import advice, head, points, standing
from service.cli.explanation.happened import Happened, happened, moment_text
from service.cli.explanation.layout import Page
from service.cli.reporters.shown import shown
from service.cli.streams import Paint


def render(
    score: Score,
    loaded: Loaded,
    paint: Paint,
    width: int,
    came: Happened | None = None,
) -> str:
    """Write the whole page; `came` is what happened."""

    def place(path: tuple[str | int, ...]) -> str:
        return f":{locate(loaded.document.root, path).line}"

    page = Page(paint, width, place)
    as_of = str(score.as_of) if came is None else moment_text(came.moment)
    sections = (
        head.head(score, page, as_of),
        happened(score.program, came, page) if came else (),
        points.points(score, page, shown(loaded.source.name)),
        advice.fired(score, page),
        advice.missing(score, page),
        advice.over_zero(score, page),
        advice.next_band(score, page),
        advice.actions(score, page, came.standing if came else None),
        standing.passed(score, came.standing, page) if came and came.standing else (),
        advice.receipt(score, page),
    )
    return "".join(f"{line.rstrip()}\n" for section in sections for line in section)
