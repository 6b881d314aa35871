"""What happened to accounts, what was evaluated, and which actions are open: kept in a database."""
