"""Arguments that several commands share."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from scorewright.cli.command import UsageError
from scorewright.cli.reporters.shown import shown
from scorewright.program.fact import Moment, moment_of
from scorewright.rulebook import shipped
from scorewright.validation import read_day, read_moment

ENGINES = ("compiled", "reference", "durable")
"""As in `scorewright.scoring.scorer`, which takes too long to import for a list of words."""

RULES: Final = Path("rules")
"""Where rulebooks are, unless a command is told otherwise."""


def add_rules(parser: argparse.ArgumentParser, *, default: Path | None = RULES, demo: bool = True) -> None:
    """Add `--rules`, and `--demo` where the rulebooks that ship may stand for them."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--rules",
        metavar="FOLDER",
        type=Path,
        default=default,
        help="where rulebooks are (default: rules)",
    )
    if demo:
        where.add_argument(
            "--demo",
            action="store_const",
            dest="rules",
            const=shipped("rules"),
            help="take the rulebooks that ship with scorewright",
        )


def is_demo(rules: Path) -> bool:
    """Return whether the folder of rulebooks is the one that ships."""
    return rules == shipped("rules")


def demand_rules(rules: Path) -> None:
    """End the command where there is no folder of rulebooks."""
    if not rules.is_dir():
        raise UsageError(
            f"there is no folder {shown(str(rules))}",
            "name it with --rules, start one with `scorewright init`, or take what ships with --demo",
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
    """Return the current day in UTC; nothing below the command line has a clock."""
    return datetime.now(UTC).date()


def now() -> Moment:
    """Return the current moment."""
    return moment_of(datetime.now(UTC))


def add_paths(parser: argparse.ArgumentParser) -> None:
    """Add the paths of rulebooks."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        default=[RULES],
        help="rulebooks, suites, or folders of them (default: rules)",
    )
