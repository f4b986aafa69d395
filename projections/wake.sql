-- ring(channel) --
SELECT pg_notify($1, '')

-- answer() --
-- Whether there is somebody at the other end.
SELECT 1
