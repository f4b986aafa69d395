-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id     uuid,
  key           uuid,                                       -- the event
  position      bigint NOT NULL,
  doc           jsonb  NOT NULL,
  engagement_id uuid GENERATED ALWAYS AS ((doc ->> 'engagement_id')::uuid) STORED,
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
CREATE INDEX IF NOT EXISTS {name}_engagement ON {table} (tenant_id, engagement_id, position)

-- of_engagement(tenant_id, engagement_id) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND engagement_id = $2 ORDER BY position
