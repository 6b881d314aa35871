"""From answers to bytes, and why a call is refused."""
