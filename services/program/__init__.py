"""Programs over HTTP."""
