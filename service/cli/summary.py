"""The summary of a scored file, for people: bands, totals as bars, and what was refused."""

from collections.abc import Iterator
from datetime import date

from scorers.exact import text
from scorers.records.record import Record, Refusal
from service.cli.reporters.shown import shown
from service.cli.streams import Paint
from service.cli.tally import Reason, Tally

BAR = 30
"""The longest bar, in columns."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, length: int = BAR) -> str:
    """Draw a share of 1 as a bar, exact to an eighth of a column; more than nothing is never empty."""
    eighths = min(max(round(share * length * 8), 1 if share > 0 else 0), length * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def render(tally: Tally, as_of: date, paint: Paint, columns: dict[str, int] | None = None) -> str:
    """Write the whole summary; `columns` are the positions of inputs in a CSV file."""
    lines = [_headline(tally, as_of, paint)]
    if tally.scored + tally.incomplete:
        lines += ["", paint("bands", "bold"), *_bands(tally, paint)]
    if totals := list(_totals(tally, paint)):
        lines += ["", paint("totals", "bold"), *totals]
    if tally.refused:
        lines += ["", paint("refused", "bold"), *_refused(tally, paint, columns or {})]
    return "".join(f"{line}\n" for line in lines)


def _headline(tally: Tally, as_of: date, paint: Paint) -> str:
    program = tally.program
    counts = [f"{tally.scored:,} scored"]
    counts += [f"{tally.incomplete:,} incomplete"] if tally.incomplete else []
    counts += [paint(f"{tally.refused:,} refused", "bad")] if tally.refused else []
    rows = "1 subject" if tally.rows == 1 else f"{tally.rows:,} subjects"
    return f"{paint(program.id, 'bold')} {program.version}, as of {as_of}: {rows}, {', '.join(counts)}"


def _bands(tally: Tally, paint: Paint) -> Iterator[str]:
    whole = tally.scored + tally.incomplete
    names: list[tuple[str, str | None]] = [(band.id, band.id) for band in tally.program.bands]
    if tally.bands[None]:
        names.append(("(no band)", None))
    wide = max(len(name) for name, _ in names)
    for name, id in names:
        yield _row(f"{name:<{wide}}", tally.bands[id], whole, paint)


def _totals(tally: Tally, paint: Paint) -> Iterator[str]:
    bins = list(tally.bins())
    if not bins:
        return
    lows, highs = [text(b.low) for b in bins], [text(b.high) for b in bins]
    low_wide, high_wide = max(map(len, lows)), max(map(len, highs))
    for found, low, high in zip(bins, lows, highs, strict=True):
        yield _row(f"{low:>{low_wide}} to {high:>{high_wide}}", found.count, tally.scored, paint)


def _row(name: str, count: int, whole: int, paint: Paint) -> str:
    share = count / whole
    return f"  {name}  {count:>9,}  {100 * share:5.1f} %  {paint(bar(share), 'cyan')}".rstrip()


def _refused(tally: Tally, paint: Paint, columns: dict[str, int]) -> Iterator[str]:
    for code, reason in sorted(tally.reasons.items(), key=lambda item: (-item[1].count, item[0])):
        yield f"  {paint(code, 'red')}  {reason.count:,}"
        yield from _examples(reason, columns)


def _examples(reason: Reason, columns: dict[str, int]) -> Iterator[str]:
    for record, refusal in reason.examples:
        yield f"    {_place(record, refusal, columns)}: {shown(refusal.message)}"
    more = reason.count - len(reason.examples)
    if more > 0:
        yield f"    and {more:,} more"


def _place(record: Record, refusal: Refusal, columns: dict[str, int]) -> str:
    place = f"line {record.line}"
    column = columns.get(refusal.input.partition("[")[0])
    if column is not None:
        place += f", column {column}"
    if refusal.input:
        place += f", {shown(refusal.input)}"
    return place
