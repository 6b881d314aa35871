"""The pages of `docs/reference`, written from the code; `make reference` runs this module."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from scorewright.diagnostics import code_reference
from scorewright.rulebook import ENDING, SUITE_ENDING, Source
from scorewright.rulebook.schema import rulebook_reference
from scorewright.runtime import settings_reference
from scorewright.suites import suite_reference


def pages(examples: Iterable[Path]) -> Mapping[str, str]:
    """Write every page, by its file name, with examples cut out of some rulebooks and suites."""
    files = list(examples)
    suites = [file for file in files if file.name.endswith(SUITE_ENDING)]
    rulebooks = [file for file in files if file not in suites]
    return {
        "rulebook.md": rulebook_reference(_sources(rulebooks)),
        "tests.md": suite_reference(_sources(suites)),
        "findings.md": code_reference(),
        "settings.md": settings_reference(),
    }


def example_files(*places: Path) -> list[Path]:
    """List the rulebooks and suites of folders and files, in the order of their names."""
    found = (sorted(place.glob(f"*{ENDING}")) if place.is_dir() else [place] for place in places)
    return [file for files in found for file in files]


def _sources(files: Iterable[Path]) -> list[Source]:
    sources = [Source.read(file)[0] for file in files]
    return [source for source in sources if source is not None]


if __name__ == "__main__":
    folder, *places = map(Path, sys.argv[1:])
    for name, text in pages(example_files(*places)).items():
        (folder / name).write_text(text, encoding="utf-8")
