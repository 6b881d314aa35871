"""The scoring law, stated plainly: one step of the order of operations a file."""
