"""The ways to run a program: one plain, the others held equal to it."""
