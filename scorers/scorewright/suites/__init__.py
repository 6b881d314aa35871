"""The analysts' tests: what they hold, how they run, and what they leave untested."""
