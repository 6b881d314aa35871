"""What is served: rulebooks by id, version and digest."""
