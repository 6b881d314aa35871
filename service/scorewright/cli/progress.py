"""A progress bar on a terminal, for files that take longer than a glance."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, TextIO, TypeVar

T = TypeVar("T")

LARGE = 4_000_000
"""From so many bytes on, a file gets a bar."""

_EVERY = 1024


def watched(items: Iterable[T], file: BinaryIO, size: int, err: TextIO, *, color: bool) -> Iterator[T]:
    """Pass items through and show how much of their file is read."""
    # Imported here: it takes longer than scoring a small file.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[rows]:,} rows"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=err, no_color=not color), transient=True) as progress:
        task = progress.add_task("", total=size, rows=0)
        for count, item in enumerate(items):
            if not count % _EVERY:
                progress.update(task, completed=file.tell(), rows=count)
            yield item
