"""Arguments that several commands share."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from scorewright.cli.reporters.shown import shown
from scorewright.program.fact import Moment, moment_of
from scorewright.validation.facts import read_moment
from scorewright.validation.inputs import read_day

ENGINES = ("compiled", "reference", "durable")
"""As in `scorewright.scoring.scorer`, which takes too long to import for a list of words."""


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add `--rules`."""
    parser.add_argument(
        "--rules",
        metavar="FOLDER",
        type=Path,
        default=Path("rules"),
        help="where rulebooks are (default: rules)",
    )


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add `--engine`."""
    parser.add_argument(
        "--engine", choices=ENGINES, default="compiled", help="all answer alike (default: compiled)"
    )


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of`."""
    parser.add_argument(
        "--as-of",
        metavar="DAY",
        type=day,
        help="the day that dates are compared with (default: today in UTC)",
    )


def add_moment(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of` where it may be a moment."""
    parser.add_argument(
        "--as-of",
        metavar="MOMENT",
        type=moment,
        help="the day that dates are compared with, or a time such as 2026-01-31T10:00:00Z as of which facts "
        "are asked; a day means its end (default: today in UTC)",
    )


def moment(text: str) -> Moment:
    """Read a day, meaning its end, or a time from the command line."""
    found = read_moment(text)
    if found is None:
        problem = f"`{shown(text)}` is not a day written as 2026-01-31, or a time as 2026-01-31T10:00:00Z"
        raise argparse.ArgumentTypeError(problem)
    return found


def day(text: str) -> date:
    """Read a day from the command line."""
    found = read_day(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"`{shown(text)}` is not a day written as 2026-01-31")
    return found


def today() -> date:
    """Give the current day in UTC; nothing below the command line has a clock."""
    return datetime.now(UTC).date()


def now() -> Moment:
    """Give the current moment."""
    return moment_of(datetime.now(UTC))


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the paths of rulebooks."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        default=[Path("rules")],
        help="rulebooks, suites, or folders of them (default: rules)",
    )
