"""`scorewright serve`: serve rulebooks over gRPC."""

import argparse
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scorewright.cli.arguments import ENGINES, add_rules, demand_rules
from scorewright.cli.command import UsageError
from scorewright.cli.findings import for_people
from scorewright.cli.stdio import Streams
from scorewright.diagnostics import Report
from scorewright.validation import show

_EPILOG = """\
Every setting also has its variable, SCOREWRIGHT_PORT for --port; an option
goes before it. Settings without an option (limits, the token itself) have only
their variable; docs/reference/settings.md lists them all. Rulebooks are loaded
once, at the start, from the folder and those below it; with a broken one it is
not served.

exit codes: 0 stopped by SIGINT or SIGTERM, 1 a broken rulebook, 2 the server
cannot start.
"""

_WORDS: Final = {
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "finite_number": "is not a finite number",
    "bool_parsing": "is neither `true` nor `false`",
    "greater_than": "is not more than {gt:g}",
    "greater_than_equal": "is less than {ge:.12g}",
    "less_than_equal": "is more than {le:.12g}",
    "literal_error": "is not {expected}",
    "string_too_short": "is empty",
}
"""What is wrong with a setting, by pydantic's name for it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `serve` was asked: the settings that were given."""

    given: Mapping[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on, 0 for any free one (default: 50051)")
    add_rules(parser, default=None)
    parser.add_argument("--engine", choices=ENGINES, help="all answer alike (default: compiled)")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="where events of accounts are kept, `none` for nowhere (default: sqlite:///scorewright.db);"
        " a URL with a password belongs into SCOREWRIGHT_DATABASE",
    )
    parser.add_argument(
        "--sweep-seconds",
        type=float,
        metavar="N",
        help="evaluate all accounts so often, 0 for never (default: 3600)",
    )
    parser.add_argument("--workers", type=int, help="threads that answer calls (default: 8)")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), help="default: info")
    parser.add_argument("--token-file", metavar="FILE", type=Path, help="callers must send the token in it")
    parser.add_argument("--tls-cert", metavar="FILE", type=Path, help="certificate chain, in PEM")
    parser.add_argument("--tls-key", metavar="FILE", type=Path, help="its private key, in PEM")
    parser.add_argument(
        "--insecure",
        action="store_true",
        default=None,
        help="start where others reach the server though it has no token or no TLS",
    )


def parse(arguments: argparse.Namespace) -> Options:
    """Make the options."""
    given = {name: value for name, value in vars(arguments).items() if value is not None}
    given.pop("color", None)
    return Options(given)


def run(options: Options, streams: Streams) -> int:
    """Serve until a signal comes."""
    if not hasattr(signal, "SIGHUP"):
        raise UsageError(
            "the server needs Linux or macOS", "run it in a container; docs/platforms.md says what runs here"
        )
    # Imported here: gRPC takes longer to import than any other command takes to run.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # what goes wrong is said once, by us
    from scorewright.rpc import serve
    from scorewright.runtime import Settings

    try:
        settings = Settings(**options.given)  # type: ignore[arg-type]  # pydantic checks what argparse read
    except ValueError as error:
        raise UsageError(*_wrong(error)) from None

    demand_rules(settings.rules)

    def report(found: Report) -> str:
        return for_people(found, streams.paint_err) + "\n"

    return serve(settings, streams.out, streams.err, report)


def _wrong(error: ValueError) -> tuple[str, str]:
    """Return which settings cannot be."""
    errors: Sequence[Mapping[str, Any]] = getattr(error, "errors", list)()
    told = [": ".join((*map(str, found.get("loc", ())), _why(found))) for found in errors]
    return f"the server cannot start: {'; '.join(told)}", "see `scorewright serve --help`"


def _why(found: Mapping[str, Any]) -> str:
    words = _WORDS.get(found["type"])
    if words is None:
        return str(found["msg"]).removeprefix("Value error, ")
    return f"{show(found['input'])} {words.format(**found.get('ctx', {}))}"
