"""Subjects from files: CSV rows and JSON lines, typed by the program, one at a time."""
