"""The shape of the code: who may import whom, and how long a thing may get."""
