"""The two schemas that lie beside rulebooks, and the line by which a file names its own to editors."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from scorewright.rulebook.schema import rulebook_schema, schema_text
from scorewright.suites import suite_schema

RULEBOOK_FILE: Final = "rulebook.schema.json"
TESTS_FILE: Final = "tests.schema.json"

_SERVER: Final = "yaml-language-server:"


def schema_files() -> Mapping[str, str]:
    """Return the texts of the general schemas by the names of their files."""
    return {RULEBOOK_FILE: schema_text(rulebook_schema()), TESTS_FILE: schema_text(suite_schema())}


def editor_line(schema: Path, folder: Path) -> str:
    """Return the first line of a file in `folder`, which tells editors where its schema lies."""
    path = Path(os.path.relpath(schema, folder)).as_posix()
    return f"# {_SERVER} $schema={path if path.startswith('../') else f'./{path}'}"


def has_editor_line(text: str) -> bool:
    """Return whether a text begins with a line for editors."""
    return _SERVER in text.partition("\n")[0]
