"""Answers and facts as they come, every invalid one at once."""
