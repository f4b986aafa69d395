"""The director's indicators over HTTP."""
