"""The top of the page: whose score, by which rulebook, and what it came to."""

from collections.abc import Iterator
from fractions import Fraction

from scorewright.cli.explanation.layout import Page, wrap
from scorewright.cli.explanation.words import band_label, band_of
from scorewright.cli.reporters.shown import shown, width
from scorewright.program import Program
from scorewright.program.exact_numbers import text
from scorewright.program.phrasing import zero_text
from scorewright.results import Bounds, Outcome, Score, Status, zero_divisors

SCALE = 60
"""The columns of the scale."""


def head(score: Score, page: Page, as_of: str) -> Iterator[str]:
    """Write the title, the total, the band, and the scale they stand on."""
    program, found = score.program, score.outcome
    title = shown(program.name)
    version = f"{program.id} {program.version}"
    yield page.apart(page.paint(title, "bold"), width(title), version)
    who = f"{shown(score.subject)}, " if score.subject else ""
    yield f"{who}as of {as_of}"
    if not program.effective.holds(score.as_of):
        yield page.paint(f"not effective: this rulebook applies {program.effective}", "warn")
    yield ""
    yield from _verdict(score, page)
    if found.status is Status.SCORED or found.bounds:
        yield from _scale(program, found, page)
    if found.bounds is not None:
        for line in wrap(_possible(program, found.bounds, found), page.width - 2):
            yield f"  {page.paint(line, 'yellow')}"


def _verdict(score: Score, page: Page) -> Iterator[str]:
    program, found = score.program, score.outcome
    if found.total is not None:
        out_of = f" of {text(program.out_of)}" if program.out_of is not None else ""
        total = page.paint(text(found.total), "bold") + out_of
        total += f" ({text(found.percent)} %)" if found.percent is not None and program.out_of != 100 else ""
    elif found.status is Status.INCOMPLETE:
        total = page.paint("no total", "warn")
    else:
        total = ""
    band = band_of(program, found.band)
    style = {True: "good", False: "yellow", None: "bold"}[band.qualified if band else None]
    verdict = page.paint(shown(band_label(program, found.band)), style)
    line = "  " + "   ".join(part for part in (total, verdict) if part)
    if found.computed_band != found.band and found.computed_band is not None:
        line += f" (by points {shown(band_label(program, found.computed_band))})"
    yield line
    if found.status is Status.INCOMPLETE:
        for why in _too_little_known(program, found):
            yield from page.wrapped(why, 2, "yellow")
    if program.band_on is not None:
        yield page.paint(f"  the band is read from {program.band_on}, not from the total", "dim")
    if found.cell is not None:
        yield f"  {shown(found.cell.label)} ({found.cell.row} and {found.cell.column})"


def _too_little_known(program: Program, found: Outcome) -> Iterator[str]:
    """Yield how much is known where that is less than the rulebook asks for, and what cannot be known."""
    if found.bounds is None and found.over_zero:
        yield zero_text(zero_divisors(found.over_zero))
    least, fewest = program.minimum_coverage, program.minimum_known
    shares = [flag.removeprefix("coverage:") for flag in found.flags if flag.startswith("coverage:")]
    if least is not None and shares and Fraction(shares[0]) < least:
        yield f"{shares[0]} % of the weights are known, and a total needs {text(least)} % or more"
    known = sum(not criterion.missing and not criterion.zero for criterion in found.criteria)
    if fewest is not None and known < fewest:
        yield f"{known} of {len(found.criteria)} criteria are known, and a total needs {fewest} or more"


def _possible(program: Program, bounds: Bounds, found: Outcome) -> str:
    labels = [band_label(program, id) for id in bounds.possible_bands]
    if bounds.lowest == bounds.highest:
        line = f"the total is {text(bounds.lowest)} whatever is missing"
    else:
        when = "once everything is known" if found.missing else "still"
        line = f"between {text(bounds.lowest)} and {text(bounds.highest)} {when}"
    if not labels:
        return line
    if bounds.band_certain:
        return f"{line}: {labels[0]} for certain"
    return f"{line}: {' or '.join(part for part in (', '.join(labels[:-1]), labels[-1]) if part)}"


def _scale(program: Program, found: Outcome, page: Page) -> Iterator[str]:
    """Draw the total on a line from the lowest edge to the highest total, with every edge below."""
    top = program.out_of
    if top is None or top <= 0:
        return
    edges = [] if program.band_on or program.bands_by_condition else list(reversed(program.bands))
    bottom = min([Fraction(0), *(band.edge for band in edges)])

    def column(value: Fraction) -> int:
        return min(max(round(SCALE * (value - bottom) / (top - bottom)), 0), SCALE)

    low = high = found.total
    if found.bounds is not None:
        low, high = found.bounds.lowest, found.bounds.highest
    solid = column(found.total if found.total is not None else low or bottom)
    possible = max(column(high or bottom), solid)
    drawn = page.paint("█" * solid, "cyan") + page.paint("▒" * (possible - solid), "yellow")
    yield ""
    yield f"  {drawn}{page.paint('·' * (SCALE - possible), 'dim')}"
    marks = [(column(band.edge), text(band.edge), shown(band.label)) for band in edges]
    yield f"  {page.paint(_ticks(marks, text(top)), 'dim')}"


def _ticks(marks: list[tuple[int, str, str]], last: str) -> str:
    """Write edges below the scale, with their labels where there is room."""
    if not marks or marks[0][0] > 2:
        marks = [(0, "0", ""), *marks]
    line = ""
    ends = [start for start, _, _ in marks[1:]] + [SCALE - len(last)]
    for (start, edge, label), end in zip(marks, ends, strict=True):
        if width(line) > start:
            continue
        line += " " * (start - width(line))
        whole = f"{edge} {label}".rstrip()
        line += whole if start + width(whole) < end else edge if start + len(edge) < end else ""
    gap = SCALE - len(last) - width(line)
    return line + " " * gap + last if gap >= 1 else line
