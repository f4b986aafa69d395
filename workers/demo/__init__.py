"""The story that a first start plays: one plan, from its first draft to its end."""
