"""The organization over HTTP."""
