"""Every route of the application, by every role, with ids of one's own, of a sibling, of another organization, and of nothing."""
