"""The database of events and actions: every promise held on SQLite and on PostgreSQL."""
