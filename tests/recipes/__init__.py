"""The recipes of CONTRIBUTING, carried out on a copy of the tree."""
