"""The summary of a scored file, for people: bands, totals as bars, and what was refused."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from scorewright.cli.file_summary import Bin, FileTally, Reason
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import Paint
from scorewright.program.exact_numbers import text
from scorewright.records import Record, RowRefusal

BAR = 30
"""The longest bar, in columns."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, length: int = BAR) -> str:
    """Draw a share of 1 as a bar, exact to an eighth of a column; more than nothing is never empty."""
    eighths = min(max(round(share * length * 8), 1 if share > 0 else 0), length * 8)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def render(tally: FileTally, as_of: date, paint: Paint, columns: dict[str, int] | None = None) -> str:
    """Write the whole summary; `columns` are the positions of inputs in a CSV file."""
    lines = [_headline(tally, as_of, paint), *_not_effective(tally, as_of, paint)]
    if tally.scored + tally.incomplete:
        lines += ["", paint("bands", "bold"), *_bands(tally, paint)]
    if totals := list(_totals(tally, paint)):
        lines += ["", paint("totals", "bold"), *totals]
    if tally.refused:
        lines += ["", paint("refused", "bold"), *_refused(tally, paint, columns or {})]
    return "".join(f"{line}\n" for line in lines)


def _headline(tally: FileTally, as_of: date, paint: Paint) -> str:
    program = tally.program
    counts = [f"{tally.scored:,} scored"]
    counts += [f"{tally.incomplete:,} incomplete"] if tally.incomplete else []
    counts += [paint(f"{tally.refused:,} refused", "bad")] if tally.refused else []
    rows = "1 subject" if tally.rows == 1 else f"{tally.rows:,} subjects"
    first, last = tally.days or (as_of, as_of)
    days = f"{first}" if first == last else f"{first} to {last}"
    return f"{paint(program.id, 'bold')} {program.version}, as of {days}: {rows}, {', '.join(counts)}"


def _not_effective(tally: FileTally, as_of: date, paint: Paint) -> Iterator[str]:
    effective = tally.program.effective
    if not all(map(effective.holds, tally.days or (as_of,))):
        yield paint(f"not effective: this rulebook applies {effective}", "warn")


def _bands(tally: FileTally, paint: Paint) -> Iterator[str]:
    whole = tally.scored + tally.incomplete
    names: list[tuple[str, str | None]] = [(band.id, band.id) for band in tally.program.bands]
    if tally.bands[None]:
        names.append(("(no band)", None))
    wide = max(len(name) for name, _ in names)
    for name, id in names:
        yield _row(f"{name:<{wide}}", tally.bands[id], whole, paint)


def _totals(tally: FileTally, paint: Paint) -> Iterator[str]:
    bins = list(tally.bins())
    low_wide = max((len(_end(found.low)) for found in bins), default=0)
    high_wide = max((len(_end(found.high)) for found in bins), default=0)
    names = [_name(found, low_wide, high_wide) for found in bins]
    wide = max(map(len, names), default=0)
    for found, name in zip(bins, names, strict=True):
        yield _row(f"{name:<{wide}}", found.count, tally.scored, paint)


def _name(found: Bin, low_wide: int, high_wide: int) -> str:
    low, high = f"{_end(found.low):>{low_wide}}", f"{_end(found.high):>{high_wide}}"
    if found.low is None:
        return f"below {high}"
    if found.high is None:
        return f"{low} or more"
    return low if found.low == found.high else f"{low} to {high}"


def _end(number: Fraction | None) -> str:
    return "" if number is None else text(number)


def _row(name: str, count: int, whole: int, paint: Paint) -> str:
    share = count / whole
    return f"  {name}  {count:>9,}  {100 * share:5.1f} %  {paint(bar(share), 'cyan')}".rstrip()


def _refused(tally: FileTally, paint: Paint, columns: dict[str, int]) -> Iterator[str]:
    for code, reason in sorted(tally.reasons.items(), key=lambda item: (-item[1].count, item[0])):
        yield f"  {paint(code, 'red')}  {reason.count:,}"
        yield from _examples(reason, columns)


def _examples(reason: Reason, columns: dict[str, int]) -> Iterator[str]:
    for record, refusal in reason.examples:
        yield f"    {_place(record, refusal, columns)}: {shown(refusal.message)}"
    more = reason.count - len(reason.examples)
    if more > 0:
        yield f"    and {more:,} more"


def _place(record: Record, refusal: RowRefusal, columns: dict[str, int]) -> str:
    place = f"line {record.line}"
    column = columns.get(refusal.input.partition("[")[0])
    if column is not None:
        place += f", column {column}"
    if refusal.input:
        place += f", {shown(refusal.input)}"
    return place
