"""Signing in to the pages: what begins by it, and ends."""
