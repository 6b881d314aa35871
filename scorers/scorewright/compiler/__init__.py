"""From a checked rulebook to a program: plain functions, one part of the rulebook a file."""

from scorewright.compiler.lower import compile_rulebook

__all__ = ("compile_rulebook",)
