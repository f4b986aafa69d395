-- add(ids, queues, messages, whose) --
-- Jobs that are due now. One that is there already stays as it is. An organization's take turns a second apart, behind those that
-- it has waiting.
INSERT INTO jobs.job (id, queue, state, available_at, message, whose, turn)
SELECT one.id, one.queue, 'ready', now(), one.message, one.whose,
       greatest(now(), last.turn + interval '1 second')
         + CASE WHEN one.whose IS NULL THEN 0 ELSE row_number() OVER (PARTITION BY one.queue, one.whose ORDER BY one.nth) - 1 END * interval '1 second'
  FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::uuid[]) WITH ORDINALITY AS one (id, queue, message, whose, nth)
  CROSS JOIN LATERAL (SELECT max(j.turn) AS turn FROM jobs.job j
                       WHERE j.queue = one.queue AND j.whose = one.whose AND j.state = 'ready' AND j.available_at <= now()) AS last
ON CONFLICT (id) DO NOTHING

-- put(id, queue, message, delay, whose) --
-- A job that is due in `delay` seconds. Under the id of one that runs, it is that one's next attempt: no lease on it holds any more.
INSERT INTO jobs.job AS j (id, queue, state, available_at, message, whose, turn)
SELECT $1, $2, 'ready', due.at, $3, $5, greatest(due.at, last.turn + interval '1 second')
  FROM (SELECT now() + $4::float8 * interval '1 second' AS at) AS due
  CROSS JOIN LATERAL (SELECT max(o.turn) AS turn FROM jobs.job o
                       WHERE o.queue = $2 AND o.whose = $5 AND o.state = 'ready' AND o.available_at <= due.at AND o.id <> $1) AS last
ON CONFLICT (id) DO UPDATE SET queue = excluded.queue, state = 'ready', available_at = excluded.available_at, claim = NULL,
                               message = excluded.message, error = NULL, turn = excluded.turn

-- ring(queue) --
SELECT pg_notify('throughline_jobs', $1)

-- listen() --
LISTEN throughline_jobs

-- claim(queue, wanted, claim, lease, most, busy, held) --
-- Leases what is due, or whose lease has ended, for `lease` seconds: at most `most` of one organization, of `busy` as many less as
-- are `held` of each. Materialized, so that never more rows are locked than wanted.
WITH held AS (SELECT * FROM unnest($6::uuid[], $7::int[]) AS h (whose, jobs)),
due AS MATERIALIZED (
  SELECT j.id, j.turn, j.enqueued_at, j.whose FROM jobs.job j
   WHERE j.queue = $1 AND j.state <> 'dead' AND j.available_at <= now()
     AND (j.whose IS NULL OR j.whose <> ALL (SELECT h.whose FROM held h WHERE h.jobs >= $5::int))
   ORDER BY j.turn, j.enqueued_at LIMIT $2::int FOR UPDATE SKIP LOCKED),
counted AS (
  SELECT due.*, coalesce(held.jobs, 0) + row_number() OVER (PARTITION BY due.whose ORDER BY due.turn, due.enqueued_at) AS jobs
    FROM due LEFT JOIN held ON held.whose = due.whose),
claimed AS (
  UPDATE jobs.job j SET state = 'leased', claim = $3::uuid, available_at = now() + $4::float8 * interval '1 second', attempts = j.attempts + 1
    FROM counted c WHERE j.id = c.id AND (c.whose IS NULL OR c.jobs <= $5::int)
  RETURNING j.id, j.message, j.whose, c.turn, c.enqueued_at)
SELECT id, message, whose FROM claimed ORDER BY turn, enqueued_at

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
UPDATE jobs.job SET state = 'ready', error = NULL, available_at = now(), turn = now(), message = $2 WHERE id = $1 AND state = 'dead' RETURNING queue

-- drop(id) --
DELETE FROM jobs.job WHERE id = $1 AND state = 'dead' RETURNING queue

-- depths() --
-- How many there are, and for how many seconds the oldest of them has been waiting, running late, or dead.
SELECT queue, state, count(*) AS jobs, greatest(0, max(extract(epoch FROM now() - available_at)))::float8 AS seconds
  FROM (SELECT queue, CASE WHEN state = 'ready' AND available_at > now() THEN 'delayed' ELSE state END AS state, available_at FROM jobs.job) AS j
 GROUP BY queue, state ORDER BY queue, state
