-- lags(names, versions) --
-- What is parked waits for ever: it is counted, and does not hide how late the others are.
SELECT f.name AS follower,
       coalesce(max(h.position - coalesce(c.position, 0)) FILTER (WHERE is_followed), 0)::float8 AS events,
       coalesce(max(extract(epoch FROM clock_timestamp() - es.recorded_after(h.tenant_id, coalesce(c.position, 0))))
                FILTER (WHERE is_followed AND h.position > coalesce(c.position, 0)), 0)::float8 AS seconds,
       count(*) FILTER (WHERE NOT is_followed) AS parked,
       coalesce(sum(c.position), 0)::float8 AS followed,
       coalesce(sum(c.unknown), 0)::float8 AS unknown
  FROM unnest($1::text[], $2::int[]) AS f (name, version)
  LEFT JOIN es.tenant_head h ON true
  LEFT JOIN es.checkpoint c ON c.tenant_id = h.tenant_id AND c.projection = f.name AND c.generation = f.version
 CROSS JOIN LATERAL (SELECT c.retry_at IS NULL OR c.retry_at < 'infinity' AS is_followed) AS state
 GROUP BY f.name
 ORDER BY f.name
