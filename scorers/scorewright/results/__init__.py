"""The outcome of one subject, and its JSON."""
