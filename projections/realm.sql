-- streams(tenant_id) --
SELECT s.stream_id, s.type, s.engagement_id,
       (SELECT max(e.version) FROM es.event e WHERE e.tenant_id = $1 AND e.stream_id = s.stream_id) AS version
  FROM es.stream s
 WHERE s.tenant_id = $1
 ORDER BY coalesce(s.engagement_id, s.stream_id), s.stream_id

-- events(tenant_id, streams, until, types) --
SELECT e.stream_id, s.engagement_id, e.version, e.position, e.type, e.schema_v, e.occurred_at, e.recorded_at, e.meta,
       CASE WHEN e.type = ANY ($4::text[]) THEN e.payload END AS payload, e.payload_hash
  FROM es.event e
  JOIN es.stream s ON s.tenant_id = $1 AND s.stream_id = e.stream_id
 WHERE e.tenant_id = $1 AND e.stream_id = ANY ($2::uuid[]) AND e.position <= $3
 ORDER BY e.position
