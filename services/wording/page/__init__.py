"""The sentences of pages in German, by their English: a file a subject, and in `code` what codes, units and counted things are called."""
