"""A limit on work, counted and not timed: what is said of a hostile rulebook ends, and is always the same."""


class Budget:
    """So much work, in steps of roughly a tenth of a microsecond."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def spend(self, steps: int) -> bool:
        """Take steps from the budget, or tell that they are not there; a refusal takes nothing."""
        if steps > self._left:
            return False
        self._left -= steps
        return True
