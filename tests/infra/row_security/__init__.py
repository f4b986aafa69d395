"""No organization sees another's rows: swept from the database's own catalogue, so that nothing new can be forgotten."""
