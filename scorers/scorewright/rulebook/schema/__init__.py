"""The JSON Schema that editors use, made from the model."""
