"""The questions of an audit: one table, from which their addresses, their commands and their page are made."""
