"""From a checked rulebook to a program: plain functions, one part of the rulebook a file."""
