"""Tests of the scoring law, one step a file."""
