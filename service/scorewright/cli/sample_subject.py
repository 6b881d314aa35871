"""A subject of the sample that ships with a rulebook, for `explain --demo`."""

import io

from scorewright.cli.command import UsageError
from scorewright.cli.reporters.shown import shown
from scorewright.cli.subject_file import open_subjects
from scorewright.program import Program
from scorewright.records import Record
from scorewright.rulebook import shipped_sample


def sample_subject(program: Program, subject: str | None) -> Record:
    """Return the subject of a name, the first one where none is named."""
    path = shipped_sample(program.id)
    if path is None:
        raise UsageError(f"no sample ships with `{program.id}`", "answer it with --input or --file")
    with open_subjects(str(path), None, io.BytesIO()) as file:
        records = file.records(program, strict=False)
        assert not isinstance(records, tuple)  # INVARIANT: it ships, and a test scores it
        for record in records:
            if subject in (None, record.subject):
                return record
    raise UsageError(
        f"no subject of the sample that ships is called `{shown(subject or '')}`", f"see {shown(str(path))}"
    )
