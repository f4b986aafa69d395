"""Engagements over HTTP."""
