-- end_tenant(slug, grace) --
SELECT tenant_id, position, keys, ended_at, emptied_at IS NOT NULL AS emptied, ended_at + $2::interval <= clock_timestamp() AS is_over FROM es.end_tenant($1)

-- is_strange(slug, hashes) --
SELECT EXISTS (SELECT FROM directory.organization o WHERE o.slug = $1
                  AND NOT EXISTS (SELECT FROM directory.api_key k WHERE k.tenant_id = o.tenant_id AND k.key_hash = ANY($2::bytea[])))

-- tables() --
SELECT c.oid::regclass::text AS name
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace IN ('es'::regnamespace, 'rm'::regnamespace)
 ORDER BY 1

-- drop_rows(tenant_id, name) --
SELECT es.drop_rows($1, $2::text::regclass)

-- note_emptied(tenant_id) --
UPDATE directory.ended SET emptied_at = clock_timestamp() WHERE tenant_id = $1 AND emptied_at IS NULL
