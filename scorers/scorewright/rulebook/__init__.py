"""From a text to a rulebook: source, located nodes, frozen model."""
