"""Answering by a mailed link, with or without an account: what raters of an assessment and those whom a survey asks have in common."""
