"""Measurements of speed and memory; what is measured and how stands in `README.md`."""
