"""Accounts at work: evaluated, reconciled, scheduled, watched."""
