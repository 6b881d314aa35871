"""How the process runs: settings, logs, limits, engines' processes."""
