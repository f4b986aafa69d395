-- make() --
CREATE TABLE IF NOT EXISTS {table} (
  tenant_id  uuid,
  key        uuid,                                          -- the engagement
  position   bigint NOT NULL,
  doc        jsonb  NOT NULL,
  client_id  uuid GENERATED ALWAYS AS ((doc ->> 'client_id')::uuid) STORED,
  coach_id   uuid GENERATED ALWAYS AS ((doc ->> 'coach_id')::uuid) STORED,
  sponsor_id uuid GENERATED ALWAYS AS ((doc ->> 'sponsor_id')::uuid) STORED,
  program_id uuid GENERATED ALWAYS AS ((doc ->> 'program_id')::uuid) STORED,
  PRIMARY KEY (tenant_id, key)
)

-- some(tenant_id, keys) --
SELECT key, position, doc FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[]) ORDER BY key

-- objectives(tenant_id, keys) --
SELECT doc -> 'objectives' AS objectives FROM {table} WHERE tenant_id = $1 AND key = ANY ($2::uuid[])

-- in_scope(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since) --
-- Each that is null lets everything through.
SELECT key, position, doc
  FROM {table}
 WHERE tenant_id = $1
   AND ($2::uuid IS NULL OR client_id = $2)
   AND ($3::uuid IS NULL OR coach_id = $3)
   AND ($4::uuid IS NULL OR sponsor_id = $4)
   AND ($5::uuid[] IS NULL OR program_id = ANY ($5))
   AND ($6::date IS NULL OR coalesce((doc ->> 'closed_on')::date >= $6, true))
 ORDER BY key

-- coaches(tenant_id, client_id, coach_id, sponsor_id, program_ids, open_since) --
SELECT DISTINCT coach_id
  FROM {table}
 WHERE tenant_id = $1
   AND coach_id IS NOT NULL
   AND ($2::uuid IS NULL OR client_id = $2)
   AND ($3::uuid IS NULL OR coach_id = $3)
   AND ($4::uuid IS NULL OR sponsor_id = $4)
   AND ($5::uuid[] IS NULL OR program_id = ANY ($5))
   AND ($6::date IS NULL OR coalesce((doc ->> 'closed_on')::date >= $6, true))
 ORDER BY coach_id
