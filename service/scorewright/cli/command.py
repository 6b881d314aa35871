"""What every command is: a module with arguments, options made from them, and a run."""

import argparse
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from scorewright.cli.stdio import Streams

CLEAN, FINDINGS, WRONG = 0, 1, 2
"""Exit codes: nothing to say; findings, failed tests or refused rows; wrong usage or an unreadable file."""

WIDTH = 80


class UsageError(Exception):
    """The command cannot go on: wrong usage, or a file that cannot be read or written."""

    def __init__(self, message: str, way_out: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out


class Module(Protocol):
    """The module of one command."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments, and the texts of `--help`."""

    def parse(self, arguments: argparse.Namespace) -> Any:
        """Make the frozen options of this command."""

    def run(self, options: Any, streams: Streams) -> int:
        """Do it, and give the exit code."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command; its module is imported when it is called, so that none pays for another."""

    name: str
    summary: str

    def load(self) -> Module:
        """Import the command's module."""
        return cast(Module, import_module(f"scorewright.cli.commands.{self.name}"))

    def parser(self) -> argparse.ArgumentParser:
        """Build the parser of this command's own arguments."""
        parser = new_parser(f"scorewright {self.name}", f"{self.summary[:1].upper()}{self.summary[1:]}.")
        self.load().add_arguments(parser)
        add_color(parser, argparse.SUPPRESS)
        return parser


def new_parser(prog: str, description: str) -> argparse.ArgumentParser:
    """Build a parser in the style that all commands share."""
    return argparse.ArgumentParser(
        prog=prog,
        description=description,
        formatter_class=_Formatter,
        allow_abbrev=False,
    )


def add_color(parser: argparse.ArgumentParser, default: str) -> None:
    """Add `--color`, which stands before or after the command."""
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default=default,
        help="colour the output: auto (on a terminal, unless NO_COLOR is set), always or never",
    )


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=24, width=WIDTH)


def reason(error: OSError) -> str:
    """Write in small letters why the system refused."""
    return (error.strerror or str(error)).lower()
