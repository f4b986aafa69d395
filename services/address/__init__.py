"""Confirming another address, or stopping it, by a link in a mail: the link is the whole permission, and of that person alone."""
