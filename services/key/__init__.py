"""API keys: made, listed, changed, replaced and ended."""
