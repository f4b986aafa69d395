-- lags(names, versions) --
-- What is parked waits for ever: it is counted, and does not hide how late the others are. Without organizations no rows.
SELECT f.name AS follower,
       coalesce(max(h.position - coalesce(c.position, 0)) FILTER (WHERE c.retry_at IS NULL OR c.retry_at < 'infinity'), 0)::float8 AS events,
       coalesce(max(extract(epoch FROM clock_timestamp() - es.recorded_after(h.tenant_id, coalesce(c.position, 0))))
                FILTER (WHERE h.position > coalesce(c.position, 0) AND (c.retry_at IS NULL OR c.retry_at < 'infinity')), 0)::float8 AS seconds,
       count(*) FILTER (WHERE c.retry_at = 'infinity') AS parked,
       coalesce(sum(c.position), 0)::float8 AS followed,
       coalesce(sum(c.unknown), 0)::float8 AS unknown
  FROM es.tenant_head h
 CROSS JOIN unnest($1::text[], $2::int[]) AS f (name, version)
  LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = f.name AND c.generation = f.version
 GROUP BY f.name
 ORDER BY f.name
