-- due(entries, now) --
-- The entries that are due, and those that the table does not have yet (next_at is null).
SELECT e.entry, s.next_at, coalesce($2::timestamptz, now()) AS now
  FROM unnest($1::text[]) AS e (entry) LEFT JOIN jobs.schedule s ON s.entry = e.entry
 WHERE s.next_at IS NULL OR s.next_at <= coalesce($2::timestamptz, now())

-- enter(entry, next_at) --
INSERT INTO jobs.schedule (entry, next_at) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- hold(entry, now) --
-- The row's lock is the lease: it ends with the transaction. No row: somebody else has it, or it is not due any more.
SELECT coalesce($2::timestamptz, now()) AS now FROM jobs.schedule WHERE entry = $1 AND next_at <= coalesce($2::timestamptz, now())
   FOR UPDATE SKIP LOCKED

-- advance(entry, next_at) --
UPDATE jobs.schedule SET next_at = $2 WHERE entry = $1
