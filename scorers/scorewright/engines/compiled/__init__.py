"""The engine that compiles: a key of the answer, closures a criterion, totals kept by key."""
