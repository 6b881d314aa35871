"""The frozen model of a rulebook: one block a file."""
