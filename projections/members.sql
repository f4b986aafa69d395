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

-- page(tenant_id, after, at_most) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND ($2::uuid IS NULL OR key > $2) ORDER BY key LIMIT $3
