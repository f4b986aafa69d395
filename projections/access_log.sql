-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id  uuid,
  key        uuid,                                          -- the event
  position   bigint NOT NULL,
  doc        jsonb  NOT NULL,
  subject_id uuid GENERATED ALWAYS AS ((doc ->> 'subject_id')::uuid) STORED,
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
CREATE INDEX IF NOT EXISTS {name}_subject ON {table} (tenant_id, subject_id, position)

-- about(tenant_id, subject_id, until, after, at_most) --
SELECT key, position, doc
  FROM {table}
 WHERE tenant_id = $1
   AND subject_id = $2
   AND position <= $3
   AND ($4::uuid IS NULL OR position < (
         SELECT a.position FROM {table} a WHERE a.tenant_id = $1 AND a.key = $4 AND a.subject_id = $2))
 ORDER BY position DESC
 LIMIT $5
