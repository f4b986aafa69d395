-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id uuid,
  key       uuid,                                           -- the engagement, or a reminder that belongs to none
  position  bigint NOT NULL,
  doc       jsonb  NOT NULL,
  PRIMARY KEY (tenant_id, key)
)

-- everything(tenant_id) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 ORDER BY key
