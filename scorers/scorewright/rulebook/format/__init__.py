"""The formatter: layout and comments kept."""

from scorewright.rulebook.format.formatter import format_source

__all__ = ("format_source",)
