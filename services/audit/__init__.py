"""What was, what changed, and what proves it, over HTTP."""
