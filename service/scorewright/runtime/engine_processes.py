"""How the server prepares engines: one that may crash runs in processes of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from scorewright.runtime.settings import Settings
from scorewright.scoring import ENGINES, Prepare


@contextmanager
def prepared(settings: Settings) -> Iterator[Prepare]:
    """Yield the way to prepare engines, and end their processes with the server."""
    if settings.engine != "durable":
        yield ENGINES[settings.engine]
        return
    from scorewright.engines import DurableEngine, Workers

    workers = Workers(settings.engine_processes)
    try:
        yield partial(DurableEngine, run=workers.open)
    finally:
        workers.close()
