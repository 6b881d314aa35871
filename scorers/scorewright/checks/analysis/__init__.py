"""What checks reckon with: what can be true, which totals can be attained, what depends on what."""
