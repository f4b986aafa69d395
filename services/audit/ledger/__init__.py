"""The ledger of changes: what was agreed and became of it, over HTTP."""
