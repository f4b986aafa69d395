-- lag(names, versions) --
-- How far the read models that this release reads are behind the log, over all organizations.
SELECT p.projection, count(*) FILTER (WHERE h.position > coalesce(c.position, 0)) AS tenants,
       coalesce(max(h.position - coalesce(c.position, 0)), 0) AS events
  FROM unnest($1::text[], $2::int[]) AS p (projection, generation)
 CROSS JOIN es.tenant_head h
  LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = p.projection AND c.generation = p.generation
 GROUP BY p.projection
 ORDER BY p.projection

-- followers() --
-- The projectors that are connected to this database as this role.
SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND datname = current_database() AND application_name = 'throughline projector'

-- unfollowed(follower, version) --
-- How far the follower that makes jobs is behind, the worst organization of some; how many are parked; how long the schedule is overdue.
WITH log AS MATERIALIZED (
  SELECT count(*) FILTER (WHERE h.position > coalesce(c.position, 0)) AS tenants,
         coalesce(max(h.position - coalesce(c.position, 0)), 0) AS events,
         count(*) FILTER (WHERE c.retry_at = 'infinity') AS parked
    FROM es.tenant_head h
    LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = $1 AND c.generation = $2)
SELECT log.tenants, log.events, log.parked,
       coalesce((SELECT extract(epoch FROM now() - min(s.next_at)) FROM jobs.schedule s), 0)::float8 AS overdue
  FROM log

-- workers() --
-- The workers that are connected to this database as this role.
SELECT count(*) FROM pg_stat_activity WHERE usename = current_user AND datname = current_database() AND application_name = 'throughline worker'

-- jobs() --
-- Those that failed for good, and for how many seconds the oldest has been due, or its worker overdue.
SELECT count(*) FILTER (WHERE state = 'dead') AS dead,
       count(*) FILTER (WHERE state <> 'dead' AND available_at <= now()) AS due,
       coalesce(extract(epoch FROM now() - min(available_at) FILTER (WHERE state <> 'dead')), 0)::float8 AS seconds
  FROM jobs.job
