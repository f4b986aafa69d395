"""How everything is read: as a route, a list or a page's content, redacted, and noted before it is shown."""
