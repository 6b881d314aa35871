"""From the bytes of a request to the question it asks."""
