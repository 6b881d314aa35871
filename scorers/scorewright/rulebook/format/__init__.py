"""The formatter: layout and comments kept."""
