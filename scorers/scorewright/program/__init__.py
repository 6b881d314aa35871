"""The compiled rulebook: what engines run, its exact numbers, and how its parts read in words."""
