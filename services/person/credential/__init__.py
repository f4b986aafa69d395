"""A coach's log of hours over HTTP."""
