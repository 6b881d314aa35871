"""Runs that take too long for the suite: each of its own, by `python -m tests.long.<name>`."""
