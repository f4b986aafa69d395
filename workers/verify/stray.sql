-- keys(tenant_id) --
-- Apart, since a cluster has the directory on one node and the log on others.
SELECT person_id, role FROM directory.keys_of($1)

-- strays(tenant_id, people, roles) --
-- What stands beside the log for streams, or people, that are not there; `people` are those who have API keys, with their roles.
SELECT 'claim' AS kind, 'es.claim' AS "table", c.stream_id, c.kind AS what FROM es.claim c
 WHERE c.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = c.stream_id)
 UNION ALL
SELECT 'snapshot', 'es.snapshot', n.stream_id, n.shape FROM es.snapshot n
 WHERE n.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = n.stream_id)
 UNION ALL
SELECT 'look', 'es.look', l.stream_id, 'a bookmark' FROM es.look l
 WHERE l.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = l.stream_id)
 UNION ALL
SELECT 'look', 'es.look', l.person_id, 'a reader' FROM es.look l
 WHERE l.tenant_id = $1 AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = l.person_id AND s.type = 'person')
 UNION ALL
SELECT 'api_key', 'directory.api_key', k.person_id, k.role FROM unnest($2::uuid[], $3::text[]) AS k (person_id, role)
 WHERE NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = k.person_id AND s.type = 'person')
 UNION ALL
SELECT 'key', 'es.subject_key', k.realm_id, 'a destroyed key' FROM es.subject_key k
 WHERE k.tenant_id = $1 AND k.destroyed_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id IN (k.subject_id, k.realm_id))
 ORDER BY kind, stream_id

-- ahead(tenant_id) --
-- Bookmarks beyond the last event.
SELECT l.stream_id, l.position, e.last
  FROM es.look l
 CROSS JOIN (SELECT coalesce(max(v.position), 0) AS last FROM es.event v WHERE v.tenant_id = $1) e
 WHERE l.tenant_id = $1 AND l.position > e.last
 ORDER BY l.stream_id, l.person_id

-- unused(tenant_id) --
-- Living keys of realms that no stream began.
SELECT k.subject_id, k.realm_id, k.key_v FROM es.subject_key k
 WHERE k.tenant_id = $1 AND k.destroyed_at IS NULL
   AND NOT EXISTS (SELECT FROM es.stream s WHERE s.tenant_id = $1 AND s.stream_id = k.realm_id)
 ORDER BY k.realm_id, k.subject_id, k.key_v

-- waiting(tenant_id) --
-- The streams for which anonymous answers wait, or links to give them by.
SELECT stream_id FROM es.count_answers($1)

-- answerable(tenant_id, streams, closing) --
-- Those of the streams that are there, and that none of these events has closed.
SELECT s.stream_id FROM es.stream s
 WHERE s.tenant_id = $1 AND s.stream_id = ANY ($2::uuid[])
   AND NOT EXISTS (SELECT FROM es.event e WHERE e.tenant_id = $1 AND e.stream_id = s.stream_id AND e.type = ANY ($3::text[]))
