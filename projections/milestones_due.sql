-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id uuid,
  key       uuid,                                           -- the engagement
  position  bigint NOT NULL,
  doc       jsonb  NOT NULL,
  next_on   text COLLATE "C" GENERATED ALWAYS AS (doc ->> 'next_on') STORED,  -- a day, as 2026-03-20, whose order is that of the days
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
CREATE INDEX IF NOT EXISTS {name}_next ON {table} (tenant_id, next_on) WHERE next_on IS NOT NULL

-- due(tenant_id, today) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND next_on < $2 ORDER BY next_on, key
