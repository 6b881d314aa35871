"""How the server prepares engines: one that may crash runs in processes of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from scorers.scorer import ENGINES, Prepare
from service.settings import Settings


@contextmanager
def prepared(settings: Settings) -> Iterator[Prepare]:
    """Give the way to prepare engines, and end their processes with the server."""
    if settings.engine != "durable":
        yield ENGINES[settings.engine]
        return
    from scorers.engines.durable.engine import DurableEngine
    from scorers.engines.workers import Workers

    workers = Workers(settings.engine_processes)
    try:
        yield partial(DurableEngine, run=workers.open)
    finally:
        workers.close()
