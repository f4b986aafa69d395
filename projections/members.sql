-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id uuid,
  key       uuid,                                           -- the person
  position  bigint NOT NULL,
  doc       jsonb  NOT NULL,
  PRIMARY KEY (tenant_id, key)
)

-- some(tenant_id, keys) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[]) ORDER BY key

-- called(tenant_id, keys) --
-- The name alone, and whether there is one: without its text it was erased. As `projection.reference` calls a sealed value.
SELECT m.key, m.doc ->> 'name' AS sealed, t.text #>> '{}' AS name
  FROM {table} m
  LEFT JOIN {table}_text t
    ON t.tenant_id = $1 AND t.key = m.key AND t.ref = substring(sha256(convert_to(m.doc ->> 'name', 'UTF8')) FOR 16)
 WHERE m.tenant_id = $1 AND m.key = ANY ($2::uuid[])

-- to_be_erased(tenant_id) --
-- Those whose erasure was asked for and is not done.
SELECT key, position, doc FROM {table}
 WHERE tenant_id = $1 AND doc @? '$.erasure ? (@.requested_at != null && @.erased_at == null)' ORDER BY key

-- page(tenant_id, after, at_most) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND ($2::uuid IS NULL OR key > $2) ORDER BY key LIMIT $3

-- holding_up(tenant_id, holding, after, at_most) --
-- Those whose document holds something, from the oldest on.
SELECT key, position, doc FROM {table}
 WHERE tenant_id = $1 AND doc @> $2::jsonb AND ($3::uuid IS NULL OR key > $3) ORDER BY key LIMIT $4

-- holding_down(tenant_id, holding, after, at_most) --
-- The same from the newest on.
SELECT key, position, doc FROM {table}
 WHERE tenant_id = $1 AND doc @> $2::jsonb AND ($3::uuid IS NULL OR key < $3) ORDER BY key DESC LIMIT $4
