"""The coaching plan: what is to be reached, how it is known, by which way, until when, and who agreed to it."""
