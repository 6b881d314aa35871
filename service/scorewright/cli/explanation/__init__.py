"""One answer as a page for a person: the verdict first, then what happened, why, and what to do."""

from scorewright.cli.explanation import action_states as standing
from scorewright.cli.explanation import advice, head, points
from scorewright.cli.explanation.facts_page import Happened, happened, moment_text
from scorewright.cli.explanation.layout import Page
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Paint
from scorewright.results import Score
from scorewright.rulebook.nodes import locate
from scorewright.scoring import Loaded


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
