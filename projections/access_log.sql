-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id uuid,
  key       uuid,                                           -- the event
  position  bigint NOT NULL,
  doc       jsonb  NOT NULL,
  PRIMARY KEY (tenant_id, key)
)

-- make_index() --
-- A reading of a list tells of many people, so they are looked for inside of the document.
CREATE INDEX IF NOT EXISTS {name}_subjects ON {table} USING gin ((doc -> 'subjects'))

-- about(tenant_id, subject, until, after, at_most) --
SELECT key, position, doc
  FROM {table}
 WHERE tenant_id = $1
   AND doc -> 'subjects' ? $2::uuid::text
   AND position <= $3
   AND ($4::uuid IS NULL OR position < (SELECT a.position FROM {table} a WHERE a.tenant_id = $1 AND a.key = $4))
 ORDER BY position DESC
 LIMIT $5
