"""The report: what was asked for, and the file that was made of it."""
