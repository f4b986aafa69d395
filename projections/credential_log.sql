-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id uuid,
  key       uuid,                                           -- the session, or the engagement
  position  bigint NOT NULL,
  doc       jsonb  NOT NULL,
  coach_id  uuid GENERATED ALWAYS AS ((doc ->> 'coach_id')::uuid) STORED,  -- who held it; of an engagement, who coaches it today
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
CREATE INDEX IF NOT EXISTS {name}_coach ON {table} (tenant_id, coach_id) WHERE coach_id IS NOT NULL

-- some(tenant_id, keys) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[]) ORDER BY key

-- of_coach(tenant_id, coach_id) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND coach_id = $2 ORDER BY key

-- coaches(tenant_id) --
SELECT DISTINCT coach_id FROM {table} WHERE tenant_id = $1 AND coach_id IS NOT NULL ORDER BY coach_id
