"""Answering an assessment by a link, with or without an account."""
