"""Findings with their places, codes and suggestions."""
