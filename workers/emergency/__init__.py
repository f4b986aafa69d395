"""Telling client and coach that somebody was let read the words of the plan."""
