"""A year of a coaching firm, made up: many coaches and clients, through the same commands as anybody's."""
