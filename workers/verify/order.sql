-- head(tenant_id) --
SELECT position, recorded_at FROM es.tenant_head WHERE tenant_id = $1

-- places(tenant_id, after, up_to) --
-- Without an end: to the last event, wherever the head says that the log ends.
SELECT e.position, e.stream_id, e.version, e.recorded_at, s.stream_id IS NOT NULL AS has_stream
  FROM es.event e
  LEFT JOIN es.stream s ON s.tenant_id = $1 AND s.stream_id = e.stream_id
 WHERE e.tenant_id = $1 AND e.position > $2 AND ($3::bigint IS NULL OR e.position <= $3)
 ORDER BY e.position

-- strays(tenant_id) --
-- What stands beside the log for streams that are not there.
SELECT 'claim' AS kind, c.stream_id, c.kind AS what FROM es.claim c
 WHERE c.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = c.stream_id)
 UNION ALL
SELECT 'snapshot', n.stream_id, n.shape FROM es.snapshot n
 WHERE n.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = n.stream_id)
