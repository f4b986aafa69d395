"""Needs assessments over HTTP."""
