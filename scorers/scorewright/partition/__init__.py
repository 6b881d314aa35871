"""How comparisons cut the domain of an answer into cells."""
