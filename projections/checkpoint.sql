-- behind(projections, generations) --
-- Which tenants' logs are ahead of which projection: ids, names and positions only. A parked one waits for ever.
-- Mostly none is, so those in which nobody can be behind are left out first: that takes half the time.
WITH reached AS (
  SELECT c.tenant_id, min(c.position) AS position, count(*) AS followers
    FROM es.checkpoint c
    JOIN unnest($1::text[], $2::int[]) AS o (projection, generation) ON o.projection = c.projection AND o.generation = c.generation
   GROUP BY c.tenant_id),
open AS MATERIALIZED (
  SELECT h.tenant_id, h.position AS head
    FROM es.tenant_head h
    LEFT JOIN reached r ON r.tenant_id = h.tenant_id
   WHERE r.position IS NULL OR r.position < h.position OR r.followers < cardinality($1::text[]))
SELECT o.tenant_id, p.projection, coalesce(c.failures, 0) AS failures, c.position, o.head
  FROM open o
 CROSS JOIN unnest($1::text[], $2::int[]) AS p (projection, generation)
  LEFT JOIN es.checkpoint c ON c.tenant_id = o.tenant_id AND c.projection = p.projection AND c.generation = p.generation
 WHERE o.head > coalesce(c.position, 0) AND (c.retry_at IS NULL OR c.retry_at <= now())

-- begin(tenant_id, projection, generation) --
INSERT INTO es.checkpoint (tenant_id, projection, generation) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING

-- position(tenant_id, projection, generation) --
SELECT position FROM es.checkpoint WHERE tenant_id = $1 AND projection = $2 AND generation = $3

-- lease(tenant_id, projections, generations) --
-- The row's lock is the lease: it ends with the transaction, whatever happens to its holder. What is missing somebody else has.
SELECT c.projection, c.position
  FROM es.checkpoint c
  JOIN unnest($2::text[], $3::int[]) AS o (projection, generation) ON o.projection = c.projection AND o.generation = c.generation
 WHERE c.tenant_id = $1
   FOR UPDATE OF c SKIP LOCKED

-- hold(tenant_id, projection, generation) --
-- The same, waiting for whoever has it.
SELECT position, rebuilt_at FROM es.checkpoint WHERE tenant_id = $1 AND projection = $2 AND generation = $3 FOR UPDATE

-- advance(tenant_id, projections, generations, position, unknown) --
UPDATE es.checkpoint c SET position = $4, unknown = c.unknown + $5, failures = 0, retry_at = NULL, last_error = NULL
  FROM unnest($2::text[], $3::int[]) AS o (projection, generation)
 WHERE c.tenant_id = $1 AND c.projection = o.projection AND c.generation = o.generation

-- rebuilt(tenant_id, projection, generation, position, unknown) --
UPDATE es.checkpoint SET position = $4, unknown = $5, failures = 0, retry_at = NULL, last_error = NULL, rebuilt_at = now()
 WHERE tenant_id = $1 AND projection = $2 AND generation = $3

-- fail(tenant_id, projection, generation, counted, retry_at, error) --
-- Puts off the next attempt; `counted` is 0 for a failure that is not the fault of an event.
INSERT INTO es.checkpoint AS c (tenant_id, projection, generation, failures, retry_at, last_error) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (tenant_id, projection, generation)
DO UPDATE SET failures = c.failures + excluded.failures, retry_at = excluded.retry_at, last_error = excluded.last_error
RETURNING failures

-- unpark(tenant_id, projection, generation) --
UPDATE es.checkpoint SET failures = 0, retry_at = NULL WHERE tenant_id = $1 AND projection = $2 AND generation = $3

-- promote(projections, generations, page) --
-- Lets generations be read that are filled: no organization's log is further ahead of them than a page. A parked one is not
-- waited for. Gives those that are not there yet.
WITH late AS MATERIALIZED (
  SELECT DISTINCT p.projection, p.generation
    FROM es.projection p
    JOIN unnest($1::text[], $2::int[]) AS o (projection, generation) USING (projection, generation)
   CROSS JOIN es.tenant_head h
    LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = p.projection AND c.generation = p.generation
   WHERE p.state = 'building'
     AND (c.position IS NULL OR h.position - c.position > $3)
     AND (c.retry_at IS NULL OR c.retry_at < 'infinity')),
own AS MATERIALIZED (
  SELECT p.projection, p.generation, late.projection IS NOT NULL AS is_behind
    FROM es.projection p
    JOIN unnest($1::text[], $2::int[]) AS o (projection, generation) USING (projection, generation)
    LEFT JOIN late USING (projection, generation)
   WHERE p.state = 'building'),
filled AS (
  UPDATE es.projection p SET state = CASE WHEN p.generation = own.generation THEN 'live' ELSE 'retired' END
    FROM own WHERE p.projection = own.projection AND NOT own.is_behind AND (p.generation = own.generation OR p.state = 'live'))
SELECT projection, generation FROM own WHERE is_behind

-- recorded(tenant_id) --
-- The last position at which something was recorded, readings apart.
SELECT position FROM es.event WHERE tenant_id = $1 AND type <> 'access.record_accessed' ORDER BY position DESC LIMIT 1

-- readable(tenant_id) --
-- The generations that are filled, or were once, and how far each has come; 0 before its first event.
SELECT p.projection, p.generation, coalesce(c.position, 0) AS position
  FROM es.projection p
  LEFT JOIN es.checkpoint c ON c.tenant_id = $1 AND c.projection = p.projection AND c.generation = p.generation
 WHERE p.state <> 'building'
