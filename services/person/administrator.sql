-- administrators(tenant_id, besides) --
-- Everybody else who ever became an administrator. Who still is one, and of what, their streams say.
SELECT DISTINCT e.stream_id
  FROM es.stream s
  JOIN es.event e ON e.tenant_id = $1 AND e.stream_id = s.stream_id
 WHERE s.tenant_id = $1 AND s.type = 'person' AND s.stream_id <> $2
   AND e.type IN ('person.membership_granted', 'person.membership_role_changed')
   AND coalesce(convert_from(e.payload, 'UTF8')::jsonb ->> 'to', convert_from(e.payload, 'UTF8')::jsonb ->> 'role') = 'admin'
