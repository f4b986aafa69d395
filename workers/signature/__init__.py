"""Asking the parties of an agreement to sign its terms, as soon as they were put down."""
