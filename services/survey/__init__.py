"""Surveys over HTTP: issued and closed by those who run a program, answered by a mailed link."""
