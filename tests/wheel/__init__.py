"""The wheel as a stranger gets it: its files, and everything that it does in an environment of its own."""
