-- streams(tenant_id) --
SELECT stream_id, type, engagement_id FROM es.stream WHERE tenant_id = $1 ORDER BY coalesce(engagement_id, stream_id), stream_id

-- events(tenant_id, streams) --
SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at, e.meta, e.payload,
       e.meta_hash, e.payload_hash
  FROM es.event e
  JOIN es.stream s ON s.tenant_id = $1 AND s.stream_id = e.stream_id
 WHERE e.tenant_id = $1 AND e.stream_id = ANY ($2::uuid[])
 ORDER BY e.position
