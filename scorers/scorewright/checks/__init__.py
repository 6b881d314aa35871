"""What can be wrong with a rulebook whose shape is right: one family of checks a file."""
