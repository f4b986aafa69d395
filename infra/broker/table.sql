-- add(ids, queues, messages) --
-- Jobs that are due now. One that is there already stays as it is.
INSERT INTO jobs.job (id, queue, state, available_at, message)
SELECT one.id, one.queue, 'ready', now(), one.message FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS one (id, queue, message)
ON CONFLICT (id) DO NOTHING

-- put(id, queue, message, delay) --
-- A job that is due in `delay` seconds. Under the id of one that runs, it is that one's next attempt: no lease on it holds any more.
INSERT INTO jobs.job AS j (id, queue, state, available_at, message) VALUES ($1, $2, 'ready', now() + $4::float8 * interval '1 second', $3)
ON CONFLICT (id) DO UPDATE SET queue = excluded.queue, state = 'ready', available_at = excluded.available_at, claim = NULL,
                               message = excluded.message, error = NULL

-- ring(queue) --
SELECT pg_notify('throughline_jobs', $1)

-- listen() --
LISTEN throughline_jobs

-- claim(queue, wanted, claim, lease) --
-- Leases what is due, or whose lease has ended, for `lease` seconds. Materialized, so that never more rows are locked than wanted.
WITH due AS MATERIALIZED (
  SELECT j.id, j.available_at, j.enqueued_at FROM jobs.job j WHERE j.queue = $1 AND j.state <> 'dead' AND j.available_at <= now()
   ORDER BY j.available_at, j.enqueued_at LIMIT $2::int FOR UPDATE SKIP LOCKED),
claimed AS (
  UPDATE jobs.job j SET state = 'leased', claim = $3::uuid, available_at = now() + $4::float8 * interval '1 second', attempts = j.attempts + 1
    FROM due WHERE j.id = due.id
  RETURNING j.id, j.message, due.available_at, due.enqueued_at)
SELECT id, message FROM claimed ORDER BY available_at, enqueued_at

-- renew(ids, claims, lease) --
UPDATE jobs.job j SET available_at = now() + $3::float8 * interval '1 second'
  FROM unnest($1::uuid[], $2::uuid[]) AS held (id, claim) WHERE j.id = held.id AND j.claim = held.claim

-- release(ids, claims) --
-- Back to where they stood in the order of the queue.
UPDATE jobs.job j SET state = 'ready', claim = NULL, available_at = least(now(), j.enqueued_at)
  FROM unnest($1::uuid[], $2::uuid[]) AS held (id, claim) WHERE j.id = held.id AND j.claim = held.claim

-- finish(id, claim) --
DELETE FROM jobs.job WHERE id = $1 AND claim = $2

-- finish_all(ids, claims) --
DELETE FROM jobs.job j USING unnest($1::uuid[], $2::uuid[]) AS held (id, claim) WHERE j.id = held.id AND j.claim = held.claim

-- fail(id, claim, message, error) --
UPDATE jobs.job SET state = 'dead', claim = NULL, available_at = now(), message = $3, error = $4 WHERE id = $1 AND claim = $2

-- bury(id, queue, message, error) --
-- A dead letter of another broker.
INSERT INTO jobs.job (id, queue, state, available_at, message, error) VALUES ($1, $2, 'dead', now(), $3, $4)
ON CONFLICT (id) DO UPDATE SET state = 'dead', claim = NULL, available_at = now(), message = excluded.message, error = excluded.error

-- dead(most) --
SELECT id, queue, available_at AS died_at, enqueued_at, message, error FROM jobs.job WHERE state = 'dead'
 ORDER BY available_at DESC LIMIT $1::int

-- one_dead(id) --
SELECT id, queue, available_at AS died_at, enqueued_at, message, error FROM jobs.job WHERE state = 'dead' AND id = $1

-- revive(id, message) --
UPDATE jobs.job SET state = 'ready', error = NULL, available_at = now(), message = $2 WHERE id = $1 AND state = 'dead' RETURNING queue

-- drop(id) --
DELETE FROM jobs.job WHERE id = $1 AND state = 'dead' RETURNING queue

-- depths() --
-- How many there are, and for how many seconds the oldest of them has been waiting, running late, or dead.
SELECT queue, state, count(*) AS jobs, greatest(0, max(extract(epoch FROM now() - available_at)))::float8 AS seconds
  FROM (SELECT queue, CASE WHEN state = 'ready' AND available_at > now() THEN 'delayed' ELSE state END AS state, available_at FROM jobs.job) AS j
 GROUP BY queue, state ORDER BY queue, state
