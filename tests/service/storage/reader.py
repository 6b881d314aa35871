"""A reader of changes that goes on after the last one that it saw, as a watcher does."""

import threading

from scorewright.storage.change_log import Changes


def follow(changes: Changes, writing: threading.Event, page: int) -> list[int]:
    """Read cursors until all is written, and once more after that."""
    seen: list[int] = []
    done = False
    while not done:
        done = writing.is_set()
        seen.extend(change.cursor for change in changes.after(seen[-1] if seen else 0, page))
    return seen
