"""Who may see and do what: the table, the one decision over it, and what it is decided from."""
