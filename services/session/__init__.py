"""Coaching sessions over HTTP."""
