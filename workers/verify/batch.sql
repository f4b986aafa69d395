-- events(tenant_id, streams) --
SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at, e.meta, e.payload,
       e.meta_hash, e.payload_hash
  FROM es.event e
  JOIN es.stream s ON s.tenant_id = $1 AND s.stream_id = e.stream_id
 WHERE e.tenant_id = $1 AND e.stream_id = ANY ($2::uuid[])
 ORDER BY e.position
