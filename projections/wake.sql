-- ring(channel) --
SELECT pg_notify($1, '')
