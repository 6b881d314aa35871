"""The engines that can run here, for tests that hold them equal."""

import pytest

from scorewright.engines.durable import installed
from scorewright.scoring.scorer import ENGINES

WHY = "the extra `durable` is not installed: `make durable` builds it"

needs_durable = pytest.mark.skipif(not installed(), reason=WHY)
"""Mark what needs the library behind the engine `durable`."""

RUNNABLE = tuple(name for name in ENGINES if name != "durable" or installed())
"""The engines whose packages are installed."""

EVERY = [pytest.param(name, marks=needs_durable) if name == "durable" else name for name in ENGINES]
"""Every engine as a parameter; one that cannot run here is skipped, and says so."""
