-- before(tenant_id, keys) --
SELECT key, doc FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[])

-- add(tenant_id, keys, positions, docs) --
-- None is there, so none conflicts: but without the clause a cluster would copy the rows, which row security forbids.
INSERT INTO {table} (tenant_id, key, position, doc)
SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::jsonb[])
ON CONFLICT DO NOTHING

-- put(tenant_id, keys, positions, docs) --
INSERT INTO {table} (tenant_id, key, position, doc)
SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::jsonb[])
ON CONFLICT (tenant_id, key) DO UPDATE SET position = excluded.position, doc = excluded.doc

-- put_texts(tenant_id, keys, refs, subjects, realms, texts) --
INSERT INTO {table}_text (tenant_id, key, ref, subject_id, realm_id, text)
SELECT $1, * FROM unnest($2::uuid[], $3::bytea[], $4::uuid[], $5::uuid[], $6::jsonb[])
ON CONFLICT DO NOTHING

-- drop_texts(tenant_id, keys, refs) --
DELETE FROM {table}_text t USING unnest($2::uuid[], $3::bytea[]) AS gone (key, ref)
 WHERE t.tenant_id = $1 AND t.key = gone.key AND t.ref = gone.ref

-- purge_texts(tenant_id, subject_id, realm_id) --
-- Without a subject everybody's in the realm, without a realm everything of the subject.
DELETE FROM {table}_text
 WHERE tenant_id = $1 AND ($2::uuid IS NULL OR subject_id = $2) AND ($3::uuid IS NULL OR realm_id = $3)

-- clear_texts(tenant_id) --
DELETE FROM {table}_text WHERE tenant_id = $1

-- clear(tenant_id) --
DELETE FROM {table} WHERE tenant_id = $1

-- drop() --
DROP TABLE IF EXISTS {table}

-- drop_text_table() --
DROP TABLE IF EXISTS {table}_text

-- make_texts() --
-- One row for each sealed value in a document, so that what belongs to one person in one realm can be deleted.
CREATE TABLE IF NOT EXISTS {table}_text (
  tenant_id  uuid,
  key        uuid,                                          -- the document that it stands in
  ref        bytea,                                         -- the first 16 bytes of SHA-256 of the sealed value
  subject_id uuid NOT NULL,
  realm_id   uuid NOT NULL,
  text       jsonb NOT NULL,
  PRIMARY KEY (tenant_id, key, ref)
)

-- is_spread() --
-- Whether the table stands on the nodes of a cluster already. Only where Citus is.
SELECT EXISTS (SELECT FROM pg_dist_partition d WHERE d.logicalrelid = to_regclass('{table}'))

-- make_texts_index() --
CREATE INDEX IF NOT EXISTS {name}_text_subject ON {table}_text (tenant_id, subject_id, realm_id)

-- texts(tenant_id, keys) --
SELECT key, ref, text FROM {table}_text WHERE tenant_id = $1 AND key = ANY ($2::uuid[])

-- words(tenant_id, keys) --
-- The same of all these documents together, as one object by the references in hexadecimal; null where there are none.
SELECT json_object_agg(encode(ref, 'hex'), text) FROM {table}_text WHERE tenant_id = $1 AND key = ANY ($2::uuid[])

-- enable() --
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY

-- force() --
ALTER TABLE {table} FORCE ROW LEVEL SECURITY

-- policy() --
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = '{table}'::regclass AND polname = 'tenant') THEN
    CREATE POLICY tenant ON {table}
      USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
      WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
  END IF;
END$$

-- enable_texts() --
ALTER TABLE {table}_text ENABLE ROW LEVEL SECURITY

-- force_texts() --
ALTER TABLE {table}_text FORCE ROW LEVEL SECURITY

-- policy_texts() --
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = '{table}_text'::regclass AND polname = 'tenant') THEN
    CREATE POLICY tenant ON {table}_text
      USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
      WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
  END IF;
END$$

-- compared(tenant_id, keys) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[])

-- compared_texts(tenant_id, keys) --
SELECT key, ref, subject_id, realm_id, text FROM {table}_text WHERE tenant_id = $1 AND key = ANY ($2::uuid[])

-- keys(tenant_id) --
SELECT key, position FROM {table} WHERE tenant_id = $1 ORDER BY key

-- text_keys(tenant_id) --
SELECT DISTINCT key FROM {table}_text WHERE tenant_id = $1 ORDER BY key
