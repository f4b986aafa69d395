"""Copies of an installation, and how it comes back from them.

A copy is two archives of one moment. One holds the log and all that is unique beside it; the other the keys, and which
organizations were ended. They are kept apart, and the keys for a short time only: what was erased stays readable in an old
archive of events for as long as somebody has the keys of that time. So read models, which hold plain text, and snapshots are in
neither; they are made anew. The key-encryption key is in neither either: its file has a copy of its own.
"""
