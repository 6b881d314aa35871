"""What is wrong with a shape or with the YAML, in words."""
