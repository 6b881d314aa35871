"""One entry for subjects and one for accounts: rulebooks loaded, engines prepared, outcomes with receipts."""
