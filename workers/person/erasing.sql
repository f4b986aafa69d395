-- reports(tenant_id, person) --
-- Reports that may name somebody: of an engagement that they, as far as the log says, ever had to do with, and of programs and of the
-- whole organization. Who acted stands in `meta`, whom something is about in the payload.
SELECT r.stream_id
  FROM es.stream r
 WHERE r.tenant_id = $1 AND r.type = 'report'
   AND (r.engagement_id IS NULL
        OR r.engagement_id IN (SELECT coalesce(s.engagement_id, s.stream_id)
                                 FROM es.event e
                                 JOIN es.stream s ON s.tenant_id = $1 AND s.stream_id = e.stream_id
                                WHERE e.tenant_id = $1
                                  AND (position($2::text in convert_from(e.meta, 'UTF8')) > 0
                                       OR position($2::text in convert_from(e.payload, 'UTF8')) > 0)))
 ORDER BY r.stream_id
